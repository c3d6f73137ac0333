import math
from typing import List, Optional, Tuple

import torch
import torch.nn as nn
import torch.nn.functional as F


def supported_hyperparameters():
    return {'lr', 'momentum', 'dropout'}


def conv_bn(inside: int, outside: int, kernel: int = 3, stride: int = 1, groups: int = 1, act: bool = True) -> nn.Sequential:
    layers: List[nn.Module] = [
        nn.Conv2d(inside, outside, kernel, stride, kernel // 2, groups=groups, bias=False),
        nn.BatchNorm2d(outside),
    ]
    if act:
        layers.append(nn.SiLU(inplace=True))
    return nn.Sequential(*layers)


class SqueezeExcite(nn.Module):
    def __init__(self, channels, reduction=4):
        super(SqueezeExcite, self).__init__()
        hidden = max(1, channels // reduction)
        self.fc1 = nn.Conv2d(channels, hidden, 1)
        self.fc2 = nn.Conv2d(hidden, channels, 1)

    def forward(self, x):
        scale = F.relu(self.fc1(F.adaptive_avg_pool2d(x, 1)))
        return x * torch.sigmoid(self.fc2(scale))


class Inverted(nn.Module):
    expansion = 2

    def __init__(self, inside, outside, stride):
        super().__init__()
        hidden = int(inside * self.expansion)
        self.use_skip = stride == 1 and inside == outside
        self.body = nn.Sequential(
            conv_bn(inside, hidden, 1),
            conv_bn(hidden, hidden, 3, stride, groups=hidden),
            SqueezeExcite(hidden),
            conv_bn(hidden, outside, 1, act=False),
        )

    def forward(self, x):
        return x + self.body(x) if self.use_skip else self.body(x)


class Branches(nn.Module):
    def __init__(self, inside, outside):
        super().__init__()
        quarter = outside // 2
        self.left = nn.Sequential(nn.Conv2d(inside, quarter, 1), nn.GroupNorm(2, quarter), nn.LeakyReLU(0.1), nn.AvgPool2d(3, 1, 1))
        self.right = nn.Sequential(nn.Conv2d(inside, outside - quarter, 3, padding=1), nn.ReLU6(), nn.Dropout2d(0.1))

    def forward(self, x):
        return torch.cat([self.left(x), self.right(x)], dim=1)


class Net(nn.Module):
    def __init__(self, in_shape: Tuple[int, ...], out_shape: Tuple[int, ...], prm: dict, device: Optional[torch.device] = None) -> None:
        super().__init__()
        self.device = device
        batch, channels, height, width = in_shape
        self.stem = conv_bn(channels, 8)
        self.blocks = nn.ModuleList()
        previous = 8
        for i, (filters, stride) in enumerate([(8, 1), (8, 2), (16, 1)]):
            if filters % 4 != 0:
                raise ValueError(f'block {i}: {filters} filters')
            self.blocks.append(Inverted(previous, filters, stride) if i < 2 else Branches(previous, filters))
            previous = filters
        self.pool = nn.AdaptiveAvgPool2d((1, 1))
        self.dropout = nn.Dropout(p=prm['dropout'])
        self.classifier = nn.Linear(previous, out_shape[0])
        self._initialize_weights()

    def _initialize_weights(self):
        for name, module in self.named_modules():
            if isinstance(module, nn.Conv2d):
                nn.init.kaiming_normal_(module.weight, mode='fan_out', nonlinearity='relu')
                if module.bias is not None:
                    nn.init.zeros_(module.bias)
            elif isinstance(module, (nn.BatchNorm2d, nn.GroupNorm)):
                nn.init.constant_(module.weight, 1.0)
            elif isinstance(module, nn.Linear):
                nn.init.normal_(module.weight, 0, 1.0 / math.sqrt(module.in_features))

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        x = F.max_pool2d(self.stem(x), kernel_size=2, stride=2)
        for block in self.blocks:
            x = block(x)
        x = self.pool(x).view(x.size(0), -1)
        return self.classifier(self.dropout(x))

    def train_setup(self, prm):
        self.to(self.device)
        self.criteria = (nn.CrossEntropyLoss(label_smoothing=0.1).to(self.device),)
        self.optimizer = torch.optim.SGD(self.parameters(), lr=prm['lr'], momentum=prm['momentum'], weight_decay=5e-4, nesterov=True)

    def learn(self, train_data):
        self.train()
        for inputs, labels in train_data:
            inputs, labels = inputs.to(self.device), labels.to(self.device)
            self.optimizer.zero_grad()
            outputs = self(inputs)
            loss = self.criteria[0](outputs, labels)
            loss.backward()
            nn.utils.clip_grad_norm_(self.parameters(), max_norm=3)
            self.optimizer.step()
