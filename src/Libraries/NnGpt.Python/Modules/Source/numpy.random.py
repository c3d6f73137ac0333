"""numpy.random with the numbers of the legacy RandomState."""
import math as _math
import random as _random


def _numpy():
    import numpy
    return numpy


class RandomState:
    def __init__(self, seed=None):
        self._source = _random.Random()
        self.seed(seed)

    def seed(self, seed=None):
        x = (0 if seed is None else int(seed)) & 0xffffffff
        state = [x]
        for i in range(1, 624):
            x = (1812433253 * (x ^ (x >> 30)) + i) & 0xffffffff
            state.append(x)
        self._source.setstate((3, tuple(state) + (624,), None))
        self._saved = None

    def _make(self, draw, size):
        if size is None:
            return draw()
        np = _numpy()
        shape = np._shape(size)
        return np.array([draw() for _ in range(_math.prod(shape))]).reshape(shape)

    def random_sample(self, size=None):
        return self._make(self._source.random, size)

    random = sample = ranf = random_sample

    def rand(self, *shape):
        return self.random_sample(shape or None)

    def _gauss(self):
        if self._saved is not None:
            value, self._saved = self._saved, None
            return value
        while True:
            x = 2.0 * self._source.random() - 1.0
            y = 2.0 * self._source.random() - 1.0
            r = x * x + y * y
            if 0.0 < r < 1.0:
                break
        f = _math.sqrt(-2.0 * _math.log(r) / r)
        self._saved = f * x
        return f * y

    def randn(self, *shape):
        return self._make(self._gauss, shape or None)

    standard_normal = lambda self, size=None: self._make(self._gauss, size)

    def normal(self, loc=0.0, scale=1.0, size=None):
        return self._make(lambda: loc + scale * self._gauss(), size)

    def uniform(self, low=0.0, high=1.0, size=None):
        return self._make(lambda: low + (high - low) * self._source.random(), size)

    def _exponential(self):
        return -_math.log(1.0 - self._source.random())

    def exponential(self, scale=1.0, size=None):
        return self._make(lambda: scale * self._exponential(), size)

    def _gamma(self, shape):
        if shape == 1.0:
            return self._exponential()
        if shape < 1.0:
            while True:
                u, v = self._source.random(), self._exponential()
                if u <= 1.0 - shape:
                    x, bound = u ** (1.0 / shape), v
                else:
                    y = -_math.log((1.0 - u) / shape)
                    x, bound = (1.0 - shape + shape * y) ** (1.0 / shape), v + y
                if x <= bound:
                    return x
        b = shape - 1.0 / 3.0
        c = 1.0 / _math.sqrt(9 * b)
        while True:
            x = self._gauss()
            v = 1.0 + c * x
            if v <= 0.0:
                continue
            v = v * v * v
            u = self._source.random()
            if u < 1.0 - 0.0331 * (x * x) * (x * x) or _math.log(u) < 0.5 * x * x + b * (1.0 - v + _math.log(v)):
                return b * v

    def gamma(self, shape, scale=1.0, size=None):
        return self._make(lambda: scale * self._gamma(shape), size)

    def standard_gamma(self, shape, size=None):
        return self._make(lambda: self._gamma(shape), size)

    def chisquare(self, df, size=None):
        return self._make(lambda: 2.0 * self._gamma(df / 2.0), size)

    def _beta(self, a, b):
        if a <= 0 or b <= 0:
            raise ValueError("a <= 0" if a <= 0 else "b <= 0")
        if a > 1.0 or b > 1.0:
            x, y = self._gamma(a), self._gamma(b)
            return x / (x + y)
        while True:
            u, v = self._source.random(), self._source.random()
            x, y = u ** (1.0 / a), v ** (1.0 / b)
            if x + y <= 1.0:
                if x + y > 0:
                    return x / (x + y)
                x, y = _math.log(u) / a, _math.log(v) / b
                top = max(x, y)
                return _math.exp(x - top - _math.log(_math.exp(x - top) + _math.exp(y - top)))

    def beta(self, a, b, size=None):
        return self._make(lambda: self._beta(a, b), size)

    def dirichlet(self, alpha, size=None):
        np = _numpy()

        def draw():
            parts = [self._gamma(a) for a in alpha]
            total = sum(parts)
            return [p / total for p in parts]
        if size is None:
            return np.array(draw())
        shape = np._shape(size)
        return np.array([draw() for _ in range(_math.prod(shape))]).reshape(shape + (len(alpha),))

    def _laplace(self):
        while True:
            u = self._source.random()
            if u >= 0.5:
                return -_math.log(2.0 - u - u)
            if u > 0.0:
                return _math.log(u + u)

    def laplace(self, loc=0.0, scale=1.0, size=None):
        return self._make(lambda: loc + scale * self._laplace(), size)

    def lognormal(self, mean=0.0, sigma=1.0, size=None):
        return self._make(lambda: _math.exp(mean + sigma * self._gauss()), size)

    def _binomial(self, n, p):
        if p > 0.5:
            return n - self._binomial(n, 1.0 - p)
        if n == 0 or p == 0.0:
            return 0
        q = 1.0 - p
        start = _math.exp(n * _math.log(q))
        bound = min(n, n * p + 10.0 * _math.sqrt(n * p * q + 1))
        x, chance, u = 0, start, self._source.random()
        while u > chance:
            x += 1
            if x > bound:
                x, chance, u = 0, start, self._source.random()
            else:
                u -= chance
                chance = ((n - x + 1) * p * chance) / (x * q)
        return x

    def binomial(self, n, p, size=None):
        return self._make(lambda: self._binomial(n, p), size)

    def _poisson(self, lam):
        limit, product, x = _math.exp(-lam), 1.0, 0
        while True:
            product *= self._source.random()
            if product <= limit:
                return x
            x += 1

    def poisson(self, lam=1.0, size=None):
        return self._make(lambda: self._poisson(lam), size)

    def _interval(self, top):
        if top == 0:
            return 0
        mask = (1 << top.bit_length()) - 1
        while True:
            value = self._source.getrandbits(32) & mask
            if value <= top:
                return value

    def randint(self, low, high=None, size=None, dtype=int):
        if high is None:
            low, high = 0, low
        if low >= high:
            raise ValueError("low >= high")
        return self._make(lambda: low + self._interval(high - low - 1), size)

    integers = randint

    def shuffle(self, x):
        for i in reversed(range(1, len(x))):
            j = self._interval(i)
            x[i], x[j] = x[j], x[i]

    def permutation(self, x):
        np = _numpy()
        data = list(range(x)) if isinstance(x, int) else np.asarray(x).tolist()
        self.shuffle(data)
        return np.array(data)

    def choice(self, a, size=None, replace=True, p=None):
        np = _numpy()
        items = list(range(a)) if isinstance(a, int) else a.tolist() if hasattr(a, "tolist") else list(a)
        if not items:
            raise ValueError("'a' cannot be empty unless no samples are taken")
        if p is not None:
            total, bounds = 0.0, []
            for weight in p:
                total += weight
                bounds.append(total)
            if abs(total - 1) > 1e-8:
                raise ValueError("probabilities do not sum to 1")

            def draw():
                point = self._source.random()
                return next((x for x, bound in zip(items, bounds) if point < bound / total), items[-1])
        elif not replace:
            order = list(range(len(items)))
            self.shuffle(order)
            count = 1 if size is None else _math.prod(np._shape(size))
            if count > len(items):
                raise ValueError("Cannot take a larger sample than population when 'replace=False'")
            chosen = iter(order[:count])

            def draw():
                return items[next(chosen)]
        else:
            def draw():
                return items[self._interval(len(items) - 1)]
        if size is not None and not all(isinstance(x, (int, float)) for x in items):
            return [draw() for _ in range(_math.prod(np._shape(size)))]
        return self._make(draw, size)


Generator = RandomState


def default_rng(seed=None):
    return RandomState(seed)


_state = RandomState(0)
seed, rand, randn, randint, random, random_sample = (
    _state.seed, _state.rand, _state.randn, _state.randint, _state.random, _state.random_sample)
normal, uniform, choice, shuffle, permutation, standard_normal = (
    _state.normal, _state.uniform, _state.choice, _state.shuffle, _state.permutation, _state.standard_normal)
beta, gamma, exponential, laplace, lognormal, binomial, poisson, dirichlet, chisquare, standard_gamma = (
    _state.beta, _state.gamma, _state.exponential, _state.laplace, _state.lognormal, _state.binomial, _state.poisson, _state.dirichlet,
    _state.chisquare, _state.standard_gamma)
