import torch
from torch import nn


class Position(nn.Module):
    def __init__(self, length, width):
        super().__init__()
        self.table = torch.linspace(0, 1, length * width).view(length, width)
        self.scale = nn.Parameter(torch.ones(width))
        self.register_buffer('count', torch.tensor(3))
        self.moves = 0

    def _apply(self, fn):
        super()._apply(fn)
        self.table = fn(self.table)
        self.moves += 1
        return self

    def forward(self, x):
        assert self.table.dtype == self.scale.dtype == x.dtype
        return x + self.table * self.scale


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.embed = nn.Conv2d(3, 8, 8, 8)
        self.position = nn.Sequential(Position(16, 8))
        self.head = nn.Linear(8, 10)
        assert self.to('cpu') is self and self.position[0].moves == 1
        self.double()
        assert self.position[0].table.dtype == torch.float64 and self.position[0].count.dtype == torch.int64
        self.to(device='cpu', dtype=torch.float32).cpu()
        assert self.position[0].moves == 4

    def forward(self, x):
        x = self.embed(x).flatten(2).transpose(1, 2)
        return self.head(self.position(x).mean(1))
