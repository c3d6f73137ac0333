import torch
from torch import nn
import torch.nn.functional as F


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.a = nn.MultiheadAttention(32, 4, dropout=0.1)
        self.b = nn.MultiheadAttention(embed_dim=32, num_heads=8, batch_first=True)
        self.c = nn.MultiheadAttention(32, 2, kdim=16, vdim=8, batch_first=True)
        self.d = nn.MultiheadAttention(32, 2, add_bias_kv=True, add_zero_attn=True)
        self.t = nn.Transformer(d_model=32, nhead=2, num_encoder_layers=1, num_decoder_layers=1, dim_feedforward=16, batch_first=True)
        self.e = nn.TransformerEncoder(nn.TransformerEncoderLayer(32, 4, 24, activation=F.gelu, batch_first=True), num_layers=2)
        self.f = nn.TransformerDecoder(nn.TransformerDecoderLayer(32, 2, 16, batch_first=True, norm_first=True), 1, nn.LayerNorm(32))

    def forward(self, x):
        s = x.mean(1)
        m = nn.Transformer.generate_square_subsequent_mask(32)
        pad = torch.zeros(2, 32, dtype=torch.bool)
        pad[:, -3:] = True
        out = [
            self.a(s, s, s)[0], self.a(s.transpose(0, 1), s.transpose(0, 1), s.transpose(0, 1), attn_mask=m)[1], self.b(s, s[:, :5], s[:, :5])[0], self.b(s, s, s, key_padding_mask=pad, need_weights=True, average_attn_weights=False)[1],
            self.c(s, s[..., :16], s[..., :8])[0], self.d(s, s, s)[0], self.a(s[0], s[0], s[0])[0], self.t(s, s[:, :7]), self.e(s), self.e(s, mask=m), self.f(s[:, :4], s, tgt_mask=m[:4, :4]),
        ]
        return torch.stack([o.mean() for o in out] + [o.abs().sum() for o in out])[None]
