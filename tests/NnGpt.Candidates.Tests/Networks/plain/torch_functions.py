import torch, math
import torch.nn as nn


class Net(nn.Module):
    def __init__(self, classes=7):
        super().__init__()
        self.classes = classes

    def forward(self, x):
        b = x.size(0)
        t = torch
        f = x.flatten(1)[:, :12]
        m = f.reshape(b, 3, 4)
        out = [
            t.cat([f, f], dim=1).sum(), t.cat((f, f), -1).mean(), t.stack([f, f * 2], 1).sum(), t.zeros(2, 3).sum(), t.ones((2, 3)).sum(), t.full((2,), 3.5).sum(), t.eye(3).sum(),
            t.arange(5).sum(), t.arange(1, 10, 2).sum(), t.arange(0, 1, 0.25).sum(), t.linspace(0, 1, steps=5).sum(), t.empty(0).numel(), t.zeros_like(f).sum(), t.ones_like(f, dtype=t.int64).sum(),
            t.einsum('bij,bkj->bik', m, m).sum(), t.einsum('bij->b', m).sum(), t.matmul(m, m.transpose(1, 2)).sum(), t.bmm(m, m.permute(0, 2, 1)).sum(), t.mm(f, f.t()).sum(),
            t.add(f, f, alpha=2).sum(), t.sub(f, 1).sum(), t.mul(f, 2).sum(), t.div(f, 3).sum(), t.div(f, 0.3, rounding_mode='floor').sum(), t.pow(f, 2).sum(), t.sqrt(f.abs()).sum(), t.exp(f).sum(),
            t.log(f.abs() + 1).sum(), t.log1p(f.abs()).sum(), t.sigmoid(f).sum(), t.tanh(f).sum(), t.relu(f).sum(), t.softmax(f, dim=-1).max(), t.log_softmax(f, 1).sum(), t.abs(f).sum(),
            t.max(f), t.min(f), t.max(f, dim=1)[0].sum(), t.max(f, f.flip(1)).sum(), t.maximum(f, -f).sum(), t.minimum(f, -f).sum(), t.mean(f), t.mean(f, dim=1, keepdim=True).sum(), t.sum(f, 1).sum(),
            t.std(f), t.var(f, dim=1).sum(), t.norm(f), t.norm(f, dim=1).sum(), t.clamp(f, 0, 0.5).sum(), t.where(f > 0, f, t.zeros_like(f)).sum(), t.where(f > 0, 1.0, 0.0).sum(), t.flip(f, [1]).sum(), t.roll(f, 1, dims=1)[0, 0],
            t.transpose(m, 1, 2).sum(), t.permute(m, (2, 0, 1)).sum(), t.squeeze(m[:, :1], 1).sum(), t.unsqueeze(f, -1).sum(), t.flatten(m, start_dim=1).sum(), t.reshape(m, (b, -1)).sum(), t.chunk(f, 3, dim=1)[0].sum(),
            t.split(f, 4, dim=1)[1].sum(), t.unbind(m, 1)[2].sum(), t.tril(m).sum(), t.triu(m, diagonal=1).sum(), t.cumsum(f, dim=1).sum(), t.argmax(f, dim=1).sum(), t.argsort(f, dim=1)[0, 0], t.sort(f)[0].sum(),
            t.topk(f, 2)[0].sum(), t.gather(f, 1, t.zeros(b, 1).long()).sum(), t.meshgrid(t.arange(3), t.arange(4), indexing='ij')[0].sum(), t.outer(f[0], f[1]).sum(), t.dot(f[0], f[1]), t.cdist(f, f).sum(),
            t.isnan(f).sum(), t.isfinite(f).all(), t.any(f > 0), t.allclose(f, f) * 1.0, t.equal(f, f) * 1.0, t.numel(f), t.tensor([[1, 2], [3, 4]]).sum(), t.tensor(3.5), t.as_tensor([1.0]).sum(),
            t.floor(f).sum(), t.round(f).sum(), t.sign(f).sum(), t.cos(f).sum(), t.sin(f).sum(), t.atan2(f, f + 2).sum(), t.erf(f).sum(), t.rsqrt(f.abs() + 1).sum(), t.reciprocal(f + 3).sum(), t.square(f).sum(), t.neg(f).sum(),
            t.masked_select(f, f > 0).sum(), t.index_select(f, 1, t.tensor([0, 2])).sum(), t.repeat_interleave(f, 2, dim=1).sum(), t.tile(f, (1, 2)).sum(), t.diag(f[0, :3]).sum(), t.diagonal(m, 0, 1, 2).sum(), t.prod(f.abs() + 0.5, 1).sum(),
            t.logsumexp(f, dim=1).sum(), t.logical_and(f > 0, f < 1).sum(), t.bitwise_and(t.tensor(5), t.tensor(3)), t.count_nonzero(f), t.unique(t.tensor([3, 1, 3])).sum(), t.bincount(t.tensor([0, 1, 1])).sum(), t.histc(f, 4, -1, 1).sum(),
            t.baddbmm(t.zeros(b, 3, 3), m, m.transpose(1, 2)).sum(), t.addmm(t.zeros(b, b), f, f.t()).sum(), t.kron(t.eye(2), t.ones(2, 2)).sum(), t.trace(t.eye(3)), t.tensordot(m, m, dims=([1, 2], [1, 2])).sum(), t.pi, math.pi,
            t.conv2d(x, t.ones(2, 3, 3, 3), padding=1).sum(), t.linalg.norm(f), t.linalg.inv(t.eye(3) * 2).sum(), t.fft.fft(f).abs().sum(), t.special.expit(f).sum(), t.finfo(t.float32).eps, t.iinfo(t.int64).bits, t.nn.functional.relu(f).sum(),
            t.broadcast_to(f[:, :1], (b, 3)).sum(), t.hstack([f, f]).sum(), t.vstack([f, f]).sum(), t.atleast_2d(f[0]).sum(), t.narrow(f, 1, 0, 3).sum(), t.select(f, 1, 0).sum(), t.swapaxes(m, 1, 2).sum(), t.movedim(m, 0, 1).sum(), t.scatter(f, 1, t.zeros(b, 1).long(), 5.0).sum(),
            t.rot90(x, 1, [2, 3])[0, 0, 0, 0], t.nan_to_num(f / 0 * 0).sum(), t.lerp(f, f + 1, 0.5).sum(), t.heaviside(f, t.tensor(0.5)).sum(), t.hypot(f, f).sum(), t.fmod(f, 0.3).sum(), t.remainder(f, 0.3).sum(), t.trunc(f).sum(), t.frac(f).sum(), t.logit(t.sigmoid(f)).sum(),
        ]
        return t.stack([t.as_tensor(o).float().reshape(()) for o in out]).view(1, -1)
