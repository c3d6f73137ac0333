import torch
import torch.nn as nn
import torch.nn.functional as F


def supported_hyperparameters():
    return {'lr', 'momentum'}
from collections import OrderedDict


class DenseLayer(nn.Sequential):
    def __init__(self, num_input, growth, bn_size, drop_rate):
        super().__init__()
        self.add_module('norm1', nn.BatchNorm2d(num_input))
        self.add_module('relu1', nn.ReLU(inplace=True))
        self.add_module('conv1', nn.Conv2d(num_input, bn_size * growth, kernel_size=1, stride=1, bias=False))
        self.add_module('norm2', nn.BatchNorm2d(bn_size * growth))
        self.add_module('relu2', nn.ReLU(inplace=True))
        self.add_module('conv2', nn.Conv2d(bn_size * growth, growth, kernel_size=3, stride=1, padding=1, bias=False))
        self.drop_rate = drop_rate

    def forward(self, x):
        new = super().forward(x)
        if self.drop_rate > 0:
            new = F.dropout(new, p=self.drop_rate, training=self.training)
        return torch.cat([x, new], 1)


class DenseBlock(nn.Sequential):
    def __init__(self, layers, num_input, bn_size, growth, drop_rate):
        super(DenseBlock, self).__init__()
        for i in range(layers):
            self.add_module('denselayer%d' % (i + 1), DenseLayer(num_input + i * growth, growth, bn_size, drop_rate))


class Net(nn.Module):
    def __init__(self, in_shape, out_shape, prm, device):
        super().__init__()
        self.device = device
        growth = 8
        self.features = nn.Sequential(OrderedDict([
            ('conv0', nn.Conv2d(in_shape[1], 16, kernel_size=3, stride=2, padding=1, bias=False)),
            ('norm0', nn.BatchNorm2d(16)),
            ('relu0', nn.ReLU(inplace=True)),
            ('pool0', nn.MaxPool2d(kernel_size=3, stride=2, padding=1)),
        ]))
        num = 16
        for i, n in enumerate((2, 2)):
            self.features.add_module(f'denseblock{i + 1}', DenseBlock(n, num, 2, growth, prm['dropout']))
            num += n * growth
            if i != 1:
                self.features.add_module(f'transition{i + 1}', nn.Sequential(
                    nn.BatchNorm2d(num), nn.ReLU(inplace=True), nn.Conv2d(num, num // 2, 1, bias=False), nn.AvgPool2d(2, 2)))
                num //= 2
        self.features.add_module('norm5', nn.BatchNorm2d(num))
        self.classifier = nn.Linear(num, *out_shape)

    def forward(self, x):
        features = self.features(x)
        out = F.relu(features, inplace=True)
        out = F.adaptive_avg_pool2d(out, (1, 1))
        out = torch.flatten(out, start_dim=1)
        return self.classifier(out)

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
