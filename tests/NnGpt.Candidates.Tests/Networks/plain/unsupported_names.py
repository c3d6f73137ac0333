import torch
import torch.nn as nn


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 4, 3)
        assert not hasattr(torch, 'no_such_function')
        assert not hasattr(nn, 'NoSuchLayer')
        assert not hasattr(self, 'nope')
        assert getattr(self, 'nope', 5) == 5
        assert hasattr(self.conv, 'weight') and hasattr(torch.Tensor, 'view')
        self.kind = 'Conv2d' if isinstance(self.conv, nn.modules.conv._ConvNd) else 'other'

    def forward(self, x):
        for name in ('gelu', 'swish', 'fancy'):
            try:
                getattr(torch, name)(x)
            except AttributeError as e:
                self.kind += str(e)
        return self.conv(x).mean((2, 3)) + len(self.kind)
