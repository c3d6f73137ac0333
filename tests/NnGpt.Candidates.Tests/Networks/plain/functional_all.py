import torch
import torch.nn as nn
import torch.nn.functional as F


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.w = nn.Parameter(torch.linspace(-1, 1, 8 * 3 * 9).view(8, 3, 3, 3))

    def forward(self, x):
        y = F.conv2d(x, self.w, stride=2, padding=1)
        s = x.mean(2)
        f = y.flatten(1)[:, :10]
        labels = torch.tensor([1, 3])
        g = F.affine_grid(torch.eye(2, 3).unsqueeze(0).repeat(2, 1, 1), [2, 3, 8, 8], align_corners=False)
        out = [
            F.relu(y), F.relu6(y), F.elu(y), F.selu(y), F.celu(y, 0.5), F.leaky_relu(y, 0.2), F.gelu(y), F.gelu(y, approximate='tanh'), F.silu(y), F.mish(y), F.hardswish(y), F.hardsigmoid(y), F.hardtanh(y, -2, 2), F.softplus(y), F.softsign(y),
            F.tanhshrink(y), F.softshrink(y), F.hardshrink(y), F.threshold(y, 0.1, 0.2), F.logsigmoid(y), F.sigmoid(y), F.tanh(y), F.glu(y, 1), F.softmax(y, dim=1), F.log_softmax(y, dim=1), F.softmin(y, 1), F.prelu(y, torch.tensor([0.3])),
            F.max_pool2d(y, 2), F.max_pool2d(y, kernel_size=3, stride=2, padding=1, ceil_mode=True), F.avg_pool2d(y, 2), F.avg_pool2d(y, 3, 1, 1, count_include_pad=False), F.adaptive_avg_pool2d(y, 1), F.adaptive_avg_pool2d(y, (3, None)), F.adaptive_max_pool2d(y, 2),
            F.max_pool1d(s, 2), F.avg_pool1d(s, 2), F.adaptive_avg_pool1d(s, 4), F.lp_pool2d(y, 2, 2), F.pad(y, (1, 1)), F.pad(y, (1, 2, 3, 0), value=2.0), F.pad(y, (1, 1, 1, 1), mode='reflect'), F.pad(y, [2, 2, 2, 2], 'replicate'), F.pad(y, (1, 1, 1, 1), mode='circular'),
            F.interpolate(y, scale_factor=2), F.interpolate(y, size=5, mode='bilinear', align_corners=False), F.interpolate(y, size=(7, 9), mode='bicubic'), F.interpolate(s, scale_factor=0.5, mode='linear', align_corners=True), F.interpolate(y, size=(4, 4), mode='area'),
            F.normalize(y, dim=1), F.normalize(f, p=1.0, dim=-1), F.layer_norm(y, y.shape[1:]), F.group_norm(y, 4), F.instance_norm(y), F.batch_norm(y, torch.zeros(8), torch.ones(8)), F.local_response_norm(y, 2), F.unfold(y, 3, padding=1),
            F.fold(F.unfold(x, 2, stride=2), (32, 32), 2, stride=2), F.pixel_shuffle(y, 2), F.pixel_unshuffle(y, 2), F.one_hot(labels, 5), F.embedding(labels, torch.eye(5)), F.linear(f, torch.ones(3, 10), torch.ones(3)), F.bilinear(f, f, torch.ones(2, 10, 10)),
            F.cosine_similarity(f, f + 1), F.pairwise_distance(f, f + 1), F.grid_sample(x, g, align_corners=False), F.dropout(y, 0.5, training=False), F.dropout(y, training=self.training), F.dropout2d(y, 0.1, self.training), F.alpha_dropout(y), F.conv1d(s, torch.ones(4, 3, 3)),
            F.conv_transpose2d(y, torch.ones(8, 2, 2, 2), stride=2), F.cross_entropy(f, labels), F.cross_entropy(f, labels, label_smoothing=0.1, reduction='sum'), F.nll_loss(F.log_softmax(f, 1), labels), F.mse_loss(f, f + 1), F.l1_loss(f, f * 2), F.smooth_l1_loss(f, f * 2),
            F.huber_loss(f, f * 2), F.binary_cross_entropy(torch.sigmoid(f), torch.ones_like(f)), F.binary_cross_entropy_with_logits(f, torch.zeros_like(f)), F.kl_div(F.log_softmax(f, 1), F.softmax(f * 2, 1), reduction='batchmean'), F.cosine_embedding_loss(f, f + 1, torch.ones(2)),
            F.triplet_margin_loss(f, f + 1, f - 1), F.margin_ranking_loss(f[:, 0], f[:, 1], torch.ones(2)), F.multi_margin_loss(f, labels), F.soft_margin_loss(f, torch.ones_like(f)), F.gumbel_softmax(f * 0 + torch.eye(2, 10) * 1e6, hard=True),
        ]
        return torch.stack([o.float().mean() for o in out] + [o.float().abs().max() for o in out]).view(1, -1)
