import torch
import torch.nn as nn
import torch.nn.functional as F


def supported_hyperparameters():
    return {'lr', 'momentum'}


class DoubleConv(nn.Module):
    def __init__(self, i, o):
        super().__init__()
        self.net = nn.Sequential(nn.Conv2d(i, o, 3, padding='same'), nn.InstanceNorm2d(o, affine=True), nn.ReLU(True))

    def forward(self, x):
        return self.net(x)


class Net(nn.Module):
    def __init__(self, in_shape, out_shape, prm, device):
        super().__init__()
        self.device = device
        self.down1 = DoubleConv(in_shape[1], 8)
        self.down2 = DoubleConv(8, 16)
        self.pool = nn.AvgPool2d(2)
        self.up = nn.ConvTranspose2d(16, 8, kernel_size=2, stride=2)
        self.upsample = nn.Upsample(scale_factor=2, mode='bilinear', align_corners=True)
        self.reduce = nn.Conv2d(16 + 16, 8, 1)
        self.out = nn.Conv2d(8, out_shape[0], 1)

    def forward(self, x):
        a = self.down1(x)
        b = self.down2(self.pool(a))
        u = self.up(b)
        v = self.upsample(b)
        diff = a.size(2) - u.size(2)
        u = F.pad(u, [diff // 2, diff - diff // 2, 0, 0])
        x = self.reduce(torch.cat([a, u, v], dim=1))
        x = F.interpolate(x, size=(8, 8), mode='nearest')
        return self.out(x).mean((-2, -1))

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
