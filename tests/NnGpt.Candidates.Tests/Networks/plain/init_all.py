import math
import torch
import torch.nn as nn
from torch.nn import init
from torch.nn.init import _calculate_fan_in_and_fan_out


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.ps = nn.ParameterList()
        for f in [
            lambda p: init.uniform_(p, -0.5, 0.5), lambda p: init.normal_(p, mean=0, std=0.02), lambda p: init.trunc_normal_(p, std=0.5, a=-1, b=1), lambda p: init.constant_(p, 0.3), init.zeros_, init.ones_, init.xavier_uniform_, lambda p: init.xavier_normal_(p, gain=init.calculate_gain('tanh')),
            lambda p: init.kaiming_uniform_(p, a=math.sqrt(5)), lambda p: init.kaiming_normal_(p, mode='fan_out', nonlinearity='relu'), lambda p: init.orthogonal_(p, gain=2), init.dirac_, lambda p: init.orthogonal_(p.data.view(4, -1)),
        ]:
            p = nn.Parameter(torch.empty(6, 4, 3, 3))
            f(p)
            self.ps.append(p)
        self.e = nn.Parameter(init.eye_(torch.empty(3, 5)))
        self.s = nn.Parameter(init.sparse_(torch.empty(10, 5), sparsity=0.3))
        self.fans = _calculate_fan_in_and_fan_out(self.ps[0])

    def forward(self, x):
        vals = [p.sum() for p in self.ps] + [p.abs().mean() for p in self.ps] + [self.e.sum(), self.s.sum(), torch.tensor(float(self.fans[0] + self.fans[1]))]
        return torch.stack(vals)[None]
