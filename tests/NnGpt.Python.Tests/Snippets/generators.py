#: yield as expression anywhere
def g():
    x = [1, (yield 'a'), (yield 'b') + 1]
    print(x)
    y = f((yield 'c'), k=(yield 'd'))
    print(y)
    z = (yield 'e') if (yield 'cond') else (yield 'f')
    print(z)
    return 'done'
def f(a, k): return (a, k)
it = g()
sent = [None, 1, 2, 3, 4, True, 'E']
try:
    for s in sent: print(it.send(s))
    it.send('last')
except StopIteration as e: print(e.value)

#: order of evaluation around yields
log = []
def note(x): log.append(x); return x
def g():
    r = note('a') + (yield note('b')) + note('c')
    log.append(r)
    d = {note('k'): (yield note('v')), note('k2'): 5}
    log.append(d)
    r = note([1, 2])[(yield note('idx'))]
    log.append(r)
it = g()
next(it); it.send('-'); it.send(7)
try: it.send(1)
except StopIteration: pass
print(log)

#: short circuit with yields
def g():
    print('and', 0 and (yield 1))
    print('or', 1 or (yield 2))
    print('and2', 1 and (yield 3))
    print('or2', 0 or (yield 4) or 'z')
    print('chain', 1 < (yield 5) < (yield 6))
    print('chain2', 9 < (yield 7) < (yield 8))
it = g()
v = next(it)
try:
    while True:
        print('got', v)
        v = it.send(v if v != 4 else 0)
except StopIteration: print('end')

#: conditional only one branch yields
def g(c):
    x = (yield 'then') if c else 'no'
    yield x
print(list(g(True)), list(g(False)))

#: augmented assignment with yield
def g():
    x = 1
    x += yield 'x'
    d = {'k': 5}
    d['k'] -= yield 'd'
    class C: pass
    c = C(); c.v = 2
    c.v *= yield 'c'
    yield x, d, c.v
it = g()
next(it); it.send(10); it.send(1); print(it.send(4))

#: augmented assignment reads the old value first
total = 1
def g():
    global total
    total += yield
it = g(); next(it); total = 100
try: it.send(5)
except StopIteration: pass
print(total)

#: yield in subscript store and fstring
def g():
    a = [0, 0, 0]
    a[(yield 'i')] = (yield 'v')
    s = f"{(yield 's')!r:>{(yield 'w')}}|"
    yield a, s
it = g()
next(it); print(it.send(9)); print(it.send(1)); it.send('q'); print(it.send(6))

#: yield in star and keyword arguments
def f(*a, **k): return a, k
def g():
    r = f(1, *(yield 'args'), x=2, **(yield 'kw'))
    yield r
    yield [*(yield 'l'), 5], {**(yield 'd')}
it = g()
next(it); it.send([7, 8]); print(it.send({'z': 3})); next(it); it.send([1]); print(it.send({'q': 1}))

#: yield in lambda and default
def g():
    f = lambda x=(yield 'default'): x
    yield f()
it = g(); print(next(it)); print(it.send(42))
h = lambda: (yield 5)
print(list(h()))

#: yield from with send throw and return
def inner():
    try:
        while True:
            x = yield
            print('inner got', x)
            if x == 'stop': return 'result'
    except ValueError as e:
        print('inner caught', e)
        yield 'recovered'
        return 'after'
def outer():
    r = yield from inner()
    print('outer got', r)
    yield 'end'
o = outer(); next(o); o.send(1); print(o.send('stop'))
o = outer(); next(o); print(o.throw(ValueError('bad'))); print(next(o))

#: yield from a custom iterator with send and throw
class It:
    def __init__(self): self.n = 0
    def __iter__(self): return self
    def __next__(self): self.n += 1; return self.n
    def send(self, v): print('send', v); return v * 2
    def throw(self, t, v=None, tb=None): print('throw', repr(t)); raise StopIteration('thrown')
    def close(self): print('close')
def g():
    print('result', (yield from It()))
    yield 'after'
i = g(); print(next(i), next(i), i.send(21)); print(i.throw(KeyError('k')))
i = g(); next(i); i.close()

#: yield from a list cannot take send
def g(): yield from [1, 2, 3]
i = g(); print(next(i)); i.send(5)

#: send to a just started generator
def g(): yield 1
g().send(1)

#: generator close runs finally
def g():
    try:
        yield 1
        yield 2
    finally: print('cleanup')
i = g(); next(i); i.close(); i.close(); print(list(i))

#: generator ignoring exit
def g():
    try: yield 1
    except GeneratorExit: yield 2
i = g(); next(i); i.close()

#: generator exit with return
def g():
    try: yield 1
    except GeneratorExit:
        print('exit')
        return 5
i = g(); next(i); i.close(); print('ok')

#: throw into finished and unstarted
def g():
    yield 1
i = g()
try: i.throw(ValueError('early'))
except ValueError as e: print('got', e)
print(list(i))
i = g(); list(i)
try: i.throw(KeyError('late'))
except KeyError as e: print('late', e)

#: stopiteration inside generator
def g():
    yield 1
    raise StopIteration('x')
i = g(); next(i)
try: next(i)
except RuntimeError as e: print(e, repr(e.__cause__))

#: return value in StopIteration only once
def g():
    return 5
    yield
i = g()
for k in range(2):
    try: next(i)
    except StopIteration as e: print(e.value, e.args)

#: generator in try except else finally
def g():
    for v in range(3):
        try:
            r = yield v
            if r: raise r
        except ValueError as e: print('caught', e)
        else: print('else')
        finally: print('finally', v)
i = g(); print(next(i)); print(next(i)); print(i.throw(ValueError('t'))); print(list(i))

#: nested functions and exception context in generators
def g():
    try: 1 / 0
    except ZeroDivisionError:
        yield 1
        try: raise KeyError('k')
        except KeyError as e: print(type(e.__context__).__name__)
        yield 2
        raise
i = g()
try: raise ValueError('outer')
except ValueError: next(i)
next(i)
try: next(i)
except ZeroDivisionError as e: print('again', e)

#: generator with with
class C:
    def __enter__(self): print('enter'); return 7
    def __exit__(self, t, v, tb): print('exit', t and t.__name__); return t is KeyError
def g():
    with C() as x, C():
        yield x
        yield x + 1
    yield 'after'
i = g(); print(next(i), next(i), next(i))
i = g(); next(i); print(i.throw(KeyError('s')))
i = g(); next(i); i.close()

#: loops with else and break in generators
def g(n):
    for i in range(n):
        if i == 2: break
        yield i
    else: yield 'for-else'
    while n:
        n -= 1
        if n == 1: continue
        yield -n
    else: yield 'while-else'
print(list(g(2)), list(g(4)))

#: match in a generator
def g(x):
    match x:
        case [a, b] if (yield a): yield 'two', a, b
        case [a, *r]: yield 'rest', r
        case _: yield 'other'
i = g([1, 2]); print(next(i), i.send(True))
i = g([1, 2]); print(next(i), i.send(False))
print(list(g(5)))

#: generator expression laziness and scopes
log = []
def f(x): log.append(x); return x
ge = (f(i) for i in range(3) if f(i * 10) >= 0)
print(log); next(ge); print(log); print(list(ge)); print(log)
try: (x for x in 5)
except TypeError as e: print(e)
n = 3
ge = (n * i for i in range(n)); n = 10
print(list(ge))

#: generator attributes
def gen(): yield
i = gen()
print(type(i).__name__, i.__name__, i.__qualname__, iter(i) is i)
print(next(i, 'default'), next(i, 'default'))

#: already executing
def g():
    try: next(me)
    except ValueError as e: yield str(e)
me = g(); print(next(me))

#: recursion with yield from
def tree(n):
    if n:
        yield from tree(n - 1)
        yield n
        yield from tree(n - 1)
print(list(tree(4)))
def flat(x):
    for i in x:
        if isinstance(i, list): yield from flat(i)
        else: yield i
print(list(flat([1, [2, [3, [4]], 5]])))

#: coroutines
import asyncio
async def add(a, b):
    await asyncio.sleep(0)
    return a + b
class CM:
    async def __aenter__(self): return 'cm'
    async def __aexit__(self, t, v, tb): print('aexit', t); return True
class AI:
    def __init__(self): self.n = 0
    def __aiter__(self): return self
    async def __anext__(self):
        self.n += 1
        if self.n > 3: raise StopAsyncIteration
        return self.n
async def main():
    print(await add(1, 2) + await add(3, 4))
    async with CM() as c:
        print(c)
        raise ValueError
    async for x in AI(): print(x)
    else: print('else')
    return [await add(i, i) for i in ()] or 'end'
print(asyncio.run(main()))

#: awaiting what cannot be awaited
async def f(): await 5
try: f().send(None)
except TypeError as e: print(e)

#: await outside async
def f():
    await x

#: yield outside function
yield 1

#: yield inside comprehension
def f(): return [(yield x) for x in y]
