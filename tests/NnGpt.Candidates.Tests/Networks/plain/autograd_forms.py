import torch
import torch.nn as nn
from torch.autograd import Variable, grad


@torch.no_grad()
def frozen(x, w):
    return x @ w


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.w = nn.Parameter(torch.linspace(0, 1, 12).view(3, 4))

    def forward(self, x):
        s = x.mean((2, 3))
        with torch.enable_grad():
            v = s.clone().requires_grad_(True)
            y = (v @ self.w).pow(2).sum()
            g, = torch.autograd.grad(y, v, create_graph=True)
            gw = grad((g ** 2).sum(), self.w)[0]
            z = (v * 2).sum()
            z.backward()
            leaf = v.grad.sum()
        with torch.no_grad():
            self.w.data.mul_(1.0)
            frozen_out = frozen(s, self.w)
        with torch.set_grad_enabled(False):
            q = (s @ self.w).requires_grad
        with torch.inference_mode():
            r = (s * 2).sum()
        flags = torch.tensor([float(q), float(torch.is_grad_enabled()), float(y.requires_grad), float(self.w.is_leaf), float(self.w.grad is None), float(v.grad is not None)])
        return torch.cat([g.flatten(), gw.flatten(), leaf[None], frozen_out.flatten().detach(), r[None].clone(), flags]).detach()[None]
