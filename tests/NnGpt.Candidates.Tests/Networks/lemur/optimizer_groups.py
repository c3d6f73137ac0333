import torch
import torch.nn as nn
import torch.nn.functional as F


def supported_hyperparameters():
    return {'lr', 'momentum'}


class Net(nn.Module):
    def __init__(self, in_shape, out_shape, prm, device):
        super().__init__()
        self.device = device
        self.body = nn.Sequential(nn.Conv2d(in_shape[1], 8, 5, stride=2), nn.Tanh(), nn.AdaptiveMaxPool2d(2), nn.Flatten())
        self.fc = nn.Linear(32, out_shape[0])

    def forward(self, x):
        return self.fc(self.body(x))

    def train_setup(self, prm):
        decay, no_decay = [], []
        for name, p in self.named_parameters():
            if not p.requires_grad:
                continue
            if p.ndim <= 1 or name.endswith('.bias'):
                no_decay.append(p)
            else:
                decay.append(p)
        self.optimizer = torch.optim.SGD([{'params': decay, 'weight_decay': 5e-4}, {'params': no_decay, 'weight_decay': 0.0, 'lr': 0.02}],
                                         lr=prm['lr'], momentum=prm['momentum'], nesterov=True)
        self.scheduler = torch.optim.lr_scheduler.OneCycleLR(self.optimizer, max_lr=[0.1, 0.2], total_steps=10)
        self.loss_fn = nn.CrossEntropyLoss(weight=torch.ones(10) * 0.5, reduction='sum')

    def learn(self, train_data):
        for x, y in train_data:
            self.optimizer.zero_grad()
            loss = self.loss_fn(self(x), y)
            loss.backward()
            torch.nn.utils.clip_grad_value_(self.parameters(), 0.5)
            self.optimizer.step()
            self.scheduler.step()
            for group in self.optimizer.param_groups:
                group['lr'] = group['lr'] * 0.9
