import torch
import torch.nn as nn
from torch.optim.lr_scheduler import ConstantLR, ExponentialLR, SequentialLR


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.head = nn.Linear(3072, 10)
        optimizer = torch.optim.SGD(self.parameters(), lr=0.1)
        schedulers = [ConstantLR(optimizer, factor=0.1, total_iters=2), ExponentialLR(optimizer, gamma=0.9)]
        self.scheduler = SequentialLR(optimizer, schedulers, milestones=[2, 4])

    def forward(self, x):
        return self.head(x.flatten(1))
