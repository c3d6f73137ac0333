"""Under the name PyTorch keeps it at."""
import torch.distributions as _all

Categorical = _all.Categorical
