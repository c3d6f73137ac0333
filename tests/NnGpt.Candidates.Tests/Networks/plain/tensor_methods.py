import torch
import torch.nn as nn


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.w = nn.Parameter(torch.arange(12.).reshape(3, 4) / 12)

    def forward(self, x):
        b, c, h, w = x.shape
        parts = [
            x.view(b, -1).mean(), x.reshape(b, c, h * w).sum(), x.permute(0, 2, 3, 1).flatten()[5], x.transpose(1, 2).contiguous().view(-1)[7],
            x.unsqueeze(1).squeeze(1).max(), x.expand(b, c, h, w).min(), x.repeat(1, 2, 1, 1).sum(), x.chunk(3, dim=1)[1].sum(),
            x.split(1, 1)[2].mean(), x.split([1, 2], dim=1)[1].sum(), x.unbind(0)[1].sum(), x.softmax(dim=1).pow(2).sum(), x.sigmoid().sum(),
            x.tanh().abs().mean(), x.clamp(-0.5, 0.5).sum(), x.clamp(min=0).mean(), x.var(), x.var(dim=1, unbiased=False).sum(), x.std(dim=(2, 3)).sum(),
            x.norm(), x.norm(p=1, dim=1).mean(), x.norm(2, dim=(1, 2), keepdim=True).sum(), x.argmax(dim=1).float().mean(), x.max(dim=1)[0].sum(),
            x.max(1).values.sum(), x.min(dim=2, keepdim=True).indices.float().sum(), x.topk(3, dim=-1).values.sum(), x.sort(dim=1, descending=True)[0][0].sum(),
            x.cumsum(dim=2).mean(), x.flip(dims=[2]).cumprod(dim=1).sum(), x.roll(2, 3)[0, 0, 0, 0], x.gather(1, torch.zeros(b, 1, h, w, dtype=torch.long)).sum(),
            x.masked_fill(x > 0, -1e3).max(), x.where(x > 0, torch.zeros_like(x)).sum(), x.exp().log().sum(), x.abs().sqrt().rsqrt().clamp(max=10).sum(),
            (x * 3 - 1 / (x + 2)).sum(), (2 ** x).mean(), (1 - x).mean(), (x // 0.3).sum(), (x % 0.7).sum(), (-x).relu().sum(), (x == x).float().mean(),
            (x > 0).sum(), ((x > 0) & (x < 0.5)).sum(), (~(x > 0)).float().mean(), x.ge(0).float().sum(), x.eq(0).any().float(), x.isnan().any().float(),
            x.T.sum() if x.dim() == 2 else x.mT.sum(), x.detach().clone().add_(1).mul_(2).sub_(0.5).div_(3).sum(), x.double().float().sum(), x.to(torch.float64).sum().float(),
            x.long().sum().float(), x.new_zeros(2, 3).sum(), x.new_ones((2,)).sum(), x.new_full((2, 2), 3.0).sum(), x.new_tensor([1., 2.]).sum(),
            x.size(0) * x.size(-1) + x.numel() + x.nelement() + x.ndim * 1.0 * torch.ones(()), x.diagonal(dim1=2, dim2=3).sum(), x.tril().triu().sum(),
            x.narrow(1, 0, 2).sum(), x.select(1, 0).mean(), x.index_select(1, torch.tensor([0, 2])).sum(), x.unfold(2, 4, 4).mean(), x.swapaxes(1, 2).movedim(0, 1).sum(),
            x.reciprocal().clamp(-1, 1).sum(), x.sin().cos().sum(), x.floor().ceil().round().sum(), x.sign().sum(), x.logsumexp(dim=(1, 2)).sum(), x.prod(dim=1).sum(),
            x.amax(dim=1).sum(), x.amin(dim=(1, 2)).sum(), x.median(), x.quantile(0.3), x.all().float(), x.nonzero().float().mean(), x.view_as(x).sum(), x.type_as(x).sum(),
            x.lerp(torch.ones_like(x), 0.3).sum(), x.addcmul(x, x, value=0.1).sum(), x.mean(dim=[2, 3], keepdim=True).sum(), x.flatten(1).mm(x.flatten(1).t()).sum(),
            x.flatten(2).bmm(x.flatten(2).transpose(1, 2)).sum(), x.flatten(2).matmul(x.flatten(2).mT).mean(), (x[:, 0] @ x[:, 1]).mean(), x.item() if x.numel() == 1 else 0.0 * x.sum(),
        ]
        return torch.stack([p if torch.is_tensor(p) and p.dim() == 0 else torch.as_tensor(float(p)) for p in [q.float() if torch.is_tensor(q) else q for q in parts]]).unsqueeze(0)
