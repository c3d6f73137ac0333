import torch
import torch.nn as nn
from typing import *


class StochasticDepth(nn.Module):
    def __init__(self, p: float, mode: str = 'row') -> None:
        super().__init__()
        self.p, self.mode = p, mode

    def forward(self, x):
        if not self.training or self.p == 0.0:
            return x
        survival = 1.0 - self.p
        size = [x.shape[0]] + [1] * (x.ndim - 1) if self.mode == 'row' else [1] * x.ndim
        noise = torch.empty(size, dtype=x.dtype, device=x.device).bernoulli_(survival)
        if survival > 0.0:
            noise.div_(survival)
        return x * noise

    def __repr__(self) -> str:
        return f"{self.__class__.__name__}(p={self.p}, mode={self.mode})"


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.a = nn.Conv2d(3, 4, 3)
        self.sd = StochasticDepth(0.5)

    def forward(self, x):
        self.sd.training = True
        y = self.sd(self.a(x))
        self.sd.mode = 'batch'
        z = self.sd(y)
        n = torch.randn_like(z) * 0.1
        return (z + n).sum((2, 3))
