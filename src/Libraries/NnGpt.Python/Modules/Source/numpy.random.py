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
