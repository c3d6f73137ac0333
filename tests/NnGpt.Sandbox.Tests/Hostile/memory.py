# Memory of the evaluator: lists, strings, numbers, dictionaries, output.

#: long list -> Memory, Time
x = [0]
while True:
    x = x + x

#: list repeated -> Memory
x = [0] * 10 ** 12

#: list appended -> Memory, Time
x = []
while True:
    x.append(x)

#: list extended by itself -> Memory, Time
x = [1]
while True:
    x += x

#: list of a range -> Memory, Time
x = list(range(10 ** 12))

#: tuple repeated -> Memory
x = (1,) * 10 ** 12

#: tuple of a range -> Memory, Time
x = tuple(range(10 ** 12))

#: set of a range -> Memory, Time
x = set(range(10 ** 12))

#: dict of a range -> Memory, Time
x = {i: i for i in range(10 ** 12)}

#: dict.fromkeys -> Memory, Time
x = dict.fromkeys(range(10 ** 12))

#: long string -> Memory
x = 'a' * 10 ** 12

#: doubling string -> Memory, Time
x = 'ab'
while True:
    x += x

#: joined string -> Memory, Time
x = 'ab'
while True:
    x = ''.join([x, x, x])

#: replaced string -> Memory, Time
x = 'a' * 1000
while True:
    x = x.replace('a', 'aa')

#: formatted width -> Memory, Value
x = '%1000000000000d' % 1

#: f-string width -> Memory, Value
x = f'{1:1000000000000}'

#: f-string precision -> Memory, Value
x = f'{1.5:.1000000000f}'

#: ljust -> Memory
x = 'a'.ljust(10 ** 12)

#: center -> Memory
x = 'a'.center(10 ** 12)

#: zfill -> Memory
x = '1'.zfill(10 ** 12)

#: expandtabs
x = '\t'.expandtabs(10 ** 12)
raise SystemExit

#: bytes -> Memory, Value, Name, Type
x = bytes(10 ** 12)

#: bytearray -> Memory, Value, Name
x = bytearray(10 ** 12)

#: bytes repeated
x = b'a' * 10 ** 12
raise SystemExit

#: giant power -> Memory, Time, Value
x = 10 ** 10 ** 10

#: giant power by pow -> Memory, Time, Value
x = pow(7, 10 ** 12)

#: giant shift -> Memory, Value
x = 1 << (1 << 60)

#: shift in steps -> Memory, Time
x = 1
while True:
    x = x << 100000

#: squaring -> Memory, Time
x = 3
while True:
    x = x * x

#: factorial -> Memory, Time, Value
import math
x = math.factorial(10 ** 9)

#: comb
import math
x = math.comb(10 ** 9, 5 * 10 ** 8)
raise SystemExit

#: perm
import math
x = math.perm(10 ** 9)
raise SystemExit

#: int of a long string
x = int('9' * 10 ** 6)
raise SystemExit

#: str of a giant integer
x = str(1 << 10 ** 7)
raise SystemExit

#: hex of a giant integer
x = len(hex(1 << 10 ** 8))
raise SystemExit

#: fractions
from fractions import Fraction
Fraction(1, 3) ** 10 ** 9

#: decimal
from decimal import Decimal
Decimal(10) ** 10 ** 12

#: print flood -> Memory, Time, Contract
while True:
    print('x' * 1000)

#: print one giant line -> Memory, Contract
print('x' * 10 ** 8)

#: recursive repr -> Memory, Time
x = []
x.append(x)
while True:
    x = [x, repr(x)]

#: nested repr
x = []
for i in range(100000):
    x = [x]
repr(x)
raise SystemExit

#: nested comparison
a = []
b = []
for i in range(100000):
    a = [a]
    b = [b]
print(a == b)
raise SystemExit

#: nested hash
a = ()
for i in range(100000):
    a = (a,)
hash(a)
raise SystemExit

#: nested deepcopy
import copy
a = []
for i in range(100000):
    a = [a]
copy.deepcopy(a)
raise SystemExit

#: product -> Memory, Time
import itertools
x = list(itertools.product(range(100), repeat=50))

#: permutations -> Memory, Time
import itertools
x = list(itertools.permutations(range(100)))

#: combinations -> Memory, Time
import itertools
x = list(itertools.combinations(range(1000), 500))

#: repeat -> Memory, Time
import itertools
x = list(itertools.repeat(1))

#: count -> Memory, Time
import itertools
x = list(itertools.count())

#: tee -> Memory, Time
import itertools
a, b = itertools.tee(itertools.count())
for v in a:
    pass

#: deque -> Memory, Time
from collections import deque
x = deque(range(10 ** 12))

#: Counter -> Memory, Time
from collections import Counter
x = Counter(range(10 ** 12))

#: lru_cache -> Memory, Time
import functools
@functools.lru_cache(None)
def f(n):
    return [n] * 10000
for i in range(10 ** 12):
    f(i)

#: generator of generators -> Memory, Time, Value
def f():
    yield from f()
list(f())

#: closures -> Memory, Time
f = lambda: 0
while True:
    f = (lambda g: lambda: g)(f)

#: classes -> Memory, Time
x = []
while True:
    x.append(type('A', (), {}))

#: exception chain -> Memory, Time, Value
e = None
while True:
    n = ValueError('x' * 1000)
    n.__cause__ = e
    e = n

#: numpy.zeros -> Memory, Unsupported, Attribute, Import, Value
import numpy
x = numpy.zeros(10 ** 12)

#: numpy.tile -> Memory, Unsupported, Attribute, Import, Value
import numpy
x = numpy.tile(numpy.zeros(1000), 10 ** 10)

#: random.sample -> Memory, Time, Value
import random
x = random.sample(range(10 ** 15), 10 ** 12)

#: random.choices -> Memory, Time, Value
import random
x = random.choices([1], k=10 ** 12)

#: getrandbits
import random
x = random.getrandbits(10 ** 12)
raise SystemExit

#: module list -> Memory, Time
import torch.nn as nn
x = nn.ModuleList()
while True:
    x.append(nn.Identity())

#: re quantifier
import re
re.match('a{1000000000}', 'a' * 100)
raise SystemExit
