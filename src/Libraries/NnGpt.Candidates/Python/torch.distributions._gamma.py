"""The distributions of the gamma family, and rarer ones."""
import math

import torch
from torch.distributions import Distribution, ExponentialFamily, Normal, Uniform, _same_shape


class Gamma(ExponentialFamily):
    has_rsample = True
    _names = ('concentration', 'rate')

    def __init__(self, concentration, rate, validate_args=None):
        self.concentration, self.rate = _same_shape(concentration, rate)
        super().__init__(self.concentration.size(), validate_args=validate_args)
        self._require('concentration', self.concentration, self.concentration > 0, 'GreaterThan(lower_bound=0.0)')
        self._require('rate', self.rate, self.rate > 0, 'GreaterThan(lower_bound=0.0)')

    mean = property(lambda self: self.concentration / self.rate)
    mode = property(lambda self: ((self.concentration - 1) / self.rate).clamp(min=0))
    variance = property(lambda self: self.concentration / self.rate.pow(2))

    def rsample(self, sample_shape=torch.Size()):
        shape = self._extended_shape(sample_shape)
        value = torch._C._standard_gamma(self.concentration.expand(shape)) / self.rate.expand(shape)
        value.detach().clamp_(min=torch.finfo(value.dtype).tiny)
        return value

    def log_prob(self, value):
        value = torch.as_tensor(value, dtype=self.rate.dtype)
        a = self.concentration
        return torch.xlogy(a, self.rate) + torch.xlogy(a - 1, value) - self.rate * value - torch.lgamma(a)

    def entropy(self):
        a = self.concentration
        return a - torch.log(self.rate) + torch.lgamma(a) + (1.0 - a) * torch.digamma(a)


class Chi2(Gamma):
    def __init__(self, df, validate_args=None):
        super().__init__(0.5 * df, 0.5, validate_args=validate_args)

    df = property(lambda self: self.concentration * 2)


class _Dirichlet(torch.autograd.Function):
    @staticmethod
    def forward(ctx, concentration):
        x = torch._C._sample_dirichlet(concentration)
        ctx.save_for_backward(x, concentration)
        return x

    @staticmethod
    def backward(ctx, grad_output):
        x, concentration = ctx.saved_tensors
        grad = torch._C._dirichlet_grad(x, concentration, concentration.sum(-1, True).expand_as(concentration))
        return grad * (grad_output - (x * grad_output).sum(-1, True))


class Dirichlet(ExponentialFamily):
    has_rsample = True
    _names = ('concentration',)

    def __init__(self, concentration, validate_args=None):
        if concentration.dim() < 1:
            raise ValueError("`concentration` parameter must be at least one-dimensional.")
        self.concentration = concentration
        super().__init__(concentration.shape[:-1], concentration.shape[-1:], validate_args=validate_args)
        self._require('concentration', concentration, concentration > 0, 'IndependentConstraint(GreaterThan(lower_bound=0.0), 1)')

    mean = property(lambda self: self.concentration / self.concentration.sum(-1, True))

    @property
    def variance(self):
        total = self.concentration.sum(-1, True)
        return self.concentration * (total - self.concentration) / (total.pow(2) * (total + 1))

    def rsample(self, sample_shape=()):
        return _Dirichlet.apply(self.concentration.expand(self._extended_shape(sample_shape)))

    def log_prob(self, value):
        a = self.concentration
        return (torch.log(value) * (a - 1.0)).sum(-1) + torch.lgamma(a.sum(-1)) - torch.lgamma(a).sum(-1)

    def entropy(self):
        a = self.concentration
        k, total = a.size(-1), a.sum(-1)
        return torch.lgamma(a).sum(-1) - torch.lgamma(total) - (k - total) * torch.digamma(total) - ((a - 1.0) * torch.digamma(a)).sum(-1)


class Beta(ExponentialFamily):
    has_rsample = True

    def __init__(self, concentration1, concentration0, validate_args=None):
        self._dirichlet = Dirichlet(torch.stack(_same_shape(concentration1, concentration0), -1), validate_args=validate_args)
        super().__init__(self._dirichlet.batch_shape, validate_args=validate_args)

    concentration1 = property(lambda self: self._dirichlet.concentration[..., 0])
    concentration0 = property(lambda self: self._dirichlet.concentration[..., 1])
    mean = property(lambda self: self.concentration1 / (self.concentration1 + self.concentration0))

    @property
    def variance(self):
        a, b = self.concentration1, self.concentration0
        return a * b / ((a + b).pow(2) * (a + b + 1))

    def rsample(self, sample_shape=()):
        return self._dirichlet.rsample(sample_shape).select(-1, 0)

    def log_prob(self, value):
        return self._dirichlet.log_prob(torch.stack([value, 1.0 - value], -1))

    def entropy(self):
        return self._dirichlet.entropy()


class Gumbel(Distribution):
    has_rsample = True
    _names = ('loc', 'scale')

    def __init__(self, loc, scale, validate_args=None):
        self.loc, self.scale = _same_shape(loc, scale)
        super().__init__(self.loc.size(), validate_args=validate_args)
        self._require('scale', self.scale, self.scale > 0, 'GreaterThan(lower_bound=0.0)')

    mean = property(lambda self: self.loc + self.scale * 0.57721566490153286060)
    stddev = property(lambda self: math.pi / math.sqrt(6) * self.scale)
    variance = property(lambda self: self.stddev.pow(2))

    def rsample(self, sample_shape=torch.Size()):
        info = torch.finfo(self.loc.dtype)
        u = Uniform(torch.full_like(self.loc, info.tiny), torch.full_like(self.loc, 1 - info.eps)).rsample(sample_shape)
        return self.loc + -self.scale * (-u.log()).log()

    def log_prob(self, value):
        y = (self.loc - value) / self.scale
        return y - y.exp() - self.scale.log()

    def entropy(self):
        return self.scale.log() + 1.57721566490153286060


class HalfNormal(Distribution):
    has_rsample = True
    _names = ('scale',)

    def __init__(self, scale, validate_args=None):
        self._normal = Normal(0, scale, validate_args=False)
        self.scale = self._normal.scale
        super().__init__(self.scale.size(), validate_args=validate_args)
        self._require('scale', self.scale, self.scale > 0, 'GreaterThan(lower_bound=0.0)')

    mean = property(lambda self: self.scale * math.sqrt(2 / math.pi))
    variance = property(lambda self: self.scale.pow(2) * (1 - 2 / math.pi))

    def sample(self, sample_shape=torch.Size()):
        return self._normal.sample(sample_shape).abs()

    def rsample(self, sample_shape=torch.Size()):
        return self._normal.rsample(sample_shape).abs()

    def log_prob(self, value):
        return torch.where(value >= 0, self._normal.log_prob(value) + math.log(2), torch.tensor(-math.inf))

    def entropy(self):
        return self._normal.entropy() - math.log(2)


class Poisson(ExponentialFamily):
    _names = ('rate',)

    def __init__(self, rate, validate_args=None):
        self.rate, = _same_shape(rate)
        super().__init__(self.rate.size(), validate_args=validate_args)
        self._require('rate', self.rate, self.rate >= 0, 'GreaterThanEq(lower_bound=0.0)')

    mean = property(lambda self: self.rate)
    variance = property(lambda self: self.rate)

    def sample(self, sample_shape=torch.Size()):
        with torch.no_grad():
            return torch.poisson(self.rate.expand(self._extended_shape(sample_shape)))

    def log_prob(self, value):
        rate, value = _same_shape(self.rate, value)
        return value.xlogy(rate) - rate - (value + 1).lgamma()
