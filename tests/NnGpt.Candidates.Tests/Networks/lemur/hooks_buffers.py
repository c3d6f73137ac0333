import torch
import torch.nn as nn
import torch.nn.functional as F


def supported_hyperparameters():
    return {'lr', 'momentum'}


class Net(nn.Module):
    def __init__(self, in_shape, out_shape, prm, device):
        super().__init__()
        self.device = device
        self.register_buffer('mean', torch.tensor([0.5, 0.4, 0.3]).view(1, 3, 1, 1))
        self.register_buffer('scratch', torch.zeros(3), persistent=False)
        self.register_buffer('steps', torch.tensor(0, dtype=torch.long))
        self.register_parameter('scale', nn.Parameter(torch.ones(1)))
        self.register_parameter('missing', None)
        self.conv = nn.Conv2d(in_shape[1], 4, 3, padding=1, padding_mode='reflect')
        self.conv.register_forward_hook(self._hook)
        self.conv.register_forward_pre_hook(lambda module, inp: (inp[0] * 2.0,))
        self.fc = nn.Linear(4, out_shape[0])
        self.seen = []

    def _hook(self, module, inputs, output):
        self.seen.append(tuple(output.shape))
        return output + 1

    def forward(self, x):
        x = (x - self.mean) * self.scale
        if self.training:
            self.steps += 1
        x = self.conv(x).amax(dim=(2, 3))
        assert len(self.seen) >= 1
        return self.fc(x)

    def train_setup(self, prm):
        self.to(self.device)
        self.criteria = (nn.CrossEntropyLoss().to(self.device),)
        self.optimizer = torch.optim.SGD(self.parameters(), lr=prm['lr'], momentum=prm['momentum'])

    def learn(self, train_data):
        self.train()
        for inputs, labels in train_data:
            inputs, labels = inputs.to(self.device), labels.to(self.device)
            self.optimizer.zero_grad()
            outputs = self(inputs)
            loss = self.criteria[0](outputs, labels)
            loss.backward()
            nn.utils.clip_grad_norm_(self.parameters(), 3)
            self.optimizer.step()
