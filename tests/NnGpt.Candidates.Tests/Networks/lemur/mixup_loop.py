import random
from typing import Any

import torch
import torch.nn as nn
import torch.nn.functional as F


def supported_hyperparameters():
    return {'lr', 'momentum'}


class Net(nn.Module):
    def __init__(self, in_shape, out_shape, prm, device):
        super().__init__()
        self.device = device
        self.c1 = nn.Conv2d(in_shape[1], 8, 3)
        self.c2 = nn.Conv2d(8, 16, 3, dilation=2)
        self.p = nn.MaxPool2d(3, 2, dilation=1)
        self._flat = self._get_flat(in_shape)
        self.fc1 = nn.Linear(self._flat, 20)
        self.fc2 = nn.Linear(20, out_shape[0])

    def _features(self, x):
        x = self.p(torch.relu(self.c1(x)))
        return self.p(torch.tanh(self.c2(x)))

    def _get_flat(self, shape):
        with torch.no_grad():
            dummy = torch.zeros(1, *shape[1:])
            return self._features(dummy).numel()

    def forward(self, x: Any):
        x = self._features(x).reshape(-1, self._flat)
        return self.fc2(F.dropout(F.gelu(self.fc1(x)), 0.3, self.training))

    def train_setup(self, prm):
        self.to(self.device)
        self.criterion = nn.CrossEntropyLoss()
        self.optimizer = torch.optim.SGD(self.parameters(), lr=prm['lr'], momentum=prm['momentum'], weight_decay=1e-4)

    def learn(self, train_data):
        self.train()
        for x, y in train_data:
            lam = 0.7
            index = torch.arange(x.size(0) - 1, -1, -1)
            mixed = lam * x + (1 - lam) * x[index, :]
            out = self(mixed)
            loss = lam * self.criterion(out, y) + (1 - lam) * self.criterion(out, y[index])
            self.optimizer.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(self.parameters(), 1.0, norm_type=2)
            self.optimizer.step()
