import torch
import torch.nn as nn
import torch.nn.functional as F


def supported_hyperparameters():
    return {'lr', 'momentum'}


class Net(nn.Module):
    def __init__(self, in_shape, out_shape, prm, device):
        super().__init__()
        self.device = device
        self.net = nn.Sequential(nn.Flatten(), nn.Linear(in_shape[1] * in_shape[2] * in_shape[3], 32), nn.BatchNorm1d(32),
                                 nn.LeakyReLU(), nn.Dropout(0.5), nn.Linear(32, out_shape[0]))

    def forward(self, x):
        return self.net(x)

    def train_setup(self, prm):
        self.to(self.device)
        self.criterion = nn.CrossEntropyLoss(label_smoothing=0.1).to(self.device)
        self.optimizer = torch.optim.RMSprop(self.parameters(), lr=prm['lr'], alpha=0.9, momentum=prm['momentum'])
        self.scheduler = torch.optim.lr_scheduler.CosineAnnealingLR(self.optimizer, T_max=10, eta_min=1e-5)

    def learn(self, train_data):
        self.train()
        total = 0.0
        for i, (x, y) in enumerate(train_data):
            x, y = x.to(self.device, non_blocking=True), y.to(self.device)
            loss = self.criterion(self(x), y)
            loss.backward()
            self.optimizer.step()
            self.optimizer.zero_grad()
            total += loss.item()
            if i % 10 == 0:
                print(f"step {i:3d} loss {loss.item():.4f}")
        self.scheduler.step()
        return total
