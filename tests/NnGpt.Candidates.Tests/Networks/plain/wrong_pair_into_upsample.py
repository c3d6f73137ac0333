import torch
from torch import nn


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.pool = nn.MaxPool2d(2, return_indices=True)
        self.up = nn.Upsample(scale_factor=2)

    def forward(self, x):
        return self.up(self.pool(x)).flatten(1)[:, :10]
