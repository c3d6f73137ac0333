import torch
import torch.nn as nn


def supported_hyperparameters():
    return {"lr", "momentum"}


class Net(nn.Module):
    """What zero_grad() leaves behind is looked at, held, written to and stepped on."""

    def __init__(self, in_shape, out_shape, prm, device):
        super().__init__()
        self.device = device
        self.body = nn.Sequential(nn.Flatten(), nn.Linear(in_shape[1] * in_shape[2] * in_shape[3], 12), nn.ReLU())
        self.head = nn.Linear(12, out_shape[0])
        self.spare = nn.Linear(12, out_shape[0])

    def forward(self, x):
        return self.head(self.body(x))

    def train_setup(self, prm):
        self.to(self.device)
        self.criteria = nn.CrossEntropyLoss().to(self.device)
        self.optimizer = torch.optim.SGD(self.parameters(), lr=prm['lr'], momentum=prm['momentum'], weight_decay=0.1)

    def learn(self, train_data):
        self.train()
        assert self.head.weight.grad is None
        for step, (inputs, labels) in enumerate(train_data):
            loss = self.criteria(self(inputs), labels) + self.spare(self.body(inputs)).square().mean()
            loss.backward()
            held = self.head.weight.grad
            self.optimizer.step()
            self.optimizer.zero_grad()
            assert held.abs().sum() == 0 and self.head.weight.grad.abs().sum() == 0
            assert self.head.bias.grad is not None and self.head.bias.grad.shape == (10,)
            assert float(self.spare.weight.grad.abs().sum()) == 0.0
            # A step on zeros moves by momentum and decay; the spare layer gets no other gradient.
            self.optimizer.step()
            loss = self.criteria(self(inputs), labels)
            loss.backward()
            assert held.abs().sum() > 0 and torch.equal(held, self.head.weight.grad)
            total = nn.utils.clip_grad_norm_(self.parameters(), 0.5)
            self.optimizer.step()
            self.zero_grad()
            self.head.bias.grad += 0.01 * total
            self.optimizer.step()
            self.optimizer.zero_grad(set_to_none=True)
            assert self.head.weight.grad is None and self.spare.weight.grad is None
            self.optimizer.zero_grad()
            assert self.head.weight.grad is None
            for _ in range(2):
                (self.criteria(self(inputs), labels) / 2).backward()
            self.optimizer.step()
            self.optimizer.zero_grad()
            del held
