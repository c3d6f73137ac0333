import torch
from torch import nn


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.lstm = nn.LSTM(32, 6, num_layers=2, bias=False, batch_first=True, dropout=0.2)
        self.lstm_p = nn.LSTM(32, 6, proj_size=3, bidirectional=True)
        self.gru = nn.GRU(32, 5, 2, bidirectional=True, batch_first=True)
        self.rnn = nn.RNN(32, 4, 1, nonlinearity='tanh')
        self.cell = nn.LSTMCell(32, 7)
        self.gcell = nn.GRUCell(32, 7, bias=False)
        self.rcell = nn.RNNCell(32, 7, nonlinearity='relu')
        for name, p in self.lstm.named_parameters():
            if 'weight_hh' in name:
                nn.init.orthogonal_(p.data)
            elif 'weight_ih' in name:
                nn.init.xavier_uniform_(p)

    def forward(self, x):
        s = x.mean(1)
        self.lstm.flatten_parameters()
        a, (h, c) = self.lstm(s)
        b, _ = self.lstm_p(s.transpose(0, 1), None)
        d, hn = self.gru(s, torch.zeros(4, 2, 5))
        e, _ = self.rnn(s.permute(1, 0, 2))
        u, (h2, c2) = self.lstm(s[0])
        hx, cx = self.cell(s[:, 0])
        hx, cx = self.cell(s[:, 1], (hx, cx))
        g = self.gcell(s[:, 0], self.gcell(s[:, 1]))
        r = self.rcell(s[:, 0])
        out = [a, h, c, b, d, hn, e, u, h2, c2, hx, cx, g, r]
        return torch.stack([o.mean() for o in out] + [o.abs().sum() for o in out])[None]
