"""The distributions that networks draw from."""
import math

import torch
from torch.nn import functional as F


def _same_shape(*values):
    if all(not isinstance(v, torch.Tensor) for v in values):
        return tuple(torch.tensor(float(v)) for v in values)
    like = next(v for v in values if isinstance(v, torch.Tensor))
    return torch.broadcast_tensors(*(v if isinstance(v, torch.Tensor) else torch.tensor(v, dtype=like.dtype) for v in values))


class Distribution:
    has_rsample = False
    has_enumerate_support = False

    def __init__(self, batch_shape=torch.Size(), event_shape=torch.Size(), validate_args=None):
        self._batch_shape, self._event_shape = torch.Size(batch_shape), torch.Size(event_shape)
        self._validate_args = validate_args is None or validate_args

    def _require(self, name, value, fits, constraint):
        if self._validate_args and not fits.all():
            raise ValueError(f"Expected parameter {name} ({type(value).__name__} of shape {tuple(value.shape)}) of distribution {repr(self)} "
                             f"to satisfy the constraint {constraint}, but found invalid values:\n{value}")

    @property
    def batch_shape(self):
        return self._batch_shape

    @property
    def event_shape(self):
        return self._event_shape

    @property
    def stddev(self):
        return self.variance.sqrt()

    def _extended_shape(self, sample_shape=torch.Size()):
        return torch.Size(sample_shape) + self._batch_shape + self._event_shape

    def sample(self, sample_shape=torch.Size()):
        with torch.no_grad():
            return self.rsample(sample_shape)

    def rsample(self, sample_shape=torch.Size()):
        raise NotImplementedError

    def sample_n(self, n):
        return self.sample(torch.Size((n,)))

    def log_prob(self, value):
        raise NotImplementedError

    def entropy(self):
        raise NotImplementedError

    def perplexity(self):
        return torch.exp(self.entropy())

    def __repr__(self):
        values = [(name, self.__dict__[name]) for name in getattr(self, '_names', ()) if name in self.__dict__]
        return type(self).__name__ + '(' + ', '.join('{}: {}'.format(name, v if v.numel() == 1 else v.size()) for name, v in values) + ')'


class ExponentialFamily(Distribution):
    pass


class Normal(ExponentialFamily):
    has_rsample = True
    _names = ('loc', 'scale')

    def __init__(self, loc, scale, validate_args=None):
        self.loc, self.scale = _same_shape(loc, scale)
        super().__init__(self.loc.size(), validate_args=validate_args)
        self._require('loc', self.loc, self.loc == self.loc, 'Real()')
        self._require('scale', self.scale, self.scale > 0, 'GreaterThan(lower_bound=0.0)')

    mean = property(lambda self: self.loc)
    mode = property(lambda self: self.loc)
    stddev = property(lambda self: self.scale)
    variance = property(lambda self: self.stddev.pow(2))

    def sample(self, sample_shape=torch.Size()):
        shape = self._extended_shape(sample_shape)
        with torch.no_grad():
            return torch.normal(self.loc.expand(shape), self.scale.expand(shape))

    def rsample(self, sample_shape=torch.Size()):
        shape = self._extended_shape(sample_shape)
        return self.loc + torch.empty(shape, dtype=self.loc.dtype).normal_() * self.scale

    def log_prob(self, value):
        return -((value - self.loc) ** 2) / (2 * self.scale ** 2) - self.scale.log() - math.log(math.sqrt(2 * math.pi))

    def cdf(self, value):
        return 0.5 * (1 + torch.erf((value - self.loc) * self.scale.reciprocal() / math.sqrt(2)))

    def icdf(self, value):
        return self.loc + self.scale * torch.erfinv(2 * value - 1) * math.sqrt(2)

    def entropy(self):
        return 0.5 + 0.5 * math.log(2 * math.pi) + torch.log(self.scale)


class LogNormal(Normal):
    def sample(self, sample_shape=torch.Size()):
        with torch.no_grad():
            return self.rsample(sample_shape)

    def rsample(self, sample_shape=torch.Size()):
        return super().rsample(sample_shape).exp()

    def log_prob(self, value):
        return super().log_prob(value.log()) - value.log()

    mean = property(lambda self: (self.loc + self.scale.pow(2) / 2).exp())

    def entropy(self):
        return super().entropy() + self.loc


class Laplace(Distribution):
    has_rsample = True
    _names = ('loc', 'scale')

    def __init__(self, loc, scale, validate_args=None):
        self.loc, self.scale = _same_shape(loc, scale)
        super().__init__(self.loc.size(), validate_args=validate_args)
        self._require('scale', self.scale, self.scale > 0, 'GreaterThan(lower_bound=0.0)')

    mean = property(lambda self: self.loc)
    variance = property(lambda self: 2 * self.scale.pow(2))

    def rsample(self, sample_shape=torch.Size()):
        u = self.loc.new(self._extended_shape(sample_shape)).uniform_(torch.finfo(self.loc.dtype).eps - 1, 1)
        return self.loc - self.scale * u.sign() * torch.log1p(-u.abs())

    def log_prob(self, value):
        return -torch.log(2 * self.scale) - torch.abs(value - self.loc) / self.scale

    def entropy(self):
        return 1 + torch.log(2 * self.scale)


class Uniform(Distribution):
    has_rsample = True
    _names = ('low', 'high')

    def __init__(self, low, high, validate_args=None):
        self.low, self.high = _same_shape(low, high)
        super().__init__(self.low.size(), validate_args=validate_args)
        if self._validate_args and not torch.lt(self.low, self.high).all():
            raise ValueError("Uniform is not defined when low>= high")

    mean = property(lambda self: (self.high + self.low) / 2)
    variance = property(lambda self: (self.high - self.low).pow(2) / 12)

    def rsample(self, sample_shape=torch.Size()):
        rand = torch.rand(self._extended_shape(sample_shape), dtype=self.low.dtype)
        return self.low + rand * (self.high - self.low)

    def log_prob(self, value):
        inside = self.low.le(value).type_as(self.low) * self.high.gt(value).type_as(self.low)
        return torch.log(inside) - torch.log(self.high - self.low)

    def entropy(self):
        return torch.log(self.high - self.low)


class Exponential(ExponentialFamily):
    has_rsample = True
    _names = ('rate',)

    def __init__(self, rate, validate_args=None):
        self.rate, = _same_shape(rate)
        super().__init__(self.rate.size(), validate_args=validate_args)
        self._require('rate', self.rate, self.rate > 0, 'GreaterThan(lower_bound=0.0)')

    mean = property(lambda self: self.rate.reciprocal())
    variance = property(lambda self: self.rate.pow(-2))

    def rsample(self, sample_shape=torch.Size()):
        return self.rate.new(self._extended_shape(sample_shape)).exponential_() / self.rate

    def log_prob(self, value):
        return self.rate.log() - self.rate * value

    def entropy(self):
        return 1.0 - torch.log(self.rate)


def _clamp(probs):
    eps = torch.finfo(probs.dtype).eps
    return probs.clamp(min=eps, max=1 - eps)


class _Discrete(Distribution):
    def _either(self, probs, logits):
        if (probs is None) == (logits is None):
            raise ValueError("Either `probs` or `logits` must be specified, but not both.")

    def __getattr__(self, name):
        if name == 'probs':
            self.probs = torch.sigmoid(self.logits) if self._binary else F.softmax(self.logits, dim=-1)
            return self.probs
        if name == 'logits':
            p = _clamp(self.probs)
            self.logits = torch.log(p) - torch.log1p(-p) if self._binary else torch.log(p)
            return self.logits
        raise AttributeError("'{}' object has no attribute '{}'".format(type(self).__name__, name))


class Bernoulli(_Discrete):
    _binary = True
    has_enumerate_support = True
    _names = ('probs', 'logits')

    def __init__(self, probs=None, logits=None, validate_args=None):
        self._either(probs, logits)
        value, = _same_shape(probs if logits is None else logits)
        setattr(self, 'probs' if logits is None else 'logits', value)
        super().__init__(value.size(), validate_args=validate_args)
        if logits is None:
            self._require('probs', value, (value >= 0) & (value <= 1), 'Interval(lower_bound=0.0, upper_bound=1.0)')

    mean = property(lambda self: self.probs)
    variance = property(lambda self: self.probs * (1 - self.probs))

    def sample(self, sample_shape=torch.Size()):
        with torch.no_grad():
            return torch.bernoulli(self.probs.expand(self._extended_shape(sample_shape)))

    def log_prob(self, value):
        logits, value = torch.broadcast_tensors(self.logits, value)
        return -F.binary_cross_entropy_with_logits(logits, value, reduction='none')

    def entropy(self):
        return F.binary_cross_entropy_with_logits(self.logits, self.probs, reduction='none')


class RelaxedBernoulli(Bernoulli):
    has_rsample = True

    def __init__(self, temperature, probs=None, logits=None, validate_args=None):
        self.temperature = temperature
        super().__init__(probs, logits, validate_args)

    def sample(self, sample_shape=torch.Size()):
        with torch.no_grad():
            return self.rsample(sample_shape)

    def rsample(self, sample_shape=torch.Size()):
        shape = self._extended_shape(sample_shape)
        probs = _clamp(self.probs.expand(shape))
        uniforms = _clamp(torch.rand(shape, dtype=probs.dtype))
        return torch.sigmoid((uniforms.log() - (-uniforms).log1p() + probs.log() - (-probs).log1p()) / self.temperature)


class Categorical(_Discrete):
    _binary = False
    has_enumerate_support = True
    _names = ('probs', 'logits')

    def __init__(self, probs=None, logits=None, validate_args=None):
        self._either(probs, logits)
        given = probs if logits is None else logits
        if given.dim() < 1:
            raise ValueError("`{}` parameter must be at least one-dimensional.".format('probs' if logits is None else 'logits'))
        if logits is None:
            self.probs = given / given.sum(-1, keepdim=True)
        else:
            self.logits = given - given.logsumexp(dim=-1, keepdim=True)
        self._num_events = given.size(-1)
        super().__init__(given.size()[:-1], validate_args=validate_args)
        if logits is None:
            self._require('probs', self.probs, (self.probs >= 0).all(-1) & ((self.probs.sum(-1) - 1).abs() < 1e-6), 'Simplex()')
        else:
            self._require('logits', self.logits, self.logits == self.logits, 'IndependentConstraint(Real(), 1)')

    def sample(self, sample_shape=torch.Size()):
        sample_shape = torch.Size(sample_shape)
        probs = self.probs.reshape(-1, self._num_events)
        with torch.no_grad():
            return torch.multinomial(probs, sample_shape.numel(), True).T.reshape(self._extended_shape(sample_shape))

    def log_prob(self, value):
        value = value.long().unsqueeze(-1)
        value, logits = torch.broadcast_tensors(value, self.logits)
        return logits.gather(-1, value[..., :1]).squeeze(-1)

    mode = property(lambda self: self.probs.argmax(axis=-1))

    def entropy(self):
        logits = torch.clamp(self.logits, min=torch.finfo(self.logits.dtype).min)
        return -(logits * self.probs).sum(-1)


class OneHotCategorical(Categorical):
    def __init__(self, probs=None, logits=None, validate_args=None):
        super().__init__(probs, logits, validate_args)
        self._event_shape = torch.Size([self._num_events])

    def sample(self, sample_shape=torch.Size()):
        shape = torch.Size(sample_shape)
        with torch.no_grad():
            drawn = torch.multinomial(self.probs.reshape(-1, self._num_events), shape.numel(), True).T.reshape(shape + self._batch_shape)
            return F.one_hot(drawn, self._num_events).to(self.probs)

    def log_prob(self, value):
        return super().log_prob(value.max(-1)[1])

    mean = property(lambda self: self.probs)


class OneHotCategoricalStraightThrough(OneHotCategorical):
    has_rsample = True

    def rsample(self, sample_shape=torch.Size()):
        return self.sample(sample_shape) + (self.probs - self.probs.detach())


class RelaxedOneHotCategorical(OneHotCategorical):
    has_rsample = True

    def __init__(self, temperature, probs=None, logits=None, validate_args=None):
        self.temperature = temperature
        super().__init__(probs, logits, validate_args)

    def sample(self, sample_shape=torch.Size()):
        with torch.no_grad():
            return self.rsample(sample_shape)

    def rsample(self, sample_shape=torch.Size()):
        uniforms = _clamp(torch.rand(self._extended_shape(sample_shape), dtype=self.logits.dtype))
        scores = (self.logits - (-uniforms.log()).log()) / self.temperature
        return (scores - scores.logsumexp(dim=-1, keepdim=True)).exp()


class Independent(Distribution):
    def __init__(self, base_distribution, reinterpreted_batch_ndims, validate_args=None):
        shape = base_distribution.batch_shape + base_distribution.event_shape
        event = reinterpreted_batch_ndims + len(base_distribution.event_shape)
        self.base_dist, self.reinterpreted_batch_ndims = base_distribution, reinterpreted_batch_ndims
        self.has_rsample = base_distribution.has_rsample
        super().__init__(shape[:len(shape) - event], shape[len(shape) - event:], validate_args)

    mean = property(lambda self: self.base_dist.mean)
    variance = property(lambda self: self.base_dist.variance)
    stddev = property(lambda self: self.base_dist.stddev)

    def sample(self, sample_shape=torch.Size()):
        return self.base_dist.sample(sample_shape)

    def rsample(self, sample_shape=torch.Size()):
        return self.base_dist.rsample(sample_shape)

    def _sum(self, value):
        return value if self.reinterpreted_batch_ndims == 0 else value.sum(tuple(range(-self.reinterpreted_batch_ndims, 0)))

    def log_prob(self, value):
        return self._sum(self.base_dist.log_prob(value))

    def entropy(self):
        return self._sum(self.base_dist.entropy())


class MultivariateNormal(Distribution):
    has_rsample = True

    def __init__(self, loc, covariance_matrix=None, precision_matrix=None, scale_tril=None, validate_args=None):
        if (covariance_matrix is not None) + (scale_tril is not None) + (precision_matrix is not None) != 1:
            raise ValueError("Exactly one of covariance_matrix or precision_matrix or scale_tril may be specified.")
        if precision_matrix is not None:
            covariance_matrix = torch.linalg.inv(precision_matrix)
        self.scale_tril = torch.linalg.cholesky(covariance_matrix) if scale_tril is None else scale_tril
        self.loc = loc.expand(torch.broadcast_shapes(self.scale_tril.shape[:-2], loc.shape[:-1]) + loc.shape[-1:])
        super().__init__(self.loc.shape[:-1], self.loc.shape[-1:], validate_args)

    mean = property(lambda self: self.loc)
    covariance_matrix = property(lambda self: self.scale_tril @ self.scale_tril.mT)
    variance = property(lambda self: self.scale_tril.pow(2).sum(-1).expand(self._batch_shape + self._event_shape))

    def rsample(self, sample_shape=torch.Size()):
        eps = torch.empty(self._extended_shape(sample_shape), dtype=self.loc.dtype).normal_()
        return self.loc + torch.matmul(self.scale_tril, eps.unsqueeze(-1)).squeeze(-1)

    def log_prob(self, value):
        solved = torch.linalg.solve_triangular(self.scale_tril, (value - self.loc).unsqueeze(-1), upper=False).squeeze(-1)
        half = self.scale_tril.diagonal(dim1=-2, dim2=-1).log().sum(-1)
        return -0.5 * (self._event_shape[0] * math.log(2 * math.pi) + solved.pow(2).sum(-1)) - half

    def entropy(self):
        half = self.scale_tril.diagonal(dim1=-2, dim2=-1).log().sum(-1)
        return 0.5 * self._event_shape[0] * (1.0 + math.log(2 * math.pi)) + half


def kl_divergence(p, q):
    if isinstance(p, Independent) and isinstance(q, Independent):
        return p._sum(kl_divergence(p.base_dist, q.base_dist))
    if isinstance(p, Normal) and isinstance(q, Normal):
        ratio = (p.scale / q.scale).pow(2)
        return 0.5 * (ratio + ((p.loc - q.loc) / q.scale).pow(2) - 1 - ratio.log())
    if isinstance(p, Categorical) and isinstance(q, Categorical):
        t = p.probs * (p.logits - q.logits)
        t[(q.probs == 0).expand_as(t)] = math.inf
        t[(p.probs == 0).expand_as(t)] = 0
        return t.sum(-1)
    if isinstance(p, Bernoulli) and isinstance(q, Bernoulli):
        return p.probs * (F.softplus(-q.logits) - F.softplus(-p.logits)) + (1 - p.probs) * (F.softplus(q.logits) - F.softplus(p.logits))
    if isinstance(p, Laplace) and isinstance(q, Laplace):
        distance = (p.loc - q.loc).abs()
        ratio = p.scale / q.scale
        return -ratio.log() + distance / q.scale + ratio * torch.exp(-distance / p.scale) - 1
    if isinstance(p, Uniform) and isinstance(q, Uniform):
        result = ((q.high - q.low) / (p.high - p.low)).log()
        result[(q.low > p.low) | (q.high < p.high)] = math.inf
        return result
    raise NotImplementedError("No KL(p || q) is implemented for p type {} and q type {}".format(type(p).__name__, type(q).__name__))


from torch.distributions import _gamma  # what is made of these classes comes after them

Gamma = _gamma.Gamma
Chi2 = _gamma.Chi2
Dirichlet = _gamma.Dirichlet
Beta = _gamma.Beta
Gumbel = _gamma.Gumbel
HalfNormal = _gamma.HalfNormal
Poisson = _gamma.Poisson
