#: heapq bisect
import heapq, bisect
h = []
for x in [5, 1, 8, 3, 2]: heapq.heappush(h, x)
print(h, [heapq.heappop(h) for _ in range(5)])
l = [9, 4, 7, 1, 8, 2]; heapq.heapify(l); print(l, heapq.nlargest(2, l), heapq.nsmallest(2, l), heapq.heappushpop(l, 0), heapq.heapreplace(l, 100), l)
print(list(heapq.merge([1, 4], [2, 3])))
a = [1, 2, 2, 3]; print(bisect.bisect(a, 2), bisect.bisect_left(a, 2)); bisect.insort(a, 2.5); print(a)
#: statistics
import statistics as st
d = [1, 2, 3, 4, 4.5]
print(st.mean(d), st.median(d), st.mode([1, 1, 2]), st.stdev(d), st.pstdev(d), st.variance(d), st.mean([1, 2]), st.fmean(d), st.mean([1, 2, 3]), st.median([1, 2]))
try: st.mean([])
except st.StatisticsError as e: print(e)
#: fractions
from fractions import Fraction as F
print(F(3, 6), F('0.25'), F(0.5), F(1, 3) + F(1, 6), F(1, 2) * 3, 1 - F(1, 3), F(7, 2) // 1, F(-7, 2) % 2, F(1, 2) ** 2, F(1, 2) + 0.5, float(F(1, 4)), round(F(7, 2)), repr(F(1, 2)), F(1, 2) == 0.5, F(1, 2) < 1, sorted([F(1, 2), F(1, 3)]), F(22, 7).limit_denominator(5))
#: textwrap
import textwrap
print(textwrap.dedent('''
    a
      b

    c'''), textwrap.fill('the quick brown fox jumps over', 12), textwrap.indent('a\n\nb', '> '), textwrap.shorten('hello big world', 12))
#: os and path
import os, os.path
print(os.path.join('a', 'b', '/c', 'd'), os.path.basename('/x/y.z'), os.path.dirname('/x/y'), os.path.splitext('a.tar.gz'), os.path.split('/a/b/'), os.sep, os.linesep == '\n', os.name, os.path.exists('/nope'), os.path.normpath('a/../b//c/.'), os.environ.get('NOPE_X', 'd'), os.getenv('NOPE_X'), os.path.isabs('/x'), os.path.splitext('.bashrc'), os.path.relpath('/a/b', '/a/c'))
try: open('/nonexistent/file')
except FileNotFoundError as e: print(type(e).__name__, e)
try: open('/nonexistent/file', 'r')
except OSError as e: print('os', e.errno)
#: json
import json
d = {'a': [1, 2.5, None, True, 'x"\n\u00e9'], 'b': {}, 'c': [], 1: 'k', None: 2}
print(json.dumps(d), json.dumps(d, indent=2), json.dumps([1, 2], separators=(',', ':')), json.dumps({'b': 1, 'a': 2}, sort_keys=True), json.dumps('é', ensure_ascii=False))
print(json.loads('{"a": [1, 2.0, -3e2, "x\\u00e9\\n", null, true, false]}'), json.loads(' [] '), json.loads('"\\ud83d\\ude00"'))
for t in ('', '[1,]', '{"a" 1}', '[1] x', '"abc', 'nul'):
    try: json.loads(t)
    except json.JSONDecodeError as e: print(e)
try: json.dumps(object())
except TypeError as e: print(e)
#: pprint traceback
import pprint, traceback
print(pprint.pformat({'b': 1, 'a': [1, 2]}))
try: 1 / 0
except ZeroDivisionError as e: print(traceback.format_exception_only(type(e), e))
#: contextlib
import contextlib
with contextlib.ExitStack() as s:
    s.callback(print, 'bye')
    s.enter_context(contextlib.nullcontext(5))
@contextlib.contextmanager
def cm(x):
    print('in', x)
    try: yield x
    finally: print('out')
with cm(3) as v: print(v)
@cm(4)
def f(): print('body')
f()
class D(contextlib.ContextDecorator):
    def __enter__(self): print('de'); return self
    def __exit__(self, *a): print('dx')
@D()
def g(): print('g')
g()
with contextlib.suppress(KeyError): {}['x']
with contextlib.closing(type('C', (), {'close': lambda self: print('closed')})()): pass
#: functools
import functools
@functools.singledispatch
def f(x): return 'obj'
@f.register
def _(x: int): return 'int'
@f.register(list)
def _(x): return 'list'
print(f(1), f([]), f('s'), f(True), f.dispatch(int)(0), f.__name__)
class A:
    @functools.singledispatchmethod
    def m(self, x): return 'base'
    @m.register
    def _(self, x: int): return 'int'
    @functools.cached_property
    def cp(self): print('once'); return 5
    def add(self, a, b): return a + b
    inc = functools.partialmethod(add, 1)
a = A(); print(a.m(1), a.m('s'), a.cp, a.cp, a.inc(5), a.__dict__)
@functools.wraps(f)
def w(): 'doc'
print(w.__name__, w.__wrapped__ is f)
@functools.lru_cache(maxsize=2)
def sq(x): return x * x
print(sq(2), sq(2), sq(3), sq(4), sq.cache_info()); sq.cache_clear(); print(sq.cache_info(), sq.__name__, sq.__wrapped__(5), sq.cache_parameters())
print(functools.reduce(lambda a, b: a * b, range(1, 6)), functools.partial(int, base=2)('101'))
@functools.total_ordering
class V:
    def __init__(self, v): self.v = v
    def __eq__(self, o): return self.v == o.v
    def __lt__(self, o): return self.v < o.v
print(V(1) <= V(1), V(2) > V(1), V(1) >= V(2), sorted([3, 1, 2], key=functools.cmp_to_key(lambda a, b: b - a)))
#: misc imports
import sys, time, uuid, weakref, threading, queue, io, pathlib, argparse, gc, platform, timeit, glob, importlib, types, string, numbers, inspect, cmath, struct, datetime, asyncio, warnings, logging, abc, enum, secrets, hashlib, base64, pickle, csv, shutil, tempfile, collections.abc, operator, urllib.parse, zipfile, tarfile, gzip, multiprocessing, concurrent.futures
print(sys.version_info >= (3, 7), sys.maxsize, isinstance(numbers.Number, type))
#: argparse
import argparse
p = argparse.ArgumentParser(description='x')
p.add_argument('--lr', type=float, default=0.1); p.add_argument('-n', '--num-layers', type=int, default='3'); p.add_argument('--flag', action='store_true')
a = p.parse_args(['--lr', '0.5', '--flag']); print(a.lr, a.num_layers, a.flag, a)
a, rest = p.parse_known_args([]); print(vars(a), rest)
#: io and pathlib
import io, pathlib
s = io.StringIO(); s.write('a\nb'); print('x', file=s); print(repr(s.getvalue())); s.seek(0); print(s.readline(), list(s))
p = pathlib.Path('/a/b') / 'c.txt'; print(p, p.name, p.stem, p.suffix, p.parent, p.parts, p.exists(), p.with_suffix('.py'))
#: datetime
import datetime as dt
d = dt.datetime(2024, 2, 28, 23, 59, 30); print(d + dt.timedelta(days=1, seconds=45), d.isoformat(), d.strftime('%Y-%m-%d %H:%M:%S %j %a %b'), d.weekday(), dt.date(2024, 1, 1) - dt.date(2023, 1, 1), dt.timedelta(hours=5).total_seconds(), repr(dt.timedelta(1, 2)))
#: sys
import sys
print(sys.byteorder, type(sys.argv).__name__, sys.float_info.epsilon, sys.float_info.max, sys.version_info[0], sys.exc_info())
try: raise ValueError('x')
except ValueError: print(sys.exc_info()[0].__name__, sys.exc_info()[1])
sys.stdout.write('hello\n'); sys.stdout.flush(); sys.stderr.write('')
print(isinstance(sys.modules, dict), 'sys' in sys.modules, sys.getrecursionlimit() > 100)
#: inspect
import inspect
def f(a, b: int = 2, *args, c, d='x', **kw) -> int: 'doc string'
s = inspect.signature(f)
print(s, list(s.parameters), s.parameters['b'].default, s.parameters['a'].default is inspect.Parameter.empty, s.parameters['c'].kind == inspect.Parameter.KEYWORD_ONLY, s.return_annotation, s.parameters['b'].annotation, f.__doc__)
class C:
    def __init__(self, x, y=1): pass
    def m(self, z): pass
print(inspect.signature(C), inspect.signature(C().m), inspect.isclass(C), inspect.isfunction(f), inspect.ismethod(C().m), inspect.getmro(C)[0] is C, [n for n, _ in inspect.getmembers(C, inspect.isfunction)], inspect.signature(lambda x, /, y: 0))
b = s.bind(1, c=3); b.apply_defaults(); print(b.args, b.kwargs, inspect.getfullargspec(f).args, inspect.isgeneratorfunction(f), inspect.isabstract(C))
#: typing in ML code
from typing import *
import typing, types
T = TypeVar('T', bound='Base')
def f(x: Optional[int] = None, y: 'int' = 1, *, z: Callable[..., Any] = None, q: int | None = None) -> Tuple[int, ...]: ...
print(f.__annotations__)
print(get_type_hints(f))
print(Optional[int], Union[int, str, None], Union[int], List[int], Dict[str, List[int]], Tuple[int, ...], Callable[[int], str], Literal['a', 1], ClassVar[int], Final[int], Annotated[int, 'm'], Type[int], Any, Sequence[int], Iterable[T])
print(get_origin(List[int]), get_args(Dict[str, int]), get_origin(Optional[int]), get_args(Callable[[int], str]), get_origin(list[int]), List, Dict, Union, Callable, Optional)
class N(NamedTuple):
    a: int
    b: str = 'x'
    def m(self): return self.a
class TD(TypedDict, total=False):
    k: int
class P(Protocol):
    def run(self) -> int: ...
class G(Generic[T]):
    def __init__(self, v: T): self.v = v
print(N(1), N(1).m(), N._fields, N(1)._replace(b='y'), N(1)._asdict(), TD(k=1), TD.__annotations__, G[int](3).v, G[int], cast(int, 'x'), TYPE_CHECKING, NewType('UserId', int)(5))
@runtime_checkable
class R(Protocol):
    def go(self): ...
class Im:
    def go(self): pass
print(isinstance(Im(), R), isinstance(3, R), isinstance([], Sequence), isinstance(3, Hashable), isinstance({}, Mapping), isinstance(f, Callable))
print(List[int] == List[int], Optional[int] == Union[int, None], isinstance(1, (int, str)), isinstance(None, int | None), int | str)
@overload
def ov(x: int) -> int: ...
def ov(x): return x
print(ov(3), ForwardRef('X'), typing.no_type_check(f) is f, typing.Generic, typing.NoReturn)
try: P()
except TypeError as e: print(e)
try: Optional()
except TypeError as e: print(type(e).__name__)
x: Final = 3
y: 'unknown' = 4
print(__annotations__)
#: types
import types
ns = types.SimpleNamespace(a=1, b='x'); print(ns, ns.a, ns == types.SimpleNamespace(a=1, b='x')); ns.c = 3; print(vars(ns))
def f(self): return self
class A: pass
a = A(); a.m = types.MethodType(f, a); print(a.m() is a, isinstance(f, types.FunctionType), types.MappingProxyType({'a': 1})['a'], isinstance(lambda: 0, types.LambdaType), types.NoneType)
#: copy protocols
import copy
class A:
    def __init__(self, v): self.v = v
    def __deepcopy__(self, memo): r = A(copy.deepcopy(self.v, memo)); memo[id(self)] = r; return r
    def __copy__(self): return A(self.v)
x = A([1]); y = copy.deepcopy(x); z = copy.copy(x); print(y.v == x.v, y.v is x.v, z.v is x.v)
l = [1]; l.append(l); m = copy.deepcopy(l); print(m[1] is m)
class B:
    def __init__(self): self.x = [1]; self.me = self
    def __getstate__(self): return {'x': [9]}
    def __setstate__(self, s): self.__dict__.update(s); self.y = 1
b = copy.deepcopy(B()); print(b.x, hasattr(b, 'me'), b.y)
class R:
    def __init__(self, a): self.a = a
    def __reduce__(self): return (R, (self.a + 1,))
print(copy.copy(R(1)).a, copy.deepcopy({'k': (1, [2])}), copy.replace if hasattr(copy, 'nope') else '')
#: flags made of automatic ones
import enum
class Part(enum.Flag):
    STEM = enum.auto()
    SE = enum.auto()
    HEAD = enum.auto()
    NONE = 0
    ALL = STEM | SE | HEAD
    LIGHT = STEM | HEAD
class Mode(enum.IntFlag):
    R = 4
    W = 2
    RW = R | W
print(repr(Part.ALL), Part.LIGHT.value, list(Part), len(Part), Part.SE in Part.LIGHT, Part.STEM in Part.ALL, repr(Part.STEM & Part.SE), bool(Part.NONE))
print(list(Part.__members__), repr(Mode.RW), Mode.RW & ~Mode.W, Mode.R | 1 == 5, isinstance(Mode.R, int))

#: __import__
print(__import__('math').pi, __import__('os.path').path.basename('a/b'), __import__('os.path', fromlist=['join']).join('a', 'b'))
try:
    __import__('nothing_here')
except ImportError as e:
    print(type(e).__name__, e)

#: __class__ of an instance
class A:
    x = 1
class B:
    x = 2
a = A()
a.__class__ = B
print(a.x, type(a).__name__)
for other in (int, dict, 3):
    try:
        a.__class__ = other
    except TypeError:
        print('TypeError')

#: OrderedDict with attributes
from collections import OrderedDict
d = OrderedDict(a=1, b=2)
d.note = 'x'
print(d.note, hasattr(d.copy(), 'note'), d.popitem(last=False), type(d | {'c': 3}).__name__)
#: decimal
from decimal import Decimal as D, ROUND_HALF_UP, ROUND_DOWN, getcontext, localcontext, InvalidOperation, DivisionByZero
print(D('1.10') + D('2.205'), D(1) / D(3), D('1e3'), D('0.1') * 3, D(7) // D(2), D(-7) % D(3), D('2') ** 10, D(2) ** -2, D(2) ** D('0.5'), D('10').sqrt(), D('2.25').sqrt())
print(repr(D('3.14')), D(0.5), D('1.2345').quantize(D('0.01')), D('2.5').quantize(D('1'), rounding=ROUND_HALF_UP), D('2.5').quantize(D(1)), D('-2.7').quantize(D(1), ROUND_DOWN))
print(f"{D('1234.5678'):.2f} {D('1234567.891'):,.1f} {D('0.256'):.1%} {D('3'):>6} {D('2.5'):+.3f}", D('1E-7'), D('123E+5'), D('0.00001'), -D('1.5'), abs(D('-2')))
print(int(D('3.9')), float(D('2.5')), round(D('2.675'), 2), round(D('3.5')), D('1.0') == 1, D('1.5') > 1, D('0.5') == 0.5, hash(D(3)) == hash(3), sum([D('0.1')] * 3), max(D(1), D(2)), D('1.500').normalize(), D('5').as_tuple())
print(D(1).exp(), D(10).ln(), D(1000).log10(), D('2.5').to_integral_value(), D('4.5').is_zero(), D(1) + True, sorted([D(3), 1, D('2.5')]))
with localcontext() as c:
    c.prec = 5
    print(D(2) / D(3), getcontext().prec)
for f in (lambda: D('x'), lambda: D(1) / 0, lambda: D(1) + 0.5):
    try: f()
    except Exception as e: print(type(e).__name__)
#: hashlib
import hashlib
h = hashlib.sha256(b'ab'); h.update(b'c')
print(h.hexdigest(), hashlib.md5('x'.encode()).hexdigest(), hashlib.new('sha1', b'').hexdigest(), h.digest_size, h.name, h.digest()[:4], int(hashlib.sha512(b'1').hexdigest()[:8], 16), h.copy().hexdigest() == h.hexdigest())
try: hashlib.md5('x')
except TypeError as e: print(e)
#: small modules
import contextvars, errno, keyword, reprlib
v = contextvars.ContextVar('v', default=1); t = v.set(5); print(v.get()); v.reset(t); print(v.get())
print(errno.ENOENT, keyword.iskeyword('for'), reprlib.repr(list(range(100))), reprlib.repr('x' * 100))
#: what cannot be used can be imported
import unittest, calendar, difflib, pickle, struct, yaml, urllib.request, xml.etree.ElementTree as ET
class T(unittest.TestCase):
    def test(self): self.assertEqual(1, 1)
def run():
    try: struct.pack('i', 1)
    except (struct.error, pickle.PicklingError): pass
print(T.__name__)
#: percent d of what converts
class N:
    def __int__(self): return 7
print('%d %i %5d|%-4d|' % (N(), 3.9, N(), True))
for bad in ('x', float('nan'), float('inf'), None):
    try: print('%d' % bad)
    except Exception as e: print(type(e).__name__, e)
