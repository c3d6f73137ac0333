#: bytes basics
b = b'abc\x00\xff\n'
print(b, len(b), b[0], b[1:3], b + b'z', b * 2, b'b' in b, 97 in b)
print(b.hex(), b'caf\xc3\xa9'.decode(), 'é'.encode(), 'é'.encode('latin-1'), bytes([1, 2]), bytes(3), bytes('x', 'utf8'))
print(b'a b c'.split(), b'-'.join([b'x', b'y']), b'abc'.replace(b'b', b'Z'), b'abc'.upper(), rb'\n', br"\x")
print(list(b'ab'), b'a' < b'b', b'a' == 'a', hash(b'a') == hash(b'a'), {b'k': 1}[b'k'], type(b).__name__, isinstance(b, bytes))
print(b"it's", b'"', b'\'"', bytes.fromhex('0aff'), b'abc'.find(b'c'), b'aXbX'.count(b'X'), b'abc'.startswith(b'ab'))
#: bytes errors
for f in (lambda: b'a' + 'b', lambda: bytes('x'), lambda: b'\xff'.decode(), lambda: 'é'.encode('ascii'), lambda: bytes([300]), lambda: b'a'[5], lambda: 'x'.encode('nope')):
    try: f()
    except Exception as e: print(type(e).__name__, str(e)[:50])
#: complex numbers
z = 3 + 4j
print(z, abs(z), z.real, z.imag, z.conjugate(), -z, z * 2, z / 2, z ** 2, z + 1.5, 1 - z, z == 3 + 4j, z != 1, 2j * 2j == -4)
print(complex(1, 2), complex('1+2j'), complex('3'), 1j, 0j, -0j, 1e20j, complex(1.5, -2.5), bool(0j), hash(1 + 0j) == hash(1))
print(repr(complex(0, -1)), f'{1+2j:.2f}', str(1j ** 2), isinstance(1j, complex), type(1j).__name__, 1j == 1j, (1+2j) in [1+2j])
for f in (lambda: 1j < 2, lambda: 1j // 2, lambda: int(1j), lambda: float(1j), lambda: 1 / 0j, lambda: complex('x')):
    try: f()
    except Exception as e: print(type(e).__name__, e)
import cmath
print(cmath.sqrt(-1), round(cmath.phase(1j), 6), cmath.exp(0))
#: exception groups
eg = ExceptionGroup('g', [ValueError(1), TypeError('t'), ExceptionGroup('n', [KeyError('k'), ValueError(2)])])
print(eg, repr(eg), eg.message, eg.exceptions)
print(eg.split(ValueError)); print(eg.subgroup(KeyError)); print(eg.subgroup(OSError))
try:
    raise eg
except* ValueError as e: print('V', repr(e))
except* (TypeError, KeyError) as e: print('T', repr(e))
else: print('no')
finally: print('fin')
try:
    try: raise eg
    except* ValueError: pass
except ExceptionGroup as e: print('rest', repr(e))
try: raise KeyError('single')
except* KeyError as e: print(repr(e))
try:
    try: raise eg
    except* ValueError as e: raise OSError('new')
except BaseException as e: print(repr(e))
try: pass
except* ValueError: print('never')
else: print('else')
for args in ((), ('m',), ('m', []), ('m', [1]), (1, [ValueError()])):
    try: ExceptionGroup(*args)
    except Exception as e: print(type(e).__name__)
#: no mixing except
try: pass
except* A: pass
except B: pass
#: except star without type
try: pass
except*: pass
#: uncaught group
raise ExceptionGroup('msg', [ValueError('v')])
#: f-strings
x, w, d = 3.14159, 10, {'k': 'v'}
print(f'{x:.2f} {x!r} {x=} {x = :.1f} {x:{w}.3} {d["k"]} {{}} {x:>{w}}|', f"{'nested'!r:^{w+5}}", f'{1 if x else 2} {(lambda y: y)(2)}')
print(f'{x:,.2f}' f' {w:05d} {w:#x} {w:+} {w:b} {255:X} {0.5:.0%} {1e10:g} {12345678:,} {True} {None!s:>6}' ' plain ' rf'\n{w}')
print(f'''multi
{x
}line''')
print(f'{"a" "b"}', f"{x!s}", f'{w!r:>4}', f'{[i for i in range(3)]}', f'{ {1: 2}[1] }', f'{w:}', f'{"}"}', f'{3:{"0"}{4}}', f'{w:{"<"}{6}}|')
import datetime
print(f'{datetime.date(2020, 1, 2):%Y/%m/%d}')
class F:
    def __format__(self, s): return f'<{s}>'
print(f'{F():a:b}', f'{F()}', f'{F()!s:.0}' == '', '{:x{}}'.format(F(), 3))
#: f-string errors in fields
f'{a b}'
#: f-string unclosed
f'{a'
#: f-string backslash names
name = 'x'
print(f'\x41{name}\n\t|{name}\\')
#: line numbers in f-strings
a = 1
b = f"""
{a}
{a.nope}
"""
