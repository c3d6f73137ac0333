import torch
import torch.nn as nn


class GatedEncoderLayer(nn.TransformerEncoderLayer):
    def __init__(self, width, heads):
        super().__init__(width, heads, width * 2, batch_first=True, norm_first=True)
        self.gate = nn.Linear(width, width)

    def _ff_block(self, x):
        return torch.sigmoid(self.gate(x)) * super()._ff_block(x)


class ScaledDecoderLayer(nn.TransformerDecoderLayer):
    def _sa_block(self, x, attn_mask, key_padding_mask):
        return 0.5 * super()._sa_block(x, attn_mask, key_padding_mask)

    def _mha_block(self, x, mem, attn_mask, key_padding_mask):
        return 2.0 * super()._mha_block(x, mem, attn_mask, key_padding_mask)


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.patches = nn.Conv2d(3, 24, 8, 8)
        self.encoder = nn.TransformerEncoder(GatedEncoderLayer(24, 4), 2)
        self.odd = GatedEncoderLayer(24, 3)
        self.query = nn.Parameter(torch.randn(1, 2, 24))
        self.decoder = nn.TransformerDecoder(ScaledDecoderLayer(24, 4, 48, batch_first=True), 2)
        self.head = nn.Linear(24, 10)

    def forward(self, x):
        # PyTorch's fused encoder layer does not call what is overridden; three heads are too odd for it.
        memory = self.odd(self.encoder(self.patches(x).flatten(2).transpose(1, 2)))
        return self.head(self.decoder(self.query.expand(x.shape[0], -1, -1), memory).mean(1))
