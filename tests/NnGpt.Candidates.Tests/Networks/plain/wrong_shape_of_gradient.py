import torch
from torch import nn


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.head = nn.Linear(3, 10)

    def forward(self, x):
        y = self.head(x.mean((2, 3)))
        y.sum().backward(torch.ones(2))
        return y
