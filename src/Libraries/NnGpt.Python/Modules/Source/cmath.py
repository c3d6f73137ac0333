"""Functions of complex numbers."""
import math as _math

pi, e, tau, inf, nan = _math.pi, _math.e, _math.tau, _math.inf, _math.nan


def phase(z):
    z = complex(z)
    return _math.atan2(z.imag, z.real)


def polar(z):
    return abs(complex(z)), phase(z)


def rect(r, phi):
    return complex(r * _math.cos(phi), r * _math.sin(phi))


def exp(z):
    z = complex(z)
    return rect(_math.exp(z.real), z.imag)


def log(z, base=None):
    value = complex(_math.log(abs(complex(z))), phase(z))
    return value if base is None else value / log(base)


def sqrt(z):
    z = complex(z)
    size = abs(z)
    if size == 0:
        return 0j
    real = _math.sqrt((size + abs(z.real)) / 2)
    other = abs(z.imag) / (2 * real)
    if z.real < 0:
        real, other = other, real
    return complex(real, _math.copysign(other, z.imag))


def cos(z):
    z = complex(z)
    return complex(_math.cos(z.real) * _math.cosh(z.imag), -_math.sin(z.real) * _math.sinh(z.imag))


def sin(z):
    z = complex(z)
    return complex(_math.sin(z.real) * _math.cosh(z.imag), _math.cos(z.real) * _math.sinh(z.imag))


def isnan(z):
    z = complex(z)
    return z.real != z.real or z.imag != z.imag


def isfinite(z):
    z = complex(z)
    return _math.isfinite(z.real) and _math.isfinite(z.imag)


def isclose(a, b, *, rel_tol=1e-09, abs_tol=0.0):
    return a == b or abs(a - b) <= max(rel_tol * max(abs(a), abs(b)), abs_tol)
