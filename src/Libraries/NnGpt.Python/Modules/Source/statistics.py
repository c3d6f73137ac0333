"""Means and spreads."""
import math
from collections import Counter
from fractions import Fraction


class StatisticsError(ValueError):
    pass


def _exact(data, name):
    data = list(data)
    if not data:
        raise StatisticsError(f"{name} requires at least one data point")
    return data


def _of(value, data):
    if any(isinstance(item, float) for item in data):
        return float(value)
    if isinstance(value, Fraction) and value.denominator == 1:
        return value.numerator
    return float(value) if isinstance(value, Fraction) and not any(isinstance(item, Fraction) for item in data) else value


def mean(data):
    data = _exact(data, "mean")
    return _of(sum(map(Fraction, data)) / len(data), data)


def fmean(data, weights=None):
    data = _exact(data, "fmean")
    if weights is None:
        return math.fsum(data) / len(data)
    weights = list(weights)
    return math.fsum(d * w for d, w in zip(data, weights)) / math.fsum(weights)


def geometric_mean(data):
    data = _exact(data, "geometric_mean")
    return math.exp(fmean(map(math.log, data)))


def harmonic_mean(data):
    data = _exact(data, "harmonic_mean")
    return _of(len(data) / sum(1 / Fraction(item) for item in data), data)


def median(data):
    data = sorted(data)
    if not data:
        raise StatisticsError("no median for empty data")
    half = len(data) // 2
    return data[half] if len(data) % 2 else (data[half - 1] + data[half]) / 2


def median_low(data):
    data = sorted(data)
    if not data:
        raise StatisticsError("no median for empty data")
    return data[(len(data) - 1) // 2]


def median_high(data):
    data = sorted(data)
    if not data:
        raise StatisticsError("no median for empty data")
    return data[len(data) // 2]


def mode(data):
    pairs = Counter(data).most_common(1)
    if not pairs:
        raise StatisticsError("no mode for empty data")
    return pairs[0][0]


def multimode(data):
    counts = Counter(data)
    top = max(counts.values(), default=0)
    return [value for value, count in counts.items() if count == top]


def _squares(data, centre):
    numbers = [Fraction(item) for item in data]
    if centre is None:
        centre = sum(numbers) / len(numbers)
    return sum((number - Fraction(centre)) ** 2 for number in numbers)


def variance(data, xbar=None):
    data = list(data)
    if len(data) < 2:
        raise StatisticsError("variance requires at least two data points")
    return _of(_squares(data, xbar) / (len(data) - 1), data)


def pvariance(data, mu=None):
    data = _exact(data, "pvariance")
    return _of(_squares(data, mu) / len(data), data)


def stdev(data, xbar=None):
    return math.sqrt(variance(data, xbar))


def pstdev(data, mu=None):
    return math.sqrt(pvariance(data, mu))


def quantiles(data, *, n=4, method="exclusive"):
    data = sorted(data)
    if len(data) < 2:
        raise StatisticsError("must have at least two data points")
    result, size = [], len(data)
    top = size + 1 if method == "exclusive" else size - 1
    for i in range(1, n):
        if method == "exclusive":
            j = min(max(i * top // n, 1), size - 1)
            delta = i * top - j * n
            result.append((data[j - 1] * (n - delta) + data[j] * delta) / n)
        else:
            j, delta = divmod(i * top, n)
            result.append((data[j] * (n - delta) + data[min(j + 1, size - 1)] * delta) / n)
    return result
