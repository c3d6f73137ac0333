"""Decimal floating point: sign, digits and exponent, rounded to the context's precision."""
import math as _math

ROUND_DOWN, ROUND_HALF_UP, ROUND_HALF_EVEN = "ROUND_DOWN", "ROUND_HALF_UP", "ROUND_HALF_EVEN"
ROUND_CEILING, ROUND_FLOOR, ROUND_UP = "ROUND_CEILING", "ROUND_FLOOR", "ROUND_UP"
ROUND_HALF_DOWN, ROUND_05UP = "ROUND_HALF_DOWN", "ROUND_05UP"


class DecimalException(ArithmeticError):
    pass


class InvalidOperation(DecimalException):
    pass


class DivisionByZero(DecimalException, ZeroDivisionError):
    pass


class Inexact(DecimalException):
    pass


class Context:
    def __init__(self, prec=28, rounding=ROUND_HALF_EVEN, **others):
        self.prec, self.rounding = prec, rounding

    def copy(self):
        return Context(self.prec, self.rounding)

    def create_decimal(self, value="0"):
        return +Decimal(value)


_context = Context()


def getcontext():
    return _context


def setcontext(context):
    global _context
    _context = context


class localcontext:
    def __init__(self, ctx=None, **settings):
        self._inner = (ctx or _context).copy()
        for name, value in settings.items():
            setattr(self._inner, name, value)

    def __enter__(self):
        self._outer = getcontext()
        setcontext(self._inner)
        return self._inner

    def __exit__(self, *error):
        setcontext(self._outer)


def _divided(number, divisor, rounding, negative):
    whole, rest = divmod(number, divisor)
    if rest:
        twice = 2 * rest
        up = {
            ROUND_DOWN: False, ROUND_UP: True, ROUND_CEILING: not negative, ROUND_FLOOR: negative,
            ROUND_HALF_UP: twice >= divisor, ROUND_HALF_DOWN: twice > divisor,
            ROUND_HALF_EVEN: twice > divisor or twice == divisor and whole % 2 == 1, ROUND_05UP: whole % 10 in (0, 5),
        }[rounding]
        whole += up
    return whole


def _make(negative, digits, exponent):
    self = object.__new__(Decimal)
    self._negative, self._digits, self._exponent = negative, digits, exponent
    return self


def _rounded(negative, digits, exponent):
    excess = len(str(digits)) - _context.prec
    if excess > 0:
        digits, exponent = _divided(digits, 10 ** excess, _context.rounding, negative), exponent + excess
        if len(str(digits)) > _context.prec:
            digits, exponent = digits // 10, exponent + 1
    return _make(negative, digits, exponent)


class Decimal:
    def __new__(cls, value="0", context=None):
        if isinstance(value, Decimal):
            return _make(value._negative, value._digits, value._exponent)
        if isinstance(value, bool) or isinstance(value, int):
            return _make(value < 0, abs(int(value)), 0)
        if isinstance(value, float):
            top, bottom = value.as_integer_ratio()
            shift = bottom.bit_length() - 1
            return _make(_math.copysign(1, value) < 0, abs(top) * 5 ** shift, -shift)
        if isinstance(value, (tuple, list)):
            sign, digits, exponent = value
            return _make(bool(sign), int("".join(map(str, digits)) or "0"), exponent)
        if not isinstance(value, str):
            raise TypeError(f"conversion from {type(value).__name__} to Decimal is not supported")
        text = value.strip().replace("_", "").lower()
        negative, text = text.startswith("-"), text.lstrip("+-")
        number, _, exponent = text.partition("e")
        whole, _, part = number.partition(".")
        if not (whole + part).isdigit():
            raise InvalidOperation("[<class 'decimal.ConversionSyntax'>]")
        return _make(negative, int(whole + part), int(exponent or "0") - len(part))

    @classmethod
    def from_float(cls, f):
        return cls(f)

    def _signed(self):
        return -self._digits if self._negative else self._digits

    def __str__(self):
        digits = str(self._digits)
        point = len(digits) + self._exponent
        sign = "-" if self._negative else ""
        if self._exponent <= 0 and point > -6:
            if self._exponent == 0:
                return sign + digits
            return sign + (digits[:point] + "." + digits[point:] if point > 0 else "0." + "0" * -point + digits)
        return sign + digits[0] + ("." + digits[1:] if len(digits) > 1 else "") + "E%+d" % (point - 1)

    def __repr__(self):
        return f"Decimal('{self}')"

    def __format__(self, spec):
        if not spec:
            return str(self)
        kind = spec[-1]
        head, dot, places = spec[:-1].partition(".")
        if kind in "f%":
            value = self * 100 if kind == "%" else self
            value = value if not dot else value.quantize(_make(False, 1, -int(places)))
            if kind == "%" or value._exponent > 0:
                value = _make(value._negative, value._digits * 10 ** max(value._exponent, 0), min(value._exponent, 0))
            text = str(value) if value._exponent > -6 else f"{value._digits:0{1 - value._exponent}d}"
            if value._exponent <= -6:
                text = ("-" if value._negative else "") + text[:value._exponent] + "." + text[value._exponent:]
            text += "%" if kind == "%" else ""
            if "," in head:
                whole, point, rest = text.partition(".")
                text, head = f"{int(whole):,}" + point + rest, head.replace(",", "")
            if head.startswith("+"):
                text, head = text if self._negative else "+" + text, head[1:]
            return format(text, (head if head[:1] in "<>^" else ">" + head) if head else "")
        return format(float(self), spec) if kind in "eEgG" else format(str(self), spec)

    def _other(self, other):
        return other if isinstance(other, Decimal) else Decimal(other) if isinstance(other, int) else None

    def _add(self, other):
        exponent = min(self._exponent, other._exponent)
        total = self._signed() * 10 ** (self._exponent - exponent) + other._signed() * 10 ** (other._exponent - exponent)
        return _rounded(total < 0, abs(total), exponent)

    def _mul(self, other):
        return _rounded(self._negative != other._negative, self._digits * other._digits, self._exponent + other._exponent)

    def _div(self, other):
        if not other._digits:
            raise DivisionByZero("[<class 'decimal.DivisionByZero'>]") if self._digits else InvalidOperation("[<class 'decimal.DivisionUndefined'>]")
        negative, ideal = self._negative != other._negative, self._exponent - other._exponent
        shift = max(0, len(str(other._digits)) - len(str(self._digits)) + _context.prec + 1)
        digits, rest = divmod(self._digits * 10 ** shift, other._digits)
        exponent = ideal - shift
        if rest:
            digits += digits % 5 == 0
        else:
            while exponent < ideal and digits % 10 == 0:
                digits, exponent = digits // 10, exponent + 1
        return _rounded(negative, digits, exponent)

    def _parts(self, other):
        if not other._digits:
            raise DivisionByZero("[<class 'decimal.DivisionByZero'>]")
        exponent = min(self._exponent, other._exponent)
        whole, rest = divmod(self._digits * 10 ** (self._exponent - exponent), other._digits * 10 ** (other._exponent - exponent))
        return _make(self._negative != other._negative, whole, 0), _make(self._negative, rest, exponent)

    def _pow(self, other):
        if other == other.to_integral_value():
            result, power = Decimal(1), abs(int(other))
            with localcontext(prec=_context.prec + len(str(power)) + 4):
                base = self
                while power:
                    if power & 1:
                        result = result * base
                    base, power = base * base, power >> 1
            return +result if int(other) >= 0 else Decimal(1) / result
        return (other * self.ln()).exp()

    def __neg__(self):
        return _rounded(not self._negative and self._digits != 0, self._digits, self._exponent)

    def __pos__(self):
        return _rounded(self._negative, self._digits, self._exponent)

    def __abs__(self):
        return _rounded(False, self._digits, self._exponent)

    def __bool__(self):
        return self._digits != 0

    def __int__(self):
        size = self._digits * 10 ** self._exponent if self._exponent >= 0 else self._digits // 10 ** -self._exponent
        return -size if self._negative else size

    __trunc__ = __int__

    def __float__(self):
        return float(str(self))

    def __round__(self, places=None):
        if places is None:
            return int(self.to_integral_value(ROUND_HALF_EVEN))
        return self.quantize(_make(False, 1, -places))

    def __floor__(self):
        return int(self.to_integral_value(ROUND_FLOOR))

    def __ceil__(self):
        return int(self.to_integral_value(ROUND_CEILING))

    def __hash__(self):
        return hash(int(self)) if self == int(self) else hash(float(self))

    def quantize(self, exp, rounding=None, context=None):
        target = Decimal(exp)._exponent
        digits = self._digits * 10 ** (self._exponent - target) if self._exponent >= target else \
            _divided(self._digits, 10 ** (target - self._exponent), rounding or _context.rounding, self._negative)
        if len(str(digits)) > _context.prec:
            raise InvalidOperation("[<class 'decimal.InvalidOperation'>]")
        return _make(self._negative, digits, target)

    def to_integral_value(self, rounding=None, context=None):
        return self.quantize(1, rounding) if self._exponent < 0 else Decimal(self)

    to_integral = to_integral_value

    def normalize(self, context=None):
        value = +self
        digits, exponent = value._digits, value._exponent
        while digits and digits % 10 == 0:
            digits, exponent = digits // 10, exponent + 1
        return _make(value._negative, digits, exponent if digits else 0)

    def as_tuple(self):
        return DecimalTuple(int(self._negative), tuple(map(int, str(self._digits))), self._exponent)

    def as_integer_ratio(self):
        top, bottom = self._signed() * 10 ** max(self._exponent, 0), 10 ** max(-self._exponent, 0)
        common = _math.gcd(top, bottom)
        return top // common, bottom // common

    def is_nan(self):
        return False

    is_infinite = is_nan

    def is_finite(self):
        return True

    def is_zero(self):
        return self._digits == 0

    def is_signed(self):
        return self._negative

    def copy_abs(self):
        return _make(False, self._digits, self._exponent)

    def sqrt(self, context=None):
        if self._negative and self._digits:
            raise InvalidOperation("[<class 'decimal.InvalidOperation'>]")
        ideal, shift = self._exponent // 2, _context.prec + 1
        digits = self._digits * 10 ** (2 * shift + self._exponent % 2)
        root = _math.isqrt(digits)
        exponent = ideal - shift
        if root * root == digits:
            while exponent < ideal and root % 10 == 0:
                root, exponent = root // 10, exponent + 1
        elif root % 5 == 0:
            root += 1
        return _rounded(False, root, exponent)

    def exp(self, context=None):
        with localcontext(prec=_context.prec + 10):
            halvings = max(0, self.adjusted() + 4) * 4
            x = self / 2 ** halvings
            total = term = Decimal(1)
            n = 1
            while term and term.adjusted() > total.adjusted() - _context.prec - 2:
                term = term * x / n
                total, n = total + term, n + 1
            for _ in range(halvings):
                total = total * total
        return +total

    def ln(self, context=None):
        if self._negative or not self._digits:
            raise InvalidOperation("[<class 'decimal.InvalidOperation'>]")
        with localcontext(prec=_context.prec + 10):
            y = Decimal(_math.log(self._digits) + self._exponent * _math.log(10))
            for _ in range(3):
                e = y.exp()
                y = y + 2 * (self - e) / (self + e)
        return +y

    def log10(self, context=None):
        with localcontext(prec=_context.prec + 10):
            value = self.ln() / Decimal(10).ln()
        nearest = value.to_integral_value()
        return nearest if Decimal(10) ** nearest == self else +value

    def adjusted(self):
        return len(str(self._digits)) + self._exponent - 1

    def max(self, other, context=None):
        return self if self >= other else Decimal(other)

    def min(self, other, context=None):
        return self if self <= other else Decimal(other)


class DecimalTuple(tuple):
    def __new__(cls, sign, digits, exponent):
        self = tuple.__new__(cls, (sign, digits, exponent))
        self.sign, self.digits, self.exponent = sign, digits, exponent
        return self

    def __repr__(self):
        return "DecimalTuple(sign={!r}, digits={!r}, exponent={!r})".format(*self)


def _arithmetic(name, function):
    def direct(self, other):
        other = self._other(other)
        return NotImplemented if other is None else function(self, other)

    def reflected(self, other):
        other = self._other(other)
        return NotImplemented if other is None else function(other, self)

    setattr(Decimal, f"__{name}__", direct)
    setattr(Decimal, f"__r{name}__", reflected)


def _comparison(name, function):
    def compare(self, other):
        if isinstance(other, (int, Decimal)):
            other = self._other(other)
            exponent = min(self._exponent, other._exponent)
            return function(self._signed() * 10 ** (self._exponent - exponent), other._signed() * 10 ** (other._exponent - exponent))
        if isinstance(other, float):
            return function(float(self), other) if not _math.isfinite(other) else compare(self, Decimal(other))
        return NotImplemented

    setattr(Decimal, f"__{name}__", compare)


_arithmetic("add", Decimal._add)
_arithmetic("sub", lambda a, b: a._add(_make(not b._negative, b._digits, b._exponent)))
_arithmetic("mul", Decimal._mul)
_arithmetic("truediv", Decimal._div)
_arithmetic("floordiv", lambda a, b: a._parts(b)[0])
_arithmetic("mod", lambda a, b: +a._parts(b)[1])
_arithmetic("divmod", Decimal._parts)
_arithmetic("pow", Decimal._pow)
_comparison("eq", lambda a, b: a == b)
_comparison("lt", lambda a, b: a < b)
_comparison("le", lambda a, b: a <= b)
_comparison("gt", lambda a, b: a > b)
_comparison("ge", lambda a, b: a >= b)
DefaultContext = BasicContext = _context
