#: math
import math
from math import sqrt, pi as PI
print(math.floor(-1.5), math.ceil(1.2), math.sqrt(16), sqrt(2), PI, math.pow(2, 3), math.log(math.e), math.log(8, 2), math.log2(8), math.log10(1000), math.exp(1), math.gcd(12, 18), math.factorial(10), math.inf, math.isnan(math.nan), math.prod([1, 2, 3]), math.hypot(3, 4), math.trunc(2.7), math.copysign(1, -0.0), math.isclose(0.1 + 0.2, 0.3), math.comb(5, 2), math.perm(5, 2), math.degrees(math.pi), math.fsum([0.1] * 10), math.lcm(4, 6), math.isqrt(17), math.modf(2.5), math.frexp(8.0), math.fmod(-7, 3), math.tanh(0.5), math.atan2(1, 1), round(math.erf(0.5), 12), math.cos(0), math.log1p(1e-10), math.floor(3), math.sin(1.0))
#: math domain
import math
math.sqrt(-1)
#: math type error
import math
math.sqrt('a')
#: math log of zero
import math
math.log(0)
#: typing names
from typing import List, Dict, Optional, Tuple, Union, Any, Callable, Sequence, Iterable, TypeVar, Generic, Type, ClassVar, Literal, NamedTuple, Protocol, cast
T = TypeVar('T')
def f(a: List[int], b: Optional[Dict[str, Any]] = None, c: Tuple[int, ...] = (), d: Callable[[int], str] = str, e: Union[int, str] = 1, g: Literal['a'] = 'a') -> Sequence[T]: return [a]
class Box(Generic[T]):
    def __init__(self, v: T): self.v = v
class P(Protocol):
    def m(self) -> int: ...
print(f([1]), Box(3).v, Box[int](4).v, cast(int, 'x'), isinstance([], List))
#: builtin generics and unions
def f(a: list[int], b: dict[str, int] | None = None, c: int | str = 1): return a
print(f([1]), list[int], dict[str, int], int | None, isinstance(1, int | None))
#: NamedTuple
from typing import NamedTuple
class P(NamedTuple):
    x: int
    y: int = 5
    def s(self): return self.x + self.y
p = P(1); print(p, p.x, p[1], p.s(), p._asdict(), p._replace(x=9), P._fields, p == (1, 5), *p)
P()
#: namedtuple
from collections import namedtuple
Q = namedtuple('Q', 'a b c', defaults=[3]); R = namedtuple('R', ['x'])
q = Q(1, b=2); a, b, c = q
print(q, q.c, Q._make([7, 8, 9]), R(1), len(q), isinstance(q, tuple), c, q._fields)
q.a = 5
#: functools
import functools
from functools import partial, reduce, wraps, lru_cache, cached_property
def add(a, b, c=0): return a + b + c
p = partial(add, 1, c=10); print(p(2), reduce(add, [1, 2, 3]), reduce(add, [], 5), p.args, p.keywords)
def deco(f):
    @wraps(f)
    def w(*a): return f(*a)
    return w
@deco
def named(): 'doc'
print(named.__name__, named.__doc__)
calls = []
@lru_cache(maxsize=None)
def fib(n): calls.append(n); return n if n < 2 else fib(n - 1) + fib(n - 2)
print(fib(20), len(calls), fib.cache_info())
class A:
    @cached_property
    def v(self): calls.append('v'); return 7
    @lru_cache
    def m(self, x): return x * 2
a = A(); print(a.v, a.v, calls.count('v'), a.m(4), functools.cache(lambda x: x + 1)(2))
@functools.total_ordering
class O:
    def __init__(self, n): self.n = n
    def __eq__(self, o): return self.n == o.n
    def __lt__(self, o): return self.n < o.n
print(O(1) <= O(1), O(2) > O(1), O(1) >= O(2), sorted([3, 1], key=functools.cmp_to_key(lambda a, b: a - b)))
#: itertools
from itertools import chain, product, permutations, combinations, count, cycle, repeat, islice, accumulate, zip_longest, groupby, takewhile, dropwhile, starmap, tee, compress, filterfalse, pairwise
import itertools
print(list(chain([1], 'a')), list(chain.from_iterable([[1], [2]])), list(product('ab', [1, 2])), list(product([0, 1], repeat=2)), list(permutations([1, 2, 3], 2)), list(combinations('abc', 2)), list(islice(count(5, 2), 3)), list(islice(cycle('ab'), 5)), list(repeat(1, 3)), list(accumulate([1, 2, 3])), list(zip_longest([1, 2], 'a', fillvalue='-')), [(k, list(g)) for k, g in groupby('aabc')], list(takewhile(lambda x: x < 3, [1, 2, 3, 1])), list(dropwhile(lambda x: x < 3, [1, 2, 3, 1])), list(starmap(pow, [(2, 3)])), list(compress('abc', [1, 0, 1])), list(filterfalse(None, [0, 1])), list(pairwise([1, 2, 3])), list(islice('abcdef', 1, 5, 2)), list(itertools.combinations_with_replacement('ab', 2)), [list(t) for t in tee([1, 2])])
#: collections
from collections import OrderedDict, defaultdict, deque, Counter
o = OrderedDict([('a', 1), ('b', 2)]); o.move_to_end('a'); o['c'] = 3
print(o, list(o), o.popitem(last=False), o == {'a': 1, 'c': 3}, OrderedDict(a=1) == OrderedDict(a=1))
d = defaultdict(list); d['x'].append(1); d['y']; print(d, dict(d), d.get('z'), 'z' in d, defaultdict(int, a=1)['q'])
q = deque([1, 2, 3], maxlen=3); q.append(4); q.appendleft(0); q.rotate(1); print(q, q[0], len(q), q.pop(), q.popleft(), list(q), 3 in q, q.maxlen)
c = Counter('hello'); c.update('l'); print(c.most_common(2), c['z'], sum(c.values()), Counter(a=1) + Counter(a=2, b=1), Counter([1, 1, 2]), sorted(c.elements()))
#: pop from an empty deque
from collections import deque
deque().pop()
#: ordered dict subclass
from collections import OrderedDict
class M(OrderedDict):
    def __setitem__(self, k, v): super().__setitem__(k, v + 1)
m = M(); m['a'] = 1; print(m, m['a'])
#: copy
import copy
class A:
    def __init__(self): self.l = [1]
a = A(); b = copy.copy(a); c = copy.deepcopy(a); a.l.append(2)
print(b.l, c.l, copy.deepcopy({'k': [1, (2, [3])]}), type(c).__name__)
l = [1]; l.append(l); m = copy.deepcopy(l); print(m[1] is m, m is l)
class D:
    def __deepcopy__(self, memo): return 'custom'
print(copy.deepcopy([D()]))
#: random equals CPython
import random
random.seed(42)
print(random.random(), random.randint(1, 100), random.choice('abcdef'), random.uniform(1, 2), random.sample(range(100), 5), random.gauss(0, 1), random.randrange(0, 50, 5), random.choices([1, 2, 3], k=4), random.choices('ab', weights=[1, 9], k=5), random.getrandbits(40), random.normalvariate(0, 1), random.expovariate(2))
l = list(range(10)); random.shuffle(l); print(l)
r = random.Random(7); print(r.random(), r.randint(0, 9), r.sample(list(range(1000)), 3))
random.seed('text'); print(random.random()); random.seed(2 ** 70); print(random.random(), random.randint(0, 2 ** 80))
#: enum
from enum import Enum, IntEnum, auto, unique, Flag
class C(Enum):
    RED = 1
    GREEN = 'g'
    CRIMSON = 1
    def hot(self): return self is C.RED
    @classmethod
    def default(cls): return cls.GREEN
class N(IntEnum):
    A = auto()
    B = auto()
print(C.RED, repr(C.RED), C.RED.name, C.RED.value, C(1), C['GREEN'], list(C), C.CRIMSON is C.RED, C.RED.hot(), C.default(), len(C), C.RED == C.RED, C.RED in C, {C.RED: 1}[C.RED], isinstance(C.RED, C), type(C.RED).__name__)
print(N.A + 1, N.B > N.A, N(2), repr(N.B), f'{N.A}', N.A == 1, sorted(N), [10, 20, 30][N.B], [m.value for m in N], C.__members__.keys())
class S(str, Enum):
    X = 'x'
    Y = 'y'
print(S.X == 'x', S.X.value, repr(S('y')), S.X.upper(), str(S.X), {'x': 1}[S.X])
class Pl(Enum):
    E = (1, 2)
    F = (3, 4)
    def __init__(self, a, b): self.a = a; self.b = b
    @property
    def total(self): return self.a + self.b
print(Pl.E.total, Pl.F.a, Pl.E.value)
class Fl(Flag):
    R = auto()
    W = auto()
    X = auto()
print((Fl.R | Fl.X).value, Fl.R in (Fl.R | Fl.W), bool(Fl.R & Fl.W), Fl.X.value)
Kind = Enum('Kind', 'CAT DOG'); print(Kind.DOG, list(Kind))
C(99)
#: enum key error
from enum import Enum
class C(Enum): A = 1
C['B']
#: enum extension
from enum import Enum
class C(Enum): A = 1
class D(C): B = 2
#: dataclasses
from dataclasses import dataclass, field, asdict, astuple, replace, fields, is_dataclass
from typing import List, ClassVar
@dataclass
class A:
    x: int
    y: float = 1.5
    z: List[int] = field(default_factory=list)
    n: ClassVar[int] = 7
    hidden: str = field(default='h', repr=False, compare=False)
    def total(self): return self.x + self.y
    def __post_init__(self): self.w = self.x * 2
a = A(1); b = A(1, z=[]); a2 = A(2, 3, [4])
print(a, a == b, a != a2, a.w, a.total(), asdict(a2), astuple(a2), replace(a, x=5), [f.name for f in fields(a)], is_dataclass(A), A.n, a.z is b.z)
@dataclass(frozen=True, order=True)
class P:
    x: int = 0
    y: int = 0
print(sorted([P(2, 1), P(1, 5)]), hash(P(1, 2)) == hash(P(1, 2)), P(1) < P(2), {P(): 1}[P(0, 0)])
@dataclass
class B(A):
    extra: int = 3
print(B(1), B(1, extra=9).extra)
@dataclass(kw_only=True)
class K:
    a: int
    b: int = 2
print(K(a=1))
P(1).x = 5
#: dataclass missing argument
from dataclasses import dataclass
@dataclass
class A:
    x: int
    y: int
A(1)
#: dataclass mutable default
from dataclasses import dataclass
@dataclass
class A:
    x: list = []
#: dataclass default order
from dataclasses import dataclass
@dataclass
class A:
    x: int = 1
    y: int
#: contextlib
from contextlib import contextmanager, nullcontext, suppress
@contextmanager
def cm(x):
    print('enter', x)
    try: yield x * 2
    except ValueError as e: print('caught', e)
    finally: print('exit')
with cm(3) as v: print(v)
with cm(1): raise ValueError('inside')
with nullcontext(5) as n, suppress(KeyError): print(n); {}['a']
print('after')
#: operator
import operator
print(operator.add(1, 2), operator.itemgetter(1)([5, 6]), operator.attrgetter('real')(3), operator.mul(3, 4), operator.itemgetter('a', 'b')({'a': 1, 'b': 2}), operator.methodcaller('upper')('x'), sorted([(2, 'a'), (1, 'b')], key=operator.itemgetter(0)), operator.not_(0), operator.contains([1], 1))
#: re
import re
m = re.match(r'(\w+)-(\d+)', 'abc-12 rest')
print(m.group(0), m.group(1), m.groups(), m.start(2), m.span(), re.search(r'\d', 'abc'), re.findall(r'\d+', 'a1b22'), re.findall(r'(a)(b)?', 'aab'), re.sub(r'\d', '#', 'a1b2'), re.sub(r'(\w)(\d)', r'\2\1', 'a1b2'), re.split(r'[,;]', 'a,b;c'), bool(re.fullmatch(r'a+', 'aaa')), re.compile(r'(?P<n>x+)', re.I).search('aXX').groupdict(), re.sub('x', lambda m: m.group().upper(), 'axb'), re.escape('a.b'), [x.group() for x in re.finditer('[ab]', 'xaby')], re.subn('a', 'b', 'aa'))
#: warnings and logging are quiet
import warnings, logging
warnings.warn('nothing', UserWarning)
warnings.filterwarnings('ignore')
with warnings.catch_warnings(): warnings.simplefilter('ignore')
log = logging.getLogger(__name__); log.debug('x %s', 1); log.setLevel(logging.ERROR)
print(log.name, logging.INFO)
#: sys
import sys
print(sys.version_info >= (3, 8), sys.maxsize, sys.version_info.major, sys.version_info[0])
#: types
import types
ns = types.SimpleNamespace(a=1, b='x'); ns.c = 3; print(ns, ns.a, ns == types.SimpleNamespace(a=1, b='x', c=3))
class A: pass
a = A(); a.m = types.MethodType(lambda self, x: (self is a, x), a); print(a.m(2), isinstance(lambda: 0, types.FunctionType))
#: imports in several forms
import math as m, collections.abc
from math import (sin, cos,)
from collections import *
import collections.abc as cabc
print(m.pi, isinstance([], cabc.Sequence), isinstance({}, collections.abc.Mapping), isinstance(5, cabc.Iterable), OrderedDict.__name__, isinstance(len, cabc.Callable))
#: unknown module in try
try:
    import nonexistent_thing
    ok = True
except ImportError as e:
    ok = False; print(e, type(e).__name__)
try:
    from math import not_there
except ImportError as e:
    print(str(e)[:38])
#: unknown module
import nonexistent_thing.sub
#: import inside a function is lazy
def f():
    import nonexistent_thing
print('fine')
f()
#: module attribute missing
import math
math.nothing
#: modules as values
import math
f = math.floor
print(f(2.5), math.__name__, getattr(math, 'pi') == math.pi, hasattr(math, 'zzz'))
#: numbers and inspect
import numbers, inspect
print(isinstance(1, numbers.Number), isinstance(1.5, numbers.Integral), isinstance(1.5, numbers.Real), list(inspect.signature(lambda a, b=1: 0).parameters), inspect.isclass(int))
