import torch
import torch.nn as nn
import torch.nn.functional as F


def supported_hyperparameters():
    return {'lr', 'momentum'}


class Net(nn.Module):
    def __init__(self, in_shape, out_shape, prm, device):
        super(Net, self).__init__()
        self.device = device
        self.hidden = 24
        self.num_layers = 2
        self.lstm = nn.LSTM(in_shape[1] * in_shape[3], self.hidden, self.num_layers, batch_first=True, bidirectional=True)
        self.fc = nn.Linear(self.hidden * 2, out_shape[0])

    def init_zero_hidden(self, batch):
        h = torch.zeros(self.num_layers * 2, batch, self.hidden).to(self.device)
        return h, torch.zeros_like(h)

    def forward(self, x):
        b, c, h, w = x.shape
        x = x.permute(0, 2, 1, 3).contiguous().view(b, h, c * w)
        out, (hn, cn) = self.lstm(x, self.init_zero_hidden(b))
        return self.fc(out[:, -1, :])

    def train_setup(self, prm):
        self.to(self.device)
        self.criteria = (nn.CrossEntropyLoss().to(self.device),)
        self.optimizer = torch.optim.SGD(self.parameters(), lr=prm['lr'], momentum=prm['momentum'])

    def learn(self, train_data):
        self.train()
        for inputs, labels in train_data:
            inputs, labels = inputs.to(self.device), labels.to(self.device)
            self.optimizer.zero_grad()
            outputs = self(inputs)
            loss = self.criteria[0](outputs, labels)
            loss.backward()
            nn.utils.clip_grad_norm_(self.parameters(), 3)
            self.optimizer.step()
