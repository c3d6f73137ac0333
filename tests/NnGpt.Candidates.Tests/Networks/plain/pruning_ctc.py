import torch, torch.nn as nn
from torch.nn.utils import prune
class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.l = nn.Linear(4, 4)
        prune.l1_unstructured(self.l, 'weight', amount=0.5)
        self.ctc = nn.CTCLoss()
    def forward(self, x):
        lp = torch.randn(20, 2, 5).log_softmax(2)
        a = self.ctc(lp, torch.randint(1, 5, (2, 6)), torch.full((2,), 20), torch.tensor([4, 6]))
        return self.l(x[:, 0, 0, :4]).sum() + a
