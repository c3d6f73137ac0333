"""Exact rational numbers."""
import math
import operator


class Fraction:
    __slots__ = ("_numerator", "_denominator")

    def __new__(cls, numerator=0, denominator=None):
        self = object.__new__(cls)
        if denominator is None:
            if isinstance(numerator, Fraction):
                numerator, denominator = numerator._numerator, numerator._denominator
            elif isinstance(numerator, int):
                numerator, denominator = int(numerator), 1
            elif isinstance(numerator, float):
                numerator, denominator = numerator.as_integer_ratio()
            elif isinstance(numerator, str):
                numerator, denominator = Fraction._parse(numerator)
            else:
                raise TypeError("argument should be a string or a Rational instance")
        elif isinstance(numerator, (int, Fraction)) and isinstance(denominator, (int, Fraction)):
            top, bottom = Fraction(numerator), Fraction(denominator)
            numerator = top._numerator * bottom._denominator
            denominator = top._denominator * bottom._numerator
        else:
            raise TypeError("both arguments should be Rational instances")
        if denominator == 0:
            raise ZeroDivisionError(f"Fraction({numerator}, 0)")
        common = math.gcd(numerator, denominator)
        if denominator < 0:
            common = -common
        object.__setattr__(self, "_numerator", numerator // common)
        object.__setattr__(self, "_denominator", denominator // common)
        return self

    @staticmethod
    def _parse(text):
        body = text.strip()
        try:
            if "/" in body:
                top, bottom = body.split("/")
                return int(top), int(bottom)
            digits, _, exponent = body.lower().partition("e")
            whole, _, part = digits.partition(".")
            shift = int(exponent or "0") - len(part)
            value = int(whole + part)
            return (value * 10 ** shift, 1) if shift >= 0 else (value, 10 ** -shift)
        except ValueError:
            raise ValueError(f"Invalid literal for Fraction: {text!r}") from None

    @classmethod
    def from_float(cls, f):
        return cls(*f.as_integer_ratio()) if isinstance(f, float) else cls(f)

    @property
    def numerator(self):
        return self._numerator

    @property
    def denominator(self):
        return self._denominator

    def as_integer_ratio(self):
        return self._numerator, self._denominator

    def limit_denominator(self, max_denominator=1000000):
        if max_denominator < 1:
            raise ValueError("max_denominator should be at least 1")
        if self._denominator <= max_denominator:
            return Fraction(self)
        p0, q0, p1, q1 = 0, 1, 1, 0
        n, d = self._numerator, self._denominator
        while True:
            a = n // d
            q2 = q0 + a * q1
            if q2 > max_denominator:
                break
            p0, q0, p1, q1 = p1, q1, p0 + a * p1, q2
            n, d = d, n - a * d
        k = (max_denominator - q0) // q1
        near, far = Fraction(p1, q1), Fraction(p0 + k * p1, q0 + k * q1)
        return near if abs(near - self) <= abs(far - self) else far

    def __repr__(self):
        return f"{type(self).__name__}({self._numerator}, {self._denominator})"

    def __str__(self):
        return str(self._numerator) if self._denominator == 1 else f"{self._numerator}/{self._denominator}"

    def __hash__(self):
        return hash(self._numerator) if self._denominator == 1 else hash(self._numerator / self._denominator)

    def _operate(self, other, exact, rounded):
        if isinstance(other, (int, Fraction)):
            return exact(self, Fraction(other))
        if isinstance(other, (float, complex)):
            return rounded(float(self), other)
        return NotImplemented

    def _reflect(self, other, exact, rounded):
        if isinstance(other, int):
            return exact(Fraction(other), self)
        if isinstance(other, (float, complex)):
            return rounded(other, float(self))
        return NotImplemented

    def _sum(a, b):
        return Fraction(a._numerator * b._denominator + b._numerator * a._denominator, a._denominator * b._denominator)

    def _difference(a, b):
        return Fraction(a._numerator * b._denominator - b._numerator * a._denominator, a._denominator * b._denominator)

    def _product(a, b):
        return Fraction(a._numerator * b._numerator, a._denominator * b._denominator)

    def _quotient(a, b):
        return Fraction(a._numerator * b._denominator, a._denominator * b._numerator)

    def _floor(a, b):
        return (a._numerator * b._denominator) // (a._denominator * b._numerator)

    def _rest(a, b):
        return a - b * Fraction._floor(a, b)

    def __add__(self, other):
        return self._operate(other, Fraction._sum, operator.add)

    def __radd__(self, other):
        return self._reflect(other, Fraction._sum, operator.add)

    def __sub__(self, other):
        return self._operate(other, Fraction._difference, operator.sub)

    def __rsub__(self, other):
        return self._reflect(other, Fraction._difference, operator.sub)

    def __mul__(self, other):
        return self._operate(other, Fraction._product, operator.mul)

    def __rmul__(self, other):
        return self._reflect(other, Fraction._product, operator.mul)

    def __truediv__(self, other):
        return self._operate(other, Fraction._quotient, operator.truediv)

    def __rtruediv__(self, other):
        return self._reflect(other, Fraction._quotient, operator.truediv)

    def __floordiv__(self, other):
        return self._operate(other, Fraction._floor, operator.floordiv)

    def __rfloordiv__(self, other):
        return self._reflect(other, Fraction._floor, operator.floordiv)

    def __mod__(self, other):
        return self._operate(other, Fraction._rest, operator.mod)

    def __rmod__(self, other):
        return self._reflect(other, Fraction._rest, operator.mod)

    def __pow__(self, other):
        if isinstance(other, int):
            if other >= 0:
                return Fraction(self._numerator ** other, self._denominator ** other)
            return Fraction(self._denominator ** -other, self._numerator ** -other)
        return float(self) ** float(other)

    def __rpow__(self, other):
        if self._denominator == 1:
            return other ** self._numerator
        return other ** float(self)

    def __neg__(self):
        return Fraction(-self._numerator, self._denominator)

    def __pos__(self):
        return Fraction(self)

    def __abs__(self):
        return Fraction(abs(self._numerator), self._denominator)

    def __float__(self):
        return self._numerator / self._denominator

    def __int__(self):
        return self.__trunc__()

    def __trunc__(self):
        return -(-self._numerator // self._denominator) if self._numerator < 0 else self._numerator // self._denominator

    def __floor__(self):
        return self._numerator // self._denominator

    def __ceil__(self):
        return -(-self._numerator // self._denominator)

    def __round__(self, ndigits=None):
        if ndigits is None:
            floor, rest = divmod(self._numerator, self._denominator)
            if rest * 2 < self._denominator or (rest * 2 == self._denominator and floor % 2 == 0):
                return floor
            return floor + 1
        shift = 10 ** abs(ndigits)
        return Fraction(round(self * shift), shift) if ndigits > 0 else Fraction(round(self / shift) * shift)

    def __bool__(self):
        return self._numerator != 0

    def __eq__(self, other):
        if isinstance(other, (int, Fraction)):
            other = Fraction(other)
            return self._numerator == other._numerator and self._denominator == other._denominator
        return float(self) == other if isinstance(other, float) else NotImplemented

    def _compare(self, other, apply):
        if isinstance(other, (int, Fraction)):
            other = Fraction(other)
            return apply(self._numerator * other._denominator, other._numerator * self._denominator)
        return apply(float(self), other) if isinstance(other, float) else NotImplemented

    def __lt__(self, other):
        return self._compare(other, operator.lt)

    def __le__(self, other):
        return self._compare(other, operator.le)

    def __gt__(self, other):
        return self._compare(other, operator.gt)

    def __ge__(self, other):
        return self._compare(other, operator.ge)
