import torch
from torch import nn


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.weight = nn.Parameter(torch.Tensor(10, 3, dtype=torch.float32))

    def forward(self, x):
        return nn.functional.linear(x.mean((2, 3)), self.weight)
