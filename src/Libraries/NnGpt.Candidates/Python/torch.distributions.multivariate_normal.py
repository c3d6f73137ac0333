"""Under the name PyTorch keeps it at."""
import torch.distributions as _all

MultivariateNormal = _all.MultivariateNormal
