import torch
import torch.nn as nn


class Helper(nn.Module):
    def __init__(self, n=4):
        super().__init__()
        self.fc = nn.Linear(32, n)

    def forward(self, x):
        return self.fc(x)


class LeNet(nn.Module):
    def __init__(self, num_classes: int = 5):
        super().__init__()
        self.h = Helper()
        self.out = nn.Linear(4, num_classes)

    def forward(self, x):
        return {'logits': self.out(self.h(x.mean((1, 2)))), 'aux': None}


def create():
    return LeNet()
