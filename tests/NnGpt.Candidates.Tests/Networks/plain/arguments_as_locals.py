import torch
from torch import nn


class Config:
    def __init__(self, width=16, act='relu', classes=10, **kwargs):
        for key, value in {**locals(), **kwargs}.items():
            if key not in ('self', 'kwargs'):
                setattr(self, key, value)


def describe(width, act):
    doubled = width * 2
    return '{act}-{width}-{doubled}'.format(**locals())


class Head(nn.Module):
    def __init__(self, width, classes, bias=True):
        args = {k: v for k, v in vars().items() if k not in ('self', '__class__')}
        super().__init__()
        self.args = args
        self.fc = nn.Linear(width, classes, bias=bias)

    def forward(self, x):
        scale = 0.5

        def inner():
            hidden = x * scale
            return sorted(locals()), hidden

        names, hidden = inner()
        assert names == ['hidden', 'scale', 'x'], names
        return self.fc(hidden)


class Net(nn.Module):
    kinds = [k for k in locals() if not k.startswith('_')]

    def __init__(self):
        super().__init__()
        config = Config(act='gelu', extra=3)
        assert config.extra == 3 and not hasattr(config, 'kwargs')
        assert describe(config.width, config.act) == 'gelu-16-32'
        self.conv = nn.Conv2d(3, config.width, 3)
        self.act = getattr(torch.nn.functional, config.act)
        self.head = Head(config.width, config.classes, bias=False)
        assert self.head.args == {'width': 16, 'classes': 10, 'bias': False}

    def forward(self, x):
        return self.head(self.act(self.conv(x)).mean((2, 3)))
