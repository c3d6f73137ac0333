import math
import torch
from torch import nn, optim


def supported_hyperparameters():
    return {'lr', 'momentum', 'weight_decay'}


class Net(nn.Module):
    def __init__(self, in_shape: tuple, out_shape: tuple, prm: dict, device: torch.device) -> None:
        super().__init__()
        self.device = device
        size = math.prod(in_shape[1:])
        layers = []
        for width in (64, 32):
            layers += [nn.Linear(size, width), nn.LayerNorm(width), nn.GELU()]
            size = width
        self.body = nn.Sequential(*layers)
        self.head = nn.Linear(size, out_shape[0])

    def forward(self, x):
        return self.head(self.body(x.reshape(x.shape[0], -1)))

    def train_setup(self, prm):
        self.to(self.device)
        self.criterion = nn.CrossEntropyLoss(label_smoothing=0.1)
        self.optimizer = optim.AdamW(self.parameters(), lr=prm['lr'] * 0.1, weight_decay=prm['weight_decay'] * 0.01)

    def learn(self, train_data):
        self.train()
        for inputs, labels in train_data:
            inputs = inputs.to(self.device)
            labels = labels.to(self.device)
            self.optimizer.zero_grad()
            loss = self.criterion(self(inputs), labels)
            loss.backward()
            self.optimizer.step()
