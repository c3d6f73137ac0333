import torch.nn as nn


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.attention = nn.MultiheadAttention(32, 8, bias=False, batch_first=True)

    def forward(self, x):
        x = x.mean(1)
        return self.attention(x, x, x)[0]
