"""Under the name PyTorch keeps it at."""
import torch.distributions as _all

Normal = _all.Normal
