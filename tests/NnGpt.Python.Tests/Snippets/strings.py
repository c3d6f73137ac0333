#: escapes and prefixes
print('a\tb\\n\x41\u00e9', r'\d', 'a' 'b' "c", '''x
y''', "it's", 'line\
cont')
#: methods of case
print('abC'.upper(), 'ABc'.lower(), 'hello world'.title(), 'hello'.capitalize(), 'aB'.swapcase(), 'abc'.isalpha(), '12'.isdigit(), ' '.isspace(), 'a1'.isalnum(), 'Ab'.islower(), 'AB'.isupper(), 'x_1'.isidentifier())
#: search
s = 'hello world'
print(s.find('o'), s.rfind('o'), s.find('z'), s.index('w'), s.count('l'), s.startswith('he'), s.endswith(('x', 'ld')), 'wor' in s, s.replace('l', 'L'), s.replace('l', 'L', 2), s.find('o', 5), s.startswith('wor', 6), 'aaa'.replace('', '-'))
#: index missing
'abc'.index('z')
#: split and join
print('a,b,,c'.split(','), ' a  b '.split(), 'a b c'.split(' ', 1), 'a.b.c'.rsplit('.', 1), 'a\nb\r\nc'.splitlines(), '-'.join(['x', 'y']), 'k=v=w'.partition('='), 'k=v=w'.rpartition('='), ''.split(), ''.split(','), 'abc'.partition('z'))
#: join of non-strings
','.join([1, 2])
#: strip and pad
print('  x '.strip() + '|', 'xxaxx'.strip('x'), 'abc'.lstrip('a'), 'abc'.rstrip('c'), 'a'.ljust(3, '.') + '|', 'a'.rjust(3) + '|', 'a'.center(4, '*'), 'ab'.center(5, '*'), '7'.zfill(3), '-7'.zfill(4), 'pre_x'.removeprefix('pre_'), 'x.py'.removesuffix('.py'), 'a\tb'.expandtabs(4))
#: indexing and slicing
s = 'python'; print(s[0], s[-1], s[1:3], s[::-1], s[::2], s[10:], len(s), s * 2, [c for c in s], s < 'q', 'a' < 'B', sorted(s), max(s), list(reversed(s)))
#: index out of range
'abc'[5]
#: item assignment
s = 'abc'; s[0] = 'x'
#: unicode
s = 'héllo ☃ 🎉'; print(len(s), s[-1], s.upper(), s[::-1], [ord(c) for c in s[-3:]], 'ß'.upper(), 'é' in s)
#: f-strings
x = 3.14159; n = 42; name = 'w'; d = {'k': 1}
print(f'{x:.2f} {n:5d}| {n:<5}| {n:^5}| {n:05} {name!r} {name:>3} {n:x} {n:#b} {x:e} {x:g} {1e10:g} {n:,} {1234567.891:,.2f} {0.25:%} {0.256:.1%}', f"{d['k']} {n + 1} {'a' if n else 'b'} {[i for i in range(2)]} {{}}", f'{n=} {x = :.1f} {name=!s}', f'{n:{5}d} {x:{6}.{2}f}', f'{lambda_ if False else 1}', f'a' 'b' f'{n}')
#: f-string nesting and multi-line
v = [1, 2]
print(f'''{
  v[0]
} and {f"{v[1]}{f'{3}'}"}''', f'{"a" "b"}', f"{'nested ' + str({'a': 1}['a'])}", f'{(lambda q: q * 2)(3)}', f'{v!s:>8}|', f'{None}', f'{True:d}', f'{"":5}|', f"{'x':*^5}")
#: f-string format errors
f'{"a":d}'
#: f-string int with s format
f'{3:s}'
#: float format of a string
f'{"a":.2f}'
#: format of a list with a spec
f'{[1]:5}'
#: number formats
for spec in ['', 'd', '5', '+', '+d', ' d', '<6', '>6', '^6', '=+6', '06', '+06', 'x', 'X', '#x', '#o', 'b', ',', '_', 'e', '.3e', 'f', '.0f', 'g', '%', '.1%', 'n', 'c', '*>8', '08,', '#b', '_x']:
    print(repr(spec), format(97, spec), end=' ')
print()
for spec in ['', '5', '.2', '.3f', '8.3f', '<8.2f', '+.1f', '08.2f', 'e', '.2e', 'g', '.3g', '#.3g', '%', ',', ',.1f', '.0f', '10', '.10g', 'G', 'E', '_.2f', ' .2f', '>+9.2f', '.0e', '.1', '.17g', '012,.2f']:
    print(repr(spec), format(1234.5678, spec), format(-0.000012345, spec), end=' ')
print()
for spec in ['', '5', '<5', '>5', '^5', '.2', '5.1', '*^7', 's', '-<4']: print(repr(format('abc', spec)), end=' ')
#: special floats formatted
print(f"{float('nan'):5} {float('inf'):.2f} {float('-inf'):+} {float('inf'):08} {1e100:.3g} {123456789.0:g} {0.00001:g} {100000.0:g} {1000000.0:g} {1e22} {1.0:.3} {1e16:.20g}")
#: invalid format specifier
format(5, 'zz')
#: unknown format code
format(5, 'q')
#: str.format
print('{} {}'.format(1, 'a'), '{1} {0}'.format(1, 2), '{a} {b!r:>5}'.format(a=1, b='x'), '{0[1]} {0}'.format([1, 2]), '{x.real}'.format(x=3), '{:>{w}}|'.format('a', w=4), '{{}}'.format(), '{:.2f}%'.format(3.14159), '{d[k]}'.format(d={'k': 5}))
#: str.format index error
'{} {}'.format(1)
#: str.format key error
'{a}'.format(b=1)
#: percent formatting
print('%d %s %r %5.2f %-5d| %05d %x %X %o %e %g %% %c %+d %i' % (1, 'a', 'b', 3.14159, 7, 42, 255, 255, 8, 12345.678, 0.0001, 'z', 5, 3.9), '%s' % 5, '%s %s' % ('a', [1]), '%(k)s-%(n)03d' % {'k': 'v', 'n': 7}, '%*d' % (5, 3), '%.3s' % 'abcdef', '%s' % (1,), '%10s|%-10s|' % ('a', 'b'), '%d%%' % 50)
#: percent with too few
'%s %s' % 'a'
#: percent with too many
'%s' % (1, 2)
#: percent with wrong type
'%d' % 'a'
#: percent on a mapping
'%(a)s' % (1,)
#: string comparison and membership errors
1 in 'abc'
#: translate and maketrans
print('abc'.translate(str.maketrans('ab', 'xy', 'c')), 'aé'.encode if False else 'ok', 'a-b_c'.translate({45: ' ', 95: None}))
#: str of various
print(str([1, 'a']), str((1,)), str({'a': 1}), str(None), str(1.5), repr('a'), str('a'), str(b if False else 'q'), str(ValueError('x')), str(KeyError('k')), str(type(1)))
#: repr of strings
print(repr('a\nb'), repr("it's"), repr('say "hi"'), repr('both \' and "'), repr('tab\t'), repr('\x00\x1f\x7f'), repr('é☃'), repr('\\'))
#: string iteration and unpack
a, b, c = 'xyz'; print(a, b, c, *'pq', [*'rs'], dict(enumerate('ab')), ''.join(sorted('hello', key=str.lower)))
#: string constants
import string
print(string.ascii_lowercase, string.digits, string.capwords('the end'))
#: methods chained
print(' Hello, World '.strip().lower().replace(',', '').split()[1].title().center(11, '='))
