"""The base of lazy normalizations, and names that are imported from here."""
from torch import nn
from torch.nn import functional, init as _init

F = functional
init = _init
Parameter = nn.Parameter
