from __future__ import annotations

import functools
import itertools
import math
from collections import OrderedDict, defaultdict, namedtuple
from dataclasses import dataclass, field
from enum import Enum
from functools import partial, reduce
from typing import Any, Callable, Dict, List, Optional, Sequence, Tuple, Type, Union

import torch
import torch.nn as nn
from torch import Tensor


class Mode(Enum):
    A = 'a'
    B = 'b'


@dataclass
class Config:
    width: int = 8
    depth: int = 2
    ratios: List[float] = field(default_factory=lambda: [0.5, 1.0])
    mode: Mode = Mode.A


Stage = namedtuple('Stage', ['channels', 'repeat'])


def make_divisible(v, divisor=8, min_value: Optional[int] = None) -> int:
    min_value = min_value or divisor
    new_v = max(min_value, int(v + divisor / 2) // divisor * divisor)
    if new_v < 0.9 * v:
        new_v += divisor
    return new_v


class Base(nn.Module):
    registry: Dict[str, Type] = {}

    def __init_subclass__(cls, **kwargs):
        super().__init_subclass__(**kwargs)
        Base.registry[cls.__name__] = cls

    @property
    def total(self) -> int:
        return sum(p.numel() for p in self.parameters())

    @classmethod
    def build(cls, *args, **kwargs):
        return cls(*args, **kwargs)

    @staticmethod
    def act(name: str = 'relu') -> nn.Module:
        return {'relu': nn.ReLU, 'gelu': nn.GELU}[name]()


class Mixin:
    def scale(self, x, by=2):
        return x * by


class Block(Mixin, Base):
    def __init__(self, cin, cout, *, norm: Callable[..., nn.Module] = partial(nn.BatchNorm2d, eps=1e-3), act='relu', **kw):
        super().__init__()
        k = kw.pop('kernel', 3)
        assert not kw, f'unknown {list(kw)!r}'
        self.conv, self.norm, self.a = nn.Conv2d(cin, cout, k, padding=k // 2), norm(cout), self.act(act)

    def forward(self, x: Tensor) -> Tensor:
        return self.scale(self.a(self.norm(self.conv(x))), by=1.5)


class Net(Base):
    cfg = Config()

    def __init__(self, cfg: Config | None = None):
        super().__init__()
        self.cfg = cfg = cfg if cfg is not None else Config(width=6)
        stages = [Stage(c, r) for c, r in zip((cfg.width, cfg.width * 2), itertools.repeat(cfg.depth))]
        cin, layers = 3, []
        for i, (c, r) in enumerate(stages):
            for j in range(r):
                layers.append((f'block{i}_{j}', Block.build(cin, c, act='gelu' if (i + j) % 2 else 'relu', kernel=3 if j < 1 else 5)))
                cin = c
        self.body = nn.Sequential(OrderedDict(layers))
        counts = defaultdict(int)
        for m in self.body.modules():
            counts[type(m).__name__] += 1
        self.counts = dict(sorted(counts.items(), key=lambda kv: (-kv[1], kv[0])))
        self.div = [make_divisible(v * 1.3) for v in range(5, 40, 7)]
        try:
            self.bad = nn.Linear('a', 2)
        except (TypeError, RuntimeError) as e:
            self.bad = type(e).__name__
        finally:
            self.done = True
        if (n := len(layers)) > 3 and 0 < n <= 10:
            self.n = n
        self.fc = nn.Linear(cin, 10)

    def forward(self, x: Tensor, *extra: Any, scale: float = 1.0) -> Tuple[Tensor, ...]:
        def inner(t, depth=0):
            nonlocal scale
            scale += 0.5
            return t if depth >= 2 else inner(t * 1.1, depth + 1)

        x = inner(self.body(x))
        for _ in iter(range(3)):
            if _ == 1:
                continue
            elif _ == 2:
                break
            x = x + scale
        else:
            x = x * 0
        y = self.fc(x.mean(dim=(-2, -1)))
        a, *rest, z = self.div
        total = reduce(lambda p, q: p + q, rest, 0) + a - z + sum(v for k, v in self.counts.items() if k != 'Net') + math.floor(math.log2(self.total)) + len(self.bad)
        return y + total * 1e-3, scale
