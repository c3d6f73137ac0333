#: numbers
print(7 // 2, -7 // 2, 7 % -3, -7 % 3, 7.5 // 2, -7.5 % 2, 2 ** 10, 2 ** -1, 2 ** 0.5, 10 / 4, 1e3, 1_000, 0x1f, 0b101, 0o17, 1.5e-7)
#: floats print shortest
print(0.1, 1e16, 1e15, 123456789012345.0, 1e-5, 0.0001, 1.0, -0.0, 1/3, 2e300*1e10, float('nan'), 5e-324, 1.7976931348623157e308)
#: big ints
print(2 ** 100, 10 ** 20 // 3, -(2 ** 70) % 7, (1 << 65) >> 60, 2 ** 64 - 1 & 0xff, 12345678901234567890 * 98765432109876543210, 3 ** 50 == 717897987691852588770249, hash(2 ** 61 - 1), (2**70) / (2**69))
#: int and float conversions
print(int('42'), int(' -7 '), int(3.9), int(-3.9), int('ff', 16), int('0x1f', 0), int(True), float('1.5'), float('inf'), float(3), bool(''), str(1.0), int('1_000'))
#: int of bad string
int('abc')
#: float of bad string
float('x1')
#: int of None
int(None)
#: rounding
print(round(2.5), round(3.5), round(2.675, 2), round(1234, -2), round(-0.5), round(1.15, 1), round(5), abs(-3), abs(-2.5), divmod(17, 5), divmod(-7, 2), divmod(7.5, 2), pow(2, 10, 1000), max(1, 2.5), min([3, 1]), sum([0.1] * 3), sum([[1], [2]], []))
#: division by zero
1 // 0
#: modulo by zero
1 % 0
#: float division by zero
1.0 / 0
#: bool arithmetic
print(True + True, True & False, True | False, True ^ True, ~5, -True, True == 1, 3 - True, isinstance(True & 1, bool))
#: base conversions and chr
print(bin(10), hex(255), oct(8), chr(97), ord('z'), bin(-5), (255).bit_length(), (3).real, 1.5.is_integer(), (2.0).is_integer())
#: range
r = range(1, 10, 3)
print(r, list(r), len(r), r[1], r[-1], 4 in r, 5 in r, list(range(5, 0, -2)), r[0:2], list(reversed(range(3))), range(0) == range(2, 2), r.start, r.index(7), bool(range(0)))
#: range errors
range(1, 2, 0)
#: range needs ints
range(1.5)
#: enumerate zip map reversed
print(list(enumerate('ab', 1)), list(zip([1, 2], 'ab', (True, False))), list(map(str, [1, 2])), list(reversed([1, 2])), dict(zip('ab', [1, 2])), list(zip()))
for i, (a, b) in enumerate(zip([1, 2], [3, 4])): print(i, a, b)
#: zip strict
list(zip([1, 2], [1], strict=True))
#: min and max
print(max([1, 5, 3], key=lambda x: -x), min('b', 'a'), max([], default=0), max((1, 2), (1, 3)))
max([])
#: any all next iter
print(any([0, 1]), all([1, 0]), next(iter([5])), next(iter([]), 'd'), list(iter(lambda c=iter([1, 2, 0, 3]): next(c), 0)))
next(iter([]))
#: next of a list
next([1])
#: sorted is stable and compares by less
print(sorted([3, 1, 2]), sorted('hello'), sorted([(1, 'b'), (1, 'a')], key=lambda t: t[0]), sorted([1, 2, 3], reverse=True), sorted({3: 1, 1: 2}))
sorted([1, 'a'])
#: len of int
len(5)
#: iterate an int
for x in 5: pass
#: subscript an int
x = 5; x[0]
#: item assignment on tuple
t = (1, 2); t[0] = 1
#: getattr forms
class A: x = 1
print(getattr(A, 'x'), getattr(A, 'y', None), hasattr(A(), 'x'), callable(A), callable(1), callable(len))
getattr(A, 'y')
#: isinstance on several
print(isinstance([], (list, tuple)), isinstance('a', str), isinstance(1.0, int), type(1) == int, type([]) is list, type(lambda: 0).__name__, type(len).__name__, type(range(1)).__name__)
#: print separators
print(1, 2, sep='-', end='!\n'); print(); print('a', None, True, 1.5, [1, 'x'], ('t',), {'k': 'v'}, {1}, set(), frozenset([1]))
#: eval is absent
try: eval
except NameError as e: print('absent') if False else None
#: hash of equal numbers
print(hash(1) == hash(1.0) == hash(True), hash(-1), hash(0.5), hash(1e20), hash((1, 2, 3)), hash(2**61), hash(float('inf')), {1: 'a', 1.0: 'b', True: 'c'})
#: unhashable key
{[]: 1}
#: id and is
a = []; b = a; print(a is b, id(a) == id(b), a is not [])
#: format function
print(format(3.14159, '.2f'), format('x', '>4'), format(1234567, ','), format(255, '#x'), format(5, '08b'))
#: divmod and complex chains
print([divmod(a, b) for a in (7, -7) for b in (2, -2)], [a // b for a in (7.0, -7.0) for b in (2, -2)], [a % b for a in (7.5, -7.5) for b in (2, -2)])
#: string multiplication of bad type
'a' * 1.5
#: add str and int
'a' + 1
#: add int and str
1 + 'a'
#: list plus tuple
[1] + (2,)
#: list indices must be integers
[1, 2]['a']
#: index out of range
[1, 2][5]
#: tuple index out of range
(1,)[3]
#: key error
{'a': 1}['b']
#: pop from empty list
[].pop()
#: list operations
l = [3, 1, 2]
l.append(4); l.extend([5, 6]); l.insert(0, 0); l.remove(3); print(l, l.pop(), l.pop(0), l.index(2), l.count(1), l[::-1], l[1:3], l[-2:], l * 2, 2 in l)
l.sort(reverse=True); print(l); l.reverse(); print(l); l.clear(); print(l, [1] + [2], [1, 2] == [1, 2], [1, 2] < [1, 3], [[0] * 2 for _ in range(2)])
l = list(range(10)); l[2:5] = ['a']; del l[::2]; l[0:0] = [9, 9]; print(l); l[::2] = [0] * len(l[::2]); print(l)
#: extended slice size
l = [1, 2, 3]; l[::2] = [1]
#: list remove missing
[1].remove(2)
#: list index missing
[1].index(2)
#: tuple operations
t = (1, 2, 3); print(t + (4,), t * 2, t[1:], t.index(2), t.count(1), len(t), t < (1, 3), (1,), (), tuple('ab'), t[::-1], 3 in t, hash(t) == hash((1, 2, 3)))
#: dict operations
d = {'a': 1, 'b': 2}
d['c'] = 3; d.update({'a': 9}, z=5); print(d, d.get('q'), d.get('q', 0), d.pop('b'), d.pop('nope', None), 'a' in d, list(d), list(d.items()), list(d.values()), d.keys(), len(d))
print(d.setdefault('n', []), d.popitem(), {**d, 'x': 1}, d | {'y': 2}, dict(a=1), dict([('k', 'v')]), dict.fromkeys('ab', 0), {k: v for k, v in d.items() if v > 4}, d == {'a': 9, 'c': 3, 'z': 5}, list(reversed(d)))
del d['a']; print(d, d.copy(), sorted(d), max(d, key=d.get)); d.clear(); print(d)
#: dict order after deletion and reinsertion
d = {1: 1, 2: 2, 3: 3}; del d[1]; d[1] = 4; d[2] = 9; print(d)
#: dict changed during iteration
d = {1: 1}
for k in d: d[k + 1] = 1
#: dict keys set algebra
print({'a': 1, 'b': 2}.keys() & {'a'}, {'a': 1}.keys() | {'b'} >= {'a'}, {'a': 1}.items() == {('a', 1)}, 'a' in {'a': 1}.keys())
#: dict pop missing
{}.pop('a')
#: dict update from bad sequence
dict([1, 2])
#: set operations
s = {1, 2, 3}; s.add(4); s.discard(9); s.remove(1); print(s, s | {9}, s & {2, 3}, s - {2}, s ^ {2, 10}, {2} <= s, s.issubset({2, 3, 4, 5}), s.isdisjoint({8}), s.union([7], [8]), len(s), 2 in s, set('aab') == {'a', 'b'}, frozenset([1]) == {1})
s.update([5]); s.intersection_update([2, 5]); print(s, s.copy(), sorted(s), {frozenset([1])})
#: set order of ints
print({5, 3, 1, 100, 64, 8, 9}, set(range(20, 0, -3)), {-1, -2, 0, 33, 65, 97}, {1.5, 2, 3.0}, set([1000, 17, 42, 5]))
#: set remove missing
{1}.remove(2)
#: unhashable in set
{[1]}
#: slices with objects
l = list(range(10)); print(l[2:8:3], l[::-2], l[-3:], l[:-3], l[100:], l[5:2], l[slice(1, 3)], slice(1, 2), slice(None, 5).indices(3))
#: nested data printing
print({'a': [1, (2, 3)], 'b': {'c': {1}}, 'd': None}, [[], {}, ()], ['a\n', "it's", 'q"q', "b'o\"th", '\t\\'])
l = [1]; l.append(l); print(l); d = {}; d['d'] = d; print(d)
#: builtin exceptions hierarchy
print(issubclass(KeyError, LookupError), issubclass(ModuleNotFoundError, ImportError), issubclass(NotImplementedError, RuntimeError), issubclass(UnboundLocalError, NameError), issubclass(RecursionError, RuntimeError), KeyError('a'), ValueError(1, 2), repr(ValueError('x')), ValueError('a').args)
#: super old tests of numbers
print(3 .__add__(4), (5).__mul__(2), 'a'.__add__('b'), [1].__len__(), int.__add__(1, 2), str.upper('x'), list.append.__name__)
#: dict subclass init and iteration
class Cfg(dict):
    def __init__(self, *a, **k):
        super().__init__(*a, **k)
        self.__dict__ = self if False else self.__dict__
c = Cfg(a=1, b=2); c['c'] = 3; print(c, list(c), {**c}, c == {'a': 1, 'b': 2, 'c': 3}, len(c), isinstance(c, dict))
def f(**k): return k
print(f(**c))
#: type checks of None
print(None == None, None != 0, not None, [None] * 2, type(None)())
