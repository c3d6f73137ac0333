import torch, torch.nn as nn, torch.nn.functional as F
from torch.nn.utils.rnn import pack_padded_sequence, pad_packed_sequence, pad_sequence, pack_sequence
from torch.utils.data import DataLoader, TensorDataset, random_split
from torch.nn.utils.parametrizations import spectral_norm
import torch.nn.utils.parametrize as P
class Sym(nn.Module):
    def forward(self, X):
        return X.triu() + X.triu(1).transpose(-1, -2)
class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.l = nn.LazyLinear(10)
        self.c = nn.LazyConv2d(8, 3, padding=1)
        self.b = nn.LazyBatchNorm2d()
        self.dp = nn.DataParallel(nn.Linear(10, 4))
        self.lstm = nn.LSTM(4, 6, batch_first=True, bidirectional=True)
        self.sn = spectral_norm(nn.Linear(4, 4))
        self.sym = nn.Linear(4, 4)
        P.register_parametrization(self.sym, 'weight', Sym())
        self.fp = nn.FractionalMaxPool2d(2, output_ratio=0.5)
        self.wn = nn.utils.weight_norm(nn.Linear(4, 4))
        nn.utils.remove_weight_norm(self.wn)
        self.ad = nn.AdaptiveLogSoftmaxWithLoss(8, 20, [5, 10])
    def forward(self, x):
        torch._assert(x.dim() == 4, 'no')
        with torch.enable_grad():
            w = torch.ones(3, requires_grad=True)
            seen = []
            h = w * 2
            h.register_hook(lambda g: g * 3)
            h.register_hook(lambda g: seen.append(g.sum().item()))
            m = nn.Linear(3, 2)
            m.register_full_backward_hook(lambda mod, gi, go: seen.append((gi[0].sum().item(), go[0].sum().item())))
            m(h).sum().backward()
            assert len(seen) == 2
            total = w.grad.sum() + seen[0][1] + seen[1]
        y = self.b(self.c(x))
        y = self.fp(y)
        z = self.l(y.mean(1).flatten(1))
        d = self.dp(z)
        seq = d.unsqueeze(1).repeat(1, 5, 1)
        p = pack_padded_sequence(seq, [5, 3], batch_first=True)
        o, (hn, cn) = self.lstm(p)
        o, lens = pad_packed_sequence(o, batch_first=True)
        p2 = pack_padded_sequence(seq, torch.tensor([2, 4]), batch_first=True, enforce_sorted=False)
        o2, _ = self.lstm(p2)
        o2, lens2 = pad_packed_sequence(o2, batch_first=True)
        e = self.wn(self.sym(self.sn(d)))
        ds = TensorDataset(torch.arange(10.), torch.arange(10))
        tr, va = random_split(ds, [7, 3])
        acc = 0.
        for i, (a, b) in enumerate(DataLoader(tr, batch_size=2, shuffle=True)):
            acc = acc + (i + 1) * a.sum()
        with torch.autocast('cpu', dtype=torch.bfloat16):
            lo = F.linear(d, torch.ones(3, 4))
        assert lo.dtype == torch.bfloat16
        out, loss = self.ad(torch.cat([d, d], 1), torch.tensor([3, 12]))
        return torch.cat([o.flatten(), o2.flatten(), e.flatten(), total.view(1), acc.view(1), lens.float(), lens2.float(), lo.float().flatten(), out, loss.view(1), hn.flatten()])
