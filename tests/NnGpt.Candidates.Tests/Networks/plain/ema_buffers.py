import torch
import torch.nn as nn


class VectorQuantizer(nn.Module):
    def __init__(self, k=16, d=8):
        super().__init__()
        self.embedding = nn.Embedding(k, d)
        self.embedding.weight.data.uniform_(-1 / k, 1 / k)
        self.register_buffer('usage', torch.zeros(k))

    def forward(self, z):
        z = z.permute(0, 2, 3, 1).contiguous()
        flat = z.view(-1, z.shape[-1])
        d = torch.sum(flat ** 2, dim=1, keepdim=True) + torch.sum(self.embedding.weight ** 2, dim=1) - 2 * torch.matmul(flat, self.embedding.weight.t())
        idx = torch.argmin(d, dim=1).unsqueeze(1)
        enc = torch.zeros(idx.shape[0], self.embedding.num_embeddings, device=z.device)
        enc.scatter_(1, idx, 1)
        self.usage.mul_(0.9).add_(enc.sum(0), alpha=0.1)
        q = torch.matmul(enc, self.embedding.weight).view(z.shape)
        q = z + (q - z).detach()
        return q.permute(0, 3, 1, 2).contiguous(), torch.exp(-torch.sum(enc.mean(0) * torch.log(enc.mean(0) + 1e-10)))


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.enc = nn.Conv2d(3, 8, 4, 4)
        self.vq = VectorQuantizer()
        self.fc = nn.Linear(8, 3)

    def forward(self, x):
        q, p = self.vq(self.enc(x))
        return self.fc(q.mean((2, 3))) + p * 0.01
