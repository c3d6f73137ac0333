import torch
import torch.nn as nn
import torch.nn.functional as F


def supported_hyperparameters():
    return {'lr', 'momentum'}


class Net(nn.Module):
    def __init__(self, in_shape, out_shape, prm, device):
        super().__init__()
        self.device = device
        self.net = nn.Sequential(*[m for i in range(2) for m in (nn.Conv2d(in_shape[1] if i == 0 else 8, 8, 3, 2, 1), nn.ReLU())])
        self.fc = nn.Linear(8 * 8 * 8, out_shape[0])

    def forward(self, x):
        return self.fc(self.net(x).view(x.size(0), -1))

    def train_setup(self, prm):
        self.opt = torch.optim.Adagrad(self.parameters(), lr=prm['lr'])

    def learn(self, train_data):
        accum = 2
        self.opt.zero_grad()
        for i, (x, y) in enumerate(train_data):
            loss = F.cross_entropy(self(x), y) / accum
            loss.backward()
            if (i + 1) % accum == 0:
                self.opt.step()
                self.opt.zero_grad()
        with torch.no_grad():
            correct = 0
            for x, y in train_data:
                pred = self(x).argmax(dim=1)
                correct += (pred == y).sum().item()
            self.accuracy = 100. * correct / 8
