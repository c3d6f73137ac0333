import torch
import torch.nn as nn
import torch.nn.functional as F
from torch.nn.modules.conv import _ConvNd
from torch.nn.modules.utils import _pair


class StandardizedConv2d(nn.Conv2d):
    def forward(self, x):
        mean = self.weight.mean(dim=(1, 2, 3), keepdim=True)
        std = self.weight.std(dim=(1, 2, 3), keepdim=True) + 1e-5
        return self._conv_forward(x, (self.weight - mean) / std, self.bias)


class FakeQuantizedConv2d(nn.Conv2d):
    def _conv_forward(self, input, weight, bias):
        scale = weight.abs().max() / 127
        rounded = torch.round(weight / scale) * scale
        return super()._conv_forward(input, weight + (rounded - weight).detach(), bias)


class OwnConv2d(_ConvNd):
    def __init__(self, in_channels, out_channels, kernel_size, stride=1, padding=0):
        super().__init__(in_channels, out_channels, _pair(kernel_size), _pair(stride), _pair(padding), _pair(1),
                         False, _pair(0), 1, True, 'zeros')

    def forward(self, x):
        return F.conv2d(x, self.weight * 2, self.bias, self.stride, self.padding, self.dilation, self.groups)


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.one = StandardizedConv2d(3, 8, 3, padding=1, bias=False)
        self.two = FakeQuantizedConv2d(8, 12, 3, padding='same', padding_mode='reflect')
        self.three = OwnConv2d(12, 16, 3, 2, 1)
        self.four = nn.Conv1d(16, 10, 1)

    def forward(self, x):
        x = F.relu(self.three(F.relu(self.two(F.relu(self.one(x))))))
        return self.four(x.flatten(2)).mean(-1)
