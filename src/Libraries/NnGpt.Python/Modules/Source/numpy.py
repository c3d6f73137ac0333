"""A small numpy: what networks compute sizes, rates, encodings and filters with. An array is a flat list and a shape."""
import math as _math
import numpy.random as random

pi, e, inf, nan, euler_gamma = _math.pi, _math.e, _math.inf, _math.nan, 0.5772156649015329
Inf = Infinity = PINF = inf
NaN = NAN = nan
newaxis = None


class generic:
    ndim = 0
    dtype = property(lambda self: dtype(type(self)))

    def astype(self, dtype):
        return _kind(dtype)(self)


class float64(float, generic):
    itemsize = 8

    def item(self):
        return float(self)


class float32(float64):
    itemsize = 4


class float16(float64):
    itemsize = 2


class int64(int, generic):
    itemsize = 8

    def item(self):
        return int(self)


class int32(int64):
    itemsize = 4


class int16(int64):
    itemsize = 2


class int8(int64):
    itemsize = 1


class uint8(int64):
    itemsize = 1


class bool_(generic):
    itemsize = 1


floating, integer, number = float64, int64, generic
double, single, half, intp, int_, longlong, float_ = float64, float32, float16, int64, int64, int64, float64
_names = {"float64": float64, "float32": float32, "float16": float16, "int64": int64, "int32": int32, "int16": int16,
          "int8": int8, "uint8": uint8, "bool": bool_, "float": float64, "int": int64, "f": float32, "d": float64, "i": int32}


class dtype:
    def __init__(self, kind):
        self.type = _kind(kind)
        self.name = self.type.__name__.rstrip("_")
        self.itemsize = self.type.itemsize
        self.kind = "b" if self.type is bool_ else "i" if issubclass(self.type, int) else "f"

    def __repr__(self):
        return f"dtype('{self.name}')"

    def __str__(self):
        return self.name

    def __eq__(self, other):
        try:
            return self.type is _kind(other)
        except TypeError:
            return False

    def __hash__(self):
        return hash(self.name)


def _kind(given):
    if isinstance(given, dtype):
        return given.type
    if isinstance(given, str) and given in _names:
        return _names[given]
    if isinstance(given, type):
        if issubclass(given, generic):
            return given
        if given in (float, int, bool):
            return {float: float64, int: int64, bool: bool_}[given]
    raise TypeError(f"data type {given!r} not understood")


def _convert(kind):
    return bool if kind is bool_ else int if issubclass(kind, int) else float


def _kind_of(values):
    kind = bool_
    for value in values:
        if isinstance(value, float):
            return float64
        if isinstance(value, bool):
            continue
        if isinstance(value, int):
            kind = int64
        else:
            raise TypeError(f"arrays of {type(value).__name__} are not supported")
    return kind if values else float64


def _size(shape):
    return _math.prod(shape)


def _shape(shape):
    if isinstance(shape, ndarray):
        shape = shape.tolist()
    return (int(shape),) if not isinstance(shape, (tuple, list)) and hasattr(shape, "__index__") else tuple(int(n) for n in shape)


def _flatten(value):
    if isinstance(value, ndarray):
        return value.shape, value._data
    if isinstance(value, (list, tuple, range)) or (hasattr(value, "tolist") and not isinstance(value, (int, float))):
        items = value.tolist() if hasattr(value, "tolist") else value
        if not isinstance(items, (list, tuple, range)):
            return (), [items]
        parts = [_flatten(item) for item in items]
        if not parts:
            return (0,), []
        if _b.any(shape != parts[0][0] for shape, _ in parts):
            raise ValueError("setting an array element with a sequence. The requested array has an inhomogeneous shape")
        return (len(parts),) + parts[0][0], [x for _, data in parts for x in data]
    if isinstance(value, (int, float)):
        return (), [_plain(value)]
    if hasattr(value, "__float__"):
        return (), [float(value)]
    raise TypeError(f"cannot make an array of {type(value).__name__}")


def _plain(value):
    return value.item() if isinstance(value, generic) else value


def _number(value, kind=float64):
    """A result as one of numpy's numbers."""
    if isinstance(value, float):
        return (kind if issubclass(kind, float64) else float64)(value)
    if isinstance(value, int) and not isinstance(value, bool):
        return (kind if issubclass(kind, int64) else int64)(value)
    return value


class ndarray(generic):
    __array_priority__ = 1000

    def __init__(self, shape, dtype=float64, _data=None):
        self.shape = _shape(shape)
        kind = _kind(dtype)
        self._data = [_convert(kind)(0)] * _size(self.shape) if _data is None else _data
        self._type = kind

    @property
    def dtype(self):
        return dtype(self._type)

    @property
    def ndim(self):
        return len(self.shape)

    @property
    def size(self):
        return len(self._data)

    @property
    def itemsize(self):
        return self._type.itemsize

    @property
    def nbytes(self):
        return self.size * self.itemsize

    @property
    def T(self):
        return self.transpose()

    @property
    def flat(self):
        return iter(self._data)

    def __len__(self):
        if not self.shape:
            raise TypeError("len() of unsized object")
        return self.shape[0]

    def __iter__(self):
        for i in range(len(self)):
            yield self[i]

    def tolist(self):
        def nest(shape, start):
            if not shape:
                return self._data[start]
            step = _size(shape[1:])
            return [nest(shape[1:], start + i * step) for i in range(shape[0])]
        return nest(self.shape, 0)

    def item(self, *index):
        if index:
            return _plain(self[index if len(index) > 1 else index[0]])
        if len(self._data) != 1:
            raise ValueError("can only convert an array of size 1 to a Python scalar")
        return self._data[0]

    def __float__(self):
        return float(self.item())

    def __int__(self):
        return int(self.item())

    def __index__(self):
        if not issubclass(self._type, int) or self.shape:
            raise TypeError("only integer scalar arrays can be converted to a scalar index")
        return self.item()

    def __bool__(self):
        if len(self._data) != 1:
            raise ValueError("The truth value of an array with more than one element is ambiguous. Use a.any() or a.all()")
        return bool(self._data[0])

    def astype(self, dtype, copy=True):
        kind = _kind(dtype)
        return ndarray(self.shape, kind, [_convert(kind)(x) for x in self._data])

    def copy(self):
        return ndarray(self.shape, self._type, list(self._data))

    __copy__ = copy

    def __deepcopy__(self, memo):
        return self.copy()

    def fill(self, value):
        self._data[:] = [_convert(self._type)(value)] * len(self._data)

    def reshape(self, *shape, order="C"):
        shape = list(_shape(shape[0] if len(shape) == 1 else shape))
        if -1 in shape:
            rest = -_size(shape)
            shape[shape.index(-1)] = self.size // rest if rest else 0
        if _size(shape) != self.size:
            raise ValueError(f"cannot reshape array of size {self.size} into shape {tuple(shape)}")
        return ndarray(shape, self._type, self._data)

    def flatten(self, order="C"):
        return ndarray(self.size, self._type, list(self._data))

    def ravel(self, order="C"):
        return self.reshape(-1)

    def squeeze(self, axis=None):
        return self.reshape(tuple(n for i, n in enumerate(self.shape) if n != 1 or (axis is not None and i != axis % self.ndim)))

    def transpose(self, *axes):
        if len(axes) == 1 and isinstance(axes[0], (tuple, list)):
            axes = axes[0]
        order = [a % self.ndim for a in axes] if axes else list(reversed(range(self.ndim)))
        strides = [_size(self.shape[i + 1:]) for i in range(self.ndim)]
        shape = [self.shape[a] for a in order]
        starts = [0]
        for a in order:
            starts = [s + i * strides[a] for s in starts for i in range(self.shape[a])]
        return ndarray(shape, self._type, [self._data[s] for s in starts])

    def swapaxes(self, axis1, axis2):
        order = list(range(self.ndim))
        order[axis1], order[axis2] = order[axis2], order[axis1]
        return self.transpose(order)

    def _pick(self, key):
        """Positions in the data and the shape of a subscript."""
        key = key if isinstance(key, tuple) else (key,)
        if Ellipsis in [k for k in key if k is Ellipsis]:
            at = [k is Ellipsis for k in key].index(True)
            missing = self.ndim - _b.sum(1 for k in key if k is not None and k is not Ellipsis)
            key = key[:at] + (slice(None),) * missing + key[at + 1:]
        positions, shape, axis = [0], [], 0
        for k in key:
            if k is None:
                shape.append(1)
                continue
            if axis >= self.ndim:
                raise IndexError(f"too many indices for array: array is {self.ndim}-dimensional, but {len(key)} were indexed")
            size, step = self.shape[axis], _size(self.shape[axis + 1:])
            axis += 1
            if isinstance(k, slice):
                chosen = range(*k.indices(size))
                shape.append(len(chosen))
            elif isinstance(k, (list, ndarray)) and not (isinstance(k, ndarray) and not k.shape):
                chosen = array(k)
                if chosen._type is bool_:
                    chosen = [i for i, x in enumerate(chosen._data) if x]
                    shape.append(len(chosen))
                else:
                    shape.extend(chosen.shape)
                    chosen = chosen._data
            else:
                i = k.__index__()
                if not -size <= i < size:
                    raise IndexError(f"index {i} is out of bounds for axis {axis - 1} with size {size}")
                chosen = (i,)
            positions = [p + (i % size) * step for p in positions for i in chosen]
        rest = _size(self.shape[axis:])
        if rest != 1:
            positions = [p + i for p in positions for i in range(rest)]
        return positions, tuple(shape) + self.shape[axis:]

    def __getitem__(self, key):
        if isinstance(key, ndarray) and key._type is bool_ and key.shape == self.shape:
            return array([x for x, keep in zip(self._data, key._data) if keep], dtype=self._type)
        positions, shape = self._pick(key)
        data = [self._data[p] for p in positions]
        return ndarray(shape, self._type, data) if shape else _number(data[0], self._type)

    def __setitem__(self, key, value):
        if isinstance(key, ndarray) and key._type is bool_ and key.shape == self.shape:
            positions = [i for i, keep in enumerate(key._data) if keep]
            shape = (len(positions),)
        else:
            positions, shape = self._pick(key)
        convert = _convert(self._type)
        for p, x in zip(positions, _spread(array(value), shape)):
            self._data[p] = convert(x)

    def __repr__(self):
        return f"array({self.tolist()!r})"

    def __str__(self):
        return str(self.tolist()).replace(",", "")

    def __matmul__(self, other):
        return matmul(self, other)

    def __rmatmul__(self, other):
        return matmul(other, self)

    def __neg__(self):
        return _map(lambda x: -x, self)

    def __pos__(self):
        return self

    def __abs__(self):
        return _map(_b.abs, self)

    def __invert__(self):
        return _map((lambda x: not x) if self._type is bool_ else (lambda x: ~x), self)

    def __hash__(self):
        raise TypeError("unhashable type: 'numpy.ndarray'")

    def dot(self, other):
        return dot(self, other)

    def sum(self, axis=None, dtype=None, keepdims=False):
        return sum(self, axis, dtype, keepdims=keepdims)

    def mean(self, axis=None, dtype=None, keepdims=False):
        return mean(self, axis, keepdims=keepdims)

    def prod(self, axis=None, keepdims=False):
        return prod(self, axis, keepdims=keepdims)

    def max(self, axis=None, keepdims=False):
        return max(self, axis, keepdims=keepdims)

    def min(self, axis=None, keepdims=False):
        return min(self, axis, keepdims=keepdims)

    def std(self, axis=None, keepdims=False):
        return std(self, axis, keepdims=keepdims)

    def var(self, axis=None, keepdims=False):
        return var(self, axis, keepdims=keepdims)

    def argmax(self, axis=None):
        return argmax(self, axis)

    def argmin(self, axis=None):
        return argmin(self, axis)

    def cumsum(self, axis=None):
        return cumsum(self, axis)

    def any(self, axis=None):
        return any(self, axis)

    def all(self, axis=None):
        return all(self, axis)

    def round(self, decimals=0):
        return round(self, decimals)

    def clip(self, min=None, max=None):
        return clip(self, min, max)

    def repeat(self, repeats, axis=None):
        return repeat(self, repeats, axis)


def _stride_positions(shape, target):
    """Positions in data of the shape for every place of the target shape (broadcasting)."""
    if shape == target:
        return range(_size(shape))
    lead = len(target) - len(shape)
    positions = [0]
    for axis, n in enumerate(target):
        own = shape[axis - lead] if axis >= lead else 1
        step = _size(shape[axis - lead + 1:]) if axis >= lead and own != 1 else 0
        positions = [p + i * step for p in positions for i in range(n)]
    return positions


def _common(*shapes):
    result = []
    for i in range(_b.max(map(len, shapes), default=0)):
        sizes = {s[-1 - i] for s in shapes if i < len(s)} - {1}
        if len(sizes) > 1:
            raise ValueError("operands could not be broadcast together with shapes " + " ".join(
                "(" + ",".join(map(str, s)) + ("," if len(s) == 1 else "") + ")" for s in shapes) + " ")
        result.append(sizes.pop() if sizes else 1)
    return tuple(reversed(result))


def _spread(a, shape):
    if _common(a.shape, shape) != shape:
        raise ValueError(f"could not broadcast input array from shape {a.shape} into shape {shape}")
    return [a._data[p] for p in _stride_positions(a.shape, shape)]


def broadcast_to(array_, shape):
    a, shape = array(array_), _shape(shape)
    return ndarray(shape, a._type, _spread(a, shape))


def _map(apply, value, kind=None):
    if not isinstance(value, ndarray):
        if isinstance(value, (int, float)):
            return _number(apply(_plain(value)))
        if hasattr(value, "__array_wrap__"):
            return value.__array_wrap__(asarray(_map(apply, value.__array__(), kind)))
        value = array(value)
    data = [apply(x) for x in value._data]
    if kind is None:
        kind = value._type if data and isinstance(data[0], float) and issubclass(value._type, float64) else _kind_of(data)
    return ndarray(value.shape, kind, data) if value.shape else _number(data[0], kind)


def _map2(apply, x, y):
    plain = isinstance(x, (int, float)) and isinstance(y, (int, float))
    if plain:
        return _number(apply(_plain(x), _plain(y)), type(x) if type(x) is type(y) and isinstance(x, generic) else float64)
    for tensor in (x, y):
        if not isinstance(tensor, ndarray) and hasattr(tensor, "__array_wrap__"):
            return tensor.__array_wrap__(asarray(_map2(apply, *[v.__array__() if hasattr(v, "__array_wrap__") else v for v in (x, y)])))
    a, b = array(x), array(y)
    shape = _common(a.shape, b.shape)
    data = [apply(p, q) for p, q in zip(_spread(a, shape), _spread(b, shape))]
    kind = _kind_of(data)
    if kind is float64 and float32 in (a._type, b._type) and not {float64} & {t for t, s in ((a._type, a.shape), (b._type, b.shape)) if s}:
        kind = float32
    return ndarray(shape, kind, data) if shape else _number(data[0], kind)


def _divide(x, y):
    if y:
        return x / y
    return nan if x == 0 or x != x else _math.copysign(inf, x)


def _floor_divide(x, y):
    return x // y if y else (nan if isinstance(x, float) or isinstance(y, float) else 0)


def _mod(x, y):
    return x % y if y else (nan if isinstance(x, float) or isinstance(y, float) else 0)


def _power(x, y):
    if isinstance(x, int) and isinstance(y, int) and y < 0:
        raise ValueError("Integers to negative integer powers are not allowed.")
    try:
        return x ** y
    except OverflowError:
        return inf
    except ZeroDivisionError:
        return inf


_operators = {
    "add": lambda x, y: x + y, "sub": lambda x, y: x - y, "mul": lambda x, y: x * y, "truediv": _divide,
    "floordiv": _floor_divide, "mod": _mod, "pow": _power, "and": lambda x, y: x & y, "or": lambda x, y: x | y, "xor": lambda x, y: x ^ y,
}


def _define(name, apply):
    def forward(self, other):
        return _map2(apply, self, other) if _arrayable(other) else NotImplemented

    def reflected(self, other):
        return _map2(apply, other, self) if _arrayable(other) or hasattr(other, "__array_wrap__") else NotImplemented

    def in_place(self, other):
        self[...] = _map2(apply, self, other)
        return self
    setattr(ndarray, f"__{name}__", forward)
    setattr(ndarray, f"__r{name}__", reflected)
    setattr(ndarray, f"__i{name}__", in_place)
    for scalar in (float64, int64):
        setattr(scalar, f"__{name}__", forward)
        setattr(scalar, f"__r{name}__", lambda self, other: _map2(apply, other, self) if _arrayable(other) else NotImplemented)


def _arrayable(value):
    return isinstance(value, (int, float, ndarray, list, tuple))


for _name, _apply in _operators.items():
    _define(_name, _apply)
for _name, _apply in {"lt": lambda x, y: x < y, "le": lambda x, y: x <= y, "gt": lambda x, y: x > y, "ge": lambda x, y: x >= y,
                      "eq": lambda x, y: x == y, "ne": lambda x, y: x != y}.items():
    setattr(ndarray, f"__{_name}__", (lambda apply: lambda self, other: _map2(apply, self, other) if _arrayable(other) else NotImplemented)(_apply))


def array(object, dtype=None, copy=True, ndmin=0, **options):
    shape, data = _flatten(object)
    kind = _kind(dtype) if dtype is not None else object._type if isinstance(object, ndarray) else _kind_of(data)
    if dtype is not None or (kind is float64 and not isinstance(object, ndarray)):
        data = [_convert(kind)(x) for x in data]
    return ndarray((1,) * (ndmin - len(shape)) + shape, kind, list(data))


def asarray(a, dtype=None, **options):
    return a if isinstance(a, ndarray) and dtype is None else array(a, dtype)


ascontiguousarray = asanyarray = asarray


def zeros(shape, dtype=float, order="C"):
    return ndarray(shape, dtype)


def full(shape, fill_value, dtype=None, order="C"):
    kind = _kind(dtype) if dtype is not None else _kind_of([fill_value])
    shape = _shape(shape)
    return ndarray(shape, kind, [_convert(kind)(fill_value)] * _size(shape))


def ones(shape, dtype=float, order="C"):
    return full(shape, 1, dtype)


empty = zeros


def zeros_like(a, dtype=None):
    a = asarray(a)
    return zeros(a.shape, dtype or a._type)


def ones_like(a, dtype=None):
    a = asarray(a)
    return ones(a.shape, dtype or a._type)


empty_like = zeros_like


def full_like(a, fill_value, dtype=None):
    a = asarray(a)
    return full(a.shape, fill_value, dtype or a._type)


def arange(start, stop=None, step=1, dtype=None):
    if stop is None:
        start, stop = 0, start
    if _b.all(isinstance(x, int) for x in (start, stop, step)):
        data = list(range(start, stop, step))
    else:
        data = [start + i * step for i in range(_b.max(0, _math.ceil((stop - start) / step)))]
        data = [float(x) for x in data]
    return array(data, dtype) if data or dtype else ndarray(0, int64)


def linspace(start, stop, num=50, endpoint=True, retstep=False, dtype=None, axis=0):
    parts = num - 1 if endpoint else num
    step = (stop - start) / parts if parts > 0 else nan
    data = [start + i * step for i in range(num)]
    if endpoint and num > 1:
        data[-1] = stop
    result = array([float(x) for x in data], dtype)
    return (result, step) if retstep else result


def logspace(start, stop, num=50, endpoint=True, base=10.0, dtype=None):
    return _map(lambda x: base ** x, linspace(start, stop, num, endpoint))


def geomspace(start, stop, num=50, endpoint=True, dtype=None):
    return _map(lambda x: 10 ** x, linspace(_math.log10(start), _math.log10(stop), num, endpoint))


def eye(N, M=None, k=0, dtype=float):
    M = N if M is None else M
    return array([[1 if j == i + k else 0 for j in range(M)] for i in range(N)], dtype)


identity = eye


def diag(v, k=0):
    v = asarray(v)
    if v.ndim == 1:
        return array([[v._data[i] if i == j else 0 for j in range(v.size)] for i in range(v.size)], v._type)
    return array([v[i, i] for i in range(_b.min(v.shape))], v._type)


def tril(m, k=0):
    m = asarray(m)
    return array([[x if j <= i + k else 0 for j, x in enumerate(row)] for i, row in enumerate(m.tolist())], m._type)


def triu(m, k=0):
    m = asarray(m)
    return array([[x if j >= i + k else 0 for j, x in enumerate(row)] for i, row in enumerate(m.tolist())], m._type)


def meshgrid(*xi, indexing="xy"):
    arrays = [asarray(x).reshape(-1) for x in xi]
    sizes = [a.size for a in arrays]
    result = []
    for i, a in enumerate(arrays):
        shape = [1] * len(arrays)
        shape[i] = a.size
        result.append(broadcast_to(a.reshape(shape), sizes))
    return [r.swapaxes(0, 1) for r in result] if indexing == "xy" and len(arrays) > 1 else result


def _guard(function, outside=nan):
    def apply(x):
        try:
            return function(x)
        except ValueError:
            return outside
        except OverflowError:
            return inf
    return apply


def _log(function):
    return lambda x: -inf if x == 0 else _guard(function)(float(x))


def _unary(function, kind=None):
    return lambda x, *args, **kwargs: _map(function, x, kind)


sqrt = _unary(_guard(lambda x: _math.sqrt(x)))
exp = _unary(_guard(lambda x: _math.exp(x)))
expm1 = _unary(_guard(_math.expm1))
log, log2, log10, log1p = _unary(_log(_math.log)), _unary(_log(_math.log2)), _unary(_log(_math.log10)), _unary(_guard(_math.log1p))
sin, cos, tan, tanh = _unary(_math.sin), _unary(_math.cos), _unary(_math.tan), _unary(_math.tanh)
sinh, cosh = _unary(_guard(_math.sinh)), _unary(_guard(_math.cosh))
arcsin, arccos, arctan = _unary(_guard(_math.asin)), _unary(_guard(_math.acos)), _unary(_math.atan)
floor = _unary(lambda x: float(_math.floor(x)) if _math.isfinite(x) else x)
ceil = _unary(lambda x: float(_math.ceil(x)) if _math.isfinite(x) else x)
trunc = _unary(lambda x: float(int(x)) if _math.isfinite(x) else x)
rint = _unary(lambda x: float(_b.round(x)))
abs = absolute = fabs = _unary(_b.abs)
sign = _unary(lambda x: (x > 0) - (x < 0) if isinstance(x, int) else float((x > 0) - (x < 0)))
square = _unary(lambda x: x * x)
reciprocal = _unary(lambda x: _divide(1, x))
negative = _unary(lambda x: -x)
deg2rad = radians = _unary(_math.radians)
rad2deg = degrees = _unary(_math.degrees)
isnan = _unary(lambda x: x != x)
isinf = _unary(lambda x: _math.isinf(x))
isfinite = _unary(lambda x: _math.isfinite(x))
logical_not = _unary(lambda x: not x)
add, subtract, multiply = [(lambda f: lambda x, y: _map2(f, x, y))(_operators[n]) for n in ("add", "sub", "mul")]
divide = true_divide = lambda x, y: _map2(_divide, x, y)
floor_divide = lambda x, y: _map2(_floor_divide, x, y)
mod = remainder = lambda x, y: _map2(_mod, x, y)
power = lambda x, y: _map2(_power, x, y)
maximum = lambda x, y: _map2(lambda p, q: p if p >= q or p != p else q, x, y)
minimum = lambda x, y: _map2(lambda p, q: p if p <= q or p != p else q, x, y)
arctan2 = lambda x, y: _map2(_math.atan2, x, y)
hypot = lambda x, y: _map2(_math.hypot, x, y)
logical_and = lambda x, y: _map2(lambda p, q: bool(p and q), x, y)
logical_or = lambda x, y: _map2(lambda p, q: bool(p or q), x, y)
equal = lambda x, y: _map2(lambda p, q: p == q, x, y)
greater = lambda x, y: _map2(lambda p, q: p > q, x, y)
less = lambda x, y: _map2(lambda p, q: p < q, x, y)
gcd = lambda x, y: _map2(_math.gcd, x, y)
lcm = lambda x, y: _map2(_math.lcm, x, y)


def round(a, decimals=0):
    return _map(lambda x: x if isinstance(x, int) else _b.round(x, decimals), a)


around = round_ = round


def clip(a, a_min=None, a_max=None):
    if a_min is not None:
        a = maximum(a, a_min)
    return a if a_max is None else minimum(a, a_max)


def _reduce(a, axis, apply, keepdims=False):
    a = asarray(a)
    if axis is None:
        result = apply(a._data)
        return full((1,) * a.ndim, result) if keepdims else _number(result, a._type)
    axes = [x % a.ndim for x in (axis if isinstance(axis, tuple) else (axis,))]
    kept = [i for i in range(a.ndim) if i not in axes]
    moved = a.transpose(kept + axes)
    step = _size([a.shape[i] for i in axes])
    shape = [a.shape[i] for i in kept]
    data = [apply(moved._data[i * step:(i + 1) * step]) for i in range(_size(shape))]
    if keepdims:
        shape = [1 if i in axes else n for i, n in enumerate(a.shape)]
    return ndarray(shape, _kind_of(data), data) if shape else _number(data[0], a._type)


def sum(a, axis=None, dtype=None, out=None, keepdims=False):
    return _reduce(a, axis, lambda d: _b.sum(d, 0 if not d or isinstance(d[0], int) else 0.0), keepdims)


def prod(a, axis=None, dtype=None, out=None, keepdims=False):
    def product(d):
        return _math.prod(int(x) if isinstance(x, bool) else x for x in d) if d else 1.0
    return _reduce(a, axis, product, keepdims)


def mean(a, axis=None, dtype=None, out=None, keepdims=False):
    return _reduce(a, axis, lambda d: _b.sum(d) / len(d) if d else nan, keepdims)


average = mean


def var(a, axis=None, dtype=None, out=None, ddof=0, keepdims=False):
    def spread(d):
        centre = _b.sum(d) / len(d)
        return _b.sum((x - centre) ** 2 for x in d) / (len(d) - ddof)
    return _reduce(a, axis, spread, keepdims)


def std(a, axis=None, dtype=None, out=None, ddof=0, keepdims=False):
    return sqrt(var(a, axis, ddof=ddof, keepdims=keepdims))


def _nonempty(name, pick):
    def apply(d):
        if not d:
            raise ValueError(f"zero-size array to reduction operation {name} which has no identity")
        return pick(d)
    return apply


def max(a, axis=None, out=None, keepdims=False):
    return _reduce(a, axis, _nonempty("maximum", _b.max), keepdims)


def min(a, axis=None, out=None, keepdims=False):
    return _reduce(a, axis, _nonempty("minimum", _b.min), keepdims)


amax, amin = max, min


def median(a, axis=None):
    def middle(d):
        d = sorted(d)
        return float(d[len(d) // 2]) if len(d) % 2 else (d[len(d) // 2 - 1] + d[len(d) // 2]) / 2
    return _reduce(a, axis, middle)


def argmax(a, axis=None):
    return _reduce(a, axis, lambda d: d.index(_b.max(d)))


def argmin(a, axis=None):
    return _reduce(a, axis, lambda d: d.index(_b.min(d)))


def any(a, axis=None):
    return _reduce(a, axis, lambda d: _b.any(d))


def all(a, axis=None):
    return _reduce(a, axis, lambda d: _b.all(d))


def count_nonzero(a):
    return _b.sum(1 for x in asarray(a)._data if x)


def _running(a, step):
    data, total = [], None
    for x in asarray(a)._data:
        total = x if total is None else step(total, x)
        data.append(total)
    return array(data)


def cumsum(a, axis=None):
    a = asarray(a)
    if axis is None or a.ndim == 1:
        return _running(a, lambda x, y: x + y)
    return stack([_running(row, lambda x, y: x + y) for row in a.swapaxes(axis, -1).reshape(-1, a.shape[axis])]).reshape(
        a.swapaxes(axis, -1).shape).swapaxes(axis, -1)


def cumprod(a, axis=None):
    return _running(a, lambda x, y: x * y)


def diff(a, n=1):
    a = asarray(a)
    return a[1:] - a[:-1]


def concatenate(arrays, axis=0):
    arrays = [asarray(a) for a in arrays]
    axis %= arrays[0].ndim
    moved = [a.swapaxes(0, axis) for a in arrays]
    if _b.any(m.shape[1:] != moved[0].shape[1:] for m in moved):
        raise ValueError("all the input array dimensions except for the concatenation axis must match exactly")
    data = [x for m in moved for x in m._data]
    return ndarray((_b.sum(m.shape[0] for m in moved),) + moved[0].shape[1:], _kind_of(data), data).swapaxes(0, axis)


def stack(arrays, axis=0):
    arrays = [asarray(a) for a in arrays]
    if _b.any(a.shape != arrays[0].shape for a in arrays):
        raise ValueError("all input arrays must have the same shape")
    return concatenate([expand_dims(a, axis) for a in arrays], axis)


def vstack(tup):
    return concatenate([atleast_2d(a) for a in tup], 0)


def hstack(tup):
    tup = [asarray(a) for a in tup]
    return concatenate(tup, 0 if tup[0].ndim == 1 else 1)


def atleast_1d(a):
    a = asarray(a)
    return a if a.ndim else a.reshape(1)


def atleast_2d(a):
    a = atleast_1d(a)
    return a if a.ndim > 1 else a.reshape(1, -1)


def expand_dims(a, axis):
    a = asarray(a)
    shape = list(a.shape)
    shape.insert(axis if axis >= 0 else a.ndim + 1 + axis, 1)
    return a.reshape(shape)


def squeeze(a, axis=None):
    return asarray(a).squeeze(axis)


def reshape(a, newshape):
    return asarray(a).reshape(newshape)


def ravel(a):
    return asarray(a).ravel()


def transpose(a, axes=None):
    return asarray(a).transpose(*([axes] if axes is not None else []))


def swapaxes(a, axis1, axis2):
    return asarray(a).swapaxes(axis1, axis2)


def repeat(a, repeats, axis=None):
    a = asarray(a)
    if axis is None:
        return array([x for x in a._data for _ in range(repeats)], a._type)
    return concatenate([expand_dims(a.swapaxes(0, axis)[i], 0) for i in range(a.shape[axis]) for _ in range(repeats)], 0).swapaxes(0, axis)


def tile(A, reps):
    a, reps = asarray(A), _shape(reps)
    a = a.reshape((1,) * (len(reps) - a.ndim) + a.shape)
    for axis, n in enumerate((1,) * (a.ndim - len(reps)) + reps):
        a = concatenate([a] * n, axis) if n else a
    return a


def flip(m, axis=None):
    m = asarray(m)
    axes = range(m.ndim) if axis is None else [axis % m.ndim]
    return m[tuple(slice(None, None, -1) if i in axes else slice(None) for i in range(m.ndim))]


def roll(a, shift, axis=None):
    a = asarray(a)
    shift %= a.size or 1
    return ndarray(a.shape, a._type, a._data[a.size - shift:] + a._data[:a.size - shift])


def split(ary, indices_or_sections, axis=0):
    a = asarray(ary)
    if isinstance(indices_or_sections, int):
        if a.shape[axis] % indices_or_sections:
            raise ValueError("array split does not result in an equal division")
        step = a.shape[axis] // indices_or_sections
        bounds = list(range(step, a.shape[axis], step))
    else:
        bounds = list(indices_or_sections)
    moved = a.swapaxes(0, axis)
    return [moved[lo:hi].swapaxes(0, axis) for lo, hi in zip([0] + bounds, bounds + [a.shape[axis]])]


def where(condition, x=None, y=None):
    condition = asarray(condition)
    if x is None:
        return nonzero(condition)
    a, b = asarray(x), asarray(y)
    shape = _common(condition.shape, a.shape, b.shape)
    data = [p if c else q for c, p, q in zip(_spread(condition, shape), _spread(a, shape), _spread(b, shape))]
    return ndarray(shape, _kind_of(data), data)


def nonzero(a):
    a = asarray(a)
    found = [i for i, x in enumerate(a._data) if x]
    return tuple(array([i // _size(a.shape[k + 1:]) % a.shape[k] for i in found], int64) for k in range(a.ndim))


def unique(ar, **options):
    return array(sorted(set(asarray(ar)._data)))


def sort(a, axis=-1):
    a = asarray(a)
    return array(sorted(a._data), a._type) if a.ndim == 1 else stack([sort(row) for row in a])


def argsort(a, axis=-1):
    a = asarray(a)
    return array(sorted(range(a.size), key=a._data.__getitem__), int64)


def searchsorted(a, v, side="left"):
    import bisect
    find = bisect.bisect_left if side == "left" else bisect.bisect_right
    return _map(lambda x: find(asarray(a)._data, x), v)


def isclose(a, b, rtol=1e-05, atol=1e-08, equal_nan=False):
    return _map2(lambda x, y: x == y or _b.abs(x - y) <= atol + rtol * _b.abs(y), a, b)


def allclose(a, b, rtol=1e-05, atol=1e-08, equal_nan=False):
    return bool(all(isclose(a, b, rtol, atol)))


def array_equal(a1, a2):
    a, b = asarray(a1), asarray(a2)
    return a.shape == b.shape and a._data == b._data


def issubdtype(arg1, arg2):
    return issubclass(_kind(arg1), _kind(arg2))


def _window(*weights):
    return lambda M: array([_b.sum(w * _math.cos(2 * pi * i * n / (M - 1)) for i, w in enumerate(weights)) if M > 1 else 1.0 for n in range(M)])


hanning, hamming, blackman = _window(0.5, -0.5), _window(0.54, -0.46), _window(0.42, -0.5, 0.08)


def convolve(a, v, mode="full"):
    a, v = asarray(a), asarray(v)
    data = [0] * (a.size + v.size - 1)
    for i, x in enumerate(a._data):
        for j, y in enumerate(v._data):
            data[i + j] = data[i + j] + x * y
    if mode == "full":
        return array(data)
    cut = _b.min(a.size, v.size) - 1
    return array(data[cut // 2:len(data) - (cut - cut // 2)] if mode == "same" else data[cut:len(data) - cut])


polymul = convolve


def polyval(p, x):
    result = 0
    for c in asarray(p)._data:
        result = result * x + c
    return result


class poly1d:
    def __init__(self, c_or_r):
        self.coeffs = atleast_1d(array(c_or_r))

    c = coef = coefficients = property(lambda self: self.coeffs)
    order = o = property(lambda self: self.coeffs.size - 1)

    def __mul__(self, other):
        return poly1d(convolve(self.coeffs, other.coeffs) if isinstance(other, poly1d) else self.coeffs * other)

    __rmul__ = __mul__

    def __pow__(self, power):
        result = poly1d([1])
        for _ in range(power):
            result = self * result
        return result

    def __call__(self, x):
        return polyval(self.coeffs, x)

    def __len__(self):
        return self.order


def isscalar(element):
    return isinstance(element, (int, float, str))


def ndim(a):
    return asarray(a).ndim


def shape(a):
    return asarray(a).shape


def size(a, axis=None):
    return asarray(a).size if axis is None else asarray(a).shape[axis]


def matmul(x1, x2):
    a, b = asarray(x1), asarray(x2)
    if a.ndim > 2 or b.ndim > 2:
        return einsum("...ij,...jk->...ik", a, b)
    rows = a.reshape(1, -1) if a.ndim == 1 else a
    columns = (b.reshape(-1, 1) if b.ndim == 1 else b).transpose()
    if rows.shape[1] != columns.shape[1]:
        raise ValueError(f"matmul: Input operand 1 has a mismatch in its core dimension 0 (size {columns.shape[1]} is different from {rows.shape[1]})")
    result = array([[_b.sum(x * y for x, y in zip(r, c)) for c in columns.tolist()] for r in rows.tolist()])
    shape = a.shape[:-1] + (b.shape[1:] if b.ndim > 1 else ())
    return result.reshape(shape) if shape else result._data[0]


def dot(a, b):
    return multiply(a, b) if not asarray(a).ndim or not asarray(b).ndim else matmul(a, b)


def _ellipsis(term, rank, count):
    """A term of einsum with its ellipsis as letters, the last of which are the same in all terms."""
    if "..." not in term:
        return term
    own = rank - len(term) + 3
    return term.replace("...", "".join(chr(0x400 + i) for i in range(count - own, count)))


def einsum(subscripts, *operands, **options):
    arrays = [asarray(o) for o in operands]
    text = subscripts.replace(" ", "")
    inputs, arrow, output = text.partition("->")
    terms = inputs.split(",")
    if len(terms) != len(arrays):
        raise ValueError(f"{'more' if len(terms) < len(arrays) else 'fewer'} operands provided to einstein sum function than specified in the subscripts string")
    count = _b.max([a.ndim - len(t) + 3 for a, t in zip(arrays, terms) if "..." in t], default=0)
    terms = [_ellipsis(t, a.ndim, count) for a, t in zip(arrays, terms)]
    sizes = {}
    for a, term in zip(arrays, terms):
        if len(term) != a.ndim:
            raise ValueError("einstein sum subscripts string contains too many subscripts for operand" if len(term) > a.ndim
                             else "operand has more dimensions than subscripts given in einstein sum, but no '...' ellipsis provided to broadcast the extra dimensions.")
        for label, n in zip(term, a.shape):
            if sizes.get(label, 1) != 1 and n not in (1, sizes[label]):
                raise ValueError(f"operands could not be broadcast together with remapped shapes [original->remapped]: {a.shape}")
            sizes[label] = _b.max(n, sizes.get(label, 1))
    if arrow:
        output = _ellipsis(output, len(output) - 3 + count, count)
    else:
        every = "".join(terms)
        output = "".join(chr(0x400 + i) for i in range(count)) + "".join(sorted(c for c in set(every) if every.count(c) == 1 and c < chr(0x400)))
    summed = [c for c in sizes if c not in output]

    def offsets(a, term, labels):
        places = [0]
        for label in labels:
            step = _b.sum(_size(a.shape[i + 1:]) for i, c in enumerate(term) if c == label and a.shape[i] != 1)
            places = [p + i * step for p in places for i in range(sizes[label])]
        return places

    outer_, inner = [offsets(a, t, output) for a, t in zip(arrays, terms)], [offsets(a, t, summed) for a, t in zip(arrays, terms)]
    data = []
    for place in zip(*outer_):
        total = 0
        for step in zip(*inner):
            product = 1
            for a, p, q in zip(arrays, place, step):
                product = product * a._data[p + q]
            total = total + product
        data.append(total)
    kind = float64 if _b.any(issubclass(a._type, float) for a in arrays) else int64
    return ndarray([sizes[c] for c in output], kind, data) if output else _number(data[0], kind)


def outer(a, b):
    return multiply(asarray(a).reshape(-1, 1), asarray(b).reshape(1, -1))


def finfo(dtype):
    return _Info(*{float32: (1.1920929e-07, 3.4028234663852886e+38, 1.1754943508222875e-38)}.get(
        _kind(dtype), (2.220446049250313e-16, 1.7976931348623157e+308, 2.2250738585072014e-308)))


def iinfo(dtype):
    bits = 8 * _kind(dtype).itemsize
    return _Info(1, 2 ** bits - 1 if _kind(dtype) is uint8 else 2 ** (bits - 1) - 1, 0)


class _Info:
    def __init__(self, eps, top, tiny):
        self.eps, self.max, self.min, self.tiny = eps, top, -top if tiny else (0 if top == 255 else -top - 1), tiny


class _Linalg:
    def norm(self, x, ord=None, axis=None, keepdims=False):
        if ord == 1:
            return sum(abs(asarray(x)), axis, keepdims=keepdims)
        if ord == inf:
            return max(abs(asarray(x)), axis, keepdims=keepdims)
        return sqrt(sum(square(asarray(x)), axis, keepdims=keepdims))


linalg = _Linalg()


def set_printoptions(**options):
    pass


def seterr(**options):
    return {}


__version__ = "1.24.2"
