"""JSON, to and from text."""
import math as _math
import re as _re


class JSONDecodeError(ValueError):
    def __init__(self, msg, doc, pos):
        lineno = doc.count("\n", 0, pos) + 1
        colno = pos - doc.rfind("\n", 0, pos)
        super().__init__(f"{msg}: line {lineno} column {colno} (char {pos})")
        self.msg, self.doc, self.pos, self.lineno, self.colno = msg, doc, pos, lineno, colno


_escapes = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t", "\f": "\\f", "\b": "\\b"}
_plain = {'"': '"', "\\": "\\", "/": "/", "n": "\n", "r": "\r", "t": "\t", "f": "\f", "b": "\b"}
_blank = " \t\n\r"
_number = _re.compile(r"(-?(?:0|[1-9][0-9]*))(\.[0-9]+)?([eE][-+]?[0-9]+)?")


def _quote(text, ensure_ascii):
    parts = ['"']
    for c in text:
        code = ord(c)
        if c in _escapes:
            parts.append(_escapes[c])
        elif code < 32 or (ensure_ascii and 126 < code < 0x10000):
            parts.append(f"\\u{code:04x}")
        elif ensure_ascii and code >= 0x10000:
            code -= 0x10000
            parts.append(f"\\u{0xd800 | code >> 10:04x}\\u{0xdc00 | code & 0x3ff:04x}")
        else:
            parts.append(c)
    parts.append('"')
    return "".join(parts)


def _float(value, allow_nan):
    if _math.isfinite(value):
        return float.__repr__(value)
    if not allow_nan:
        raise ValueError("Out of range float values are not JSON compliant")
    return "NaN" if value != value else "Infinity" if value > 0 else "-Infinity"


class JSONEncoder:
    item_separator = ", "
    key_separator = ": "

    def __init__(self, *, skipkeys=False, ensure_ascii=True, check_circular=True, allow_nan=True, sort_keys=False,
                 indent=None, separators=None, default=None):
        self.skipkeys, self.ensure_ascii, self.allow_nan, self.sort_keys = skipkeys, ensure_ascii, allow_nan, sort_keys
        self.indent = " " * indent if isinstance(indent, int) else indent
        if separators is not None:
            self.item_separator, self.key_separator = separators
        elif indent is not None:
            self.item_separator = ","
        if default is not None:
            self.default = default

    def default(self, o):
        raise TypeError(f"Object of type {o.__class__.__name__} is not JSON serializable")

    def encode(self, o):
        return self._encode(o, "\n", ())

    def iterencode(self, o):
        yield self.encode(o)

    def _encode(self, o, line, open):
        if isinstance(o, str):
            return _quote(o, self.ensure_ascii)
        if o is None:
            return "null"
        if o is True:
            return "true"
        if o is False:
            return "false"
        if isinstance(o, int):
            return int.__repr__(o)
        if isinstance(o, float):
            return _float(o, self.allow_nan)
        if any(o is other for other in open):
            raise ValueError("Circular reference detected")
        open += (o,)
        inner = line if self.indent is None else line + self.indent
        if isinstance(o, (list, tuple)):
            return self._join("[", "]", [self._encode(item, inner, open) for item in o], line, inner)
        if isinstance(o, dict):
            pairs = sorted(o.items()) if self.sort_keys else o.items()
            items = []
            for key, value in pairs:
                text = self._key(key)
                if text is not None:
                    items.append(_quote(text, self.ensure_ascii) + self.key_separator + self._encode(value, inner, open))
            return self._join("{", "}", items, line, inner)
        return self._encode(self.default(o), line, open)

    def _key(self, key):
        if isinstance(key, str):
            return key
        if key is None or isinstance(key, (bool, int, float)):
            return self._encode(key, "\n", ())
        if self.skipkeys:
            return None
        raise TypeError(f"keys must be str, int, float, bool or None, not {key.__class__.__name__}")

    def _join(self, start, end, items, line, inner):
        if not items:
            return start + end
        if self.indent is None:
            return start + self.item_separator.join(items) + end
        return start + inner + (self.item_separator + inner).join(items) + line + end


def dumps(obj, *, cls=None, **options):
    return (cls or JSONEncoder)(**options).encode(obj)


def dump(obj, fp, **options):
    fp.write(dumps(obj, **options))


class JSONDecoder:
    def __init__(self, *, object_hook=None, parse_float=None, parse_int=None, parse_constant=None, strict=True,
                 object_pairs_hook=None):
        self.object_hook, self.object_pairs_hook = object_hook, object_pairs_hook
        self.parse_float, self.parse_int = parse_float or float, parse_int or int
        self.constants = {"NaN": float("nan"), "Infinity": float("inf"), "-Infinity": float("-inf"),
                          "null": None, "true": True, "false": False}

    def decode(self, s):
        value, end = self.raw_decode(s, self._skip(s, 0))
        end = self._skip(s, end)
        if end != len(s):
            raise JSONDecodeError("Extra data", s, end)
        return value

    def raw_decode(self, s, idx=0):
        return self._value(s, idx)

    def _skip(self, s, i):
        while i < len(s) and s[i] in _blank:
            i += 1
        return i

    def _value(self, s, i):
        c = s[i:i + 1]
        if c == '"':
            return self._text(s, i + 1)
        if c == "{":
            return self._object(s, self._skip(s, i + 1))
        if c == "[":
            return self._array(s, self._skip(s, i + 1))
        match = _number.match(s, i)
        if match is not None:
            whole, fraction, exponent = match.groups()
            if fraction or exponent:
                return self.parse_float(whole + (fraction or "") + (exponent or "")), match.end()
            return self.parse_int(whole), match.end()
        for word, value in self.constants.items():
            if s.startswith(word, i):
                return value, i + len(word)
        raise JSONDecodeError("Expecting value", s, i)

    def _array(self, s, i):
        items = []
        if s[i:i + 1] == "]":
            return items, i + 1
        while True:
            value, i = self._value(s, i)
            items.append(value)
            i = self._skip(s, i)
            c = s[i:i + 1]
            if c == "]":
                return items, i + 1
            if c != ",":
                raise JSONDecodeError("Expecting ',' delimiter", s, i)
            i = self._skip(s, i + 1)

    def _object(self, s, i):
        pairs = []
        if s[i:i + 1] == "}":
            i += 1
        else:
            while True:
                if s[i:i + 1] != '"':
                    raise JSONDecodeError("Expecting property name enclosed in double quotes", s, i)
                key, i = self._text(s, i + 1)
                i = self._skip(s, i)
                if s[i:i + 1] != ":":
                    raise JSONDecodeError("Expecting ':' delimiter", s, i)
                value, i = self._value(s, self._skip(s, i + 1))
                pairs.append((key, value))
                i = self._skip(s, i)
                c = s[i:i + 1]
                if c == "}":
                    i += 1
                    break
                if c != ",":
                    raise JSONDecodeError("Expecting ',' delimiter", s, i)
                i = self._skip(s, i + 1)
        if self.object_pairs_hook is not None:
            return self.object_pairs_hook(pairs), i
        result = dict(pairs)
        return (result if self.object_hook is None else self.object_hook(result)), i

    def _text(self, s, i):
        start, parts = i - 1, []
        while True:
            if i >= len(s):
                raise JSONDecodeError("Unterminated string starting at", s, start)
            c = s[i]
            i += 1
            if c == '"':
                return "".join(parts), i
            if c < " ":
                raise JSONDecodeError("Invalid control character at", s, i - 1)
            if c != "\\":
                parts.append(c)
                continue
            c = s[i:i + 1]
            i += 1
            if c in _plain and c:
                parts.append(_plain[c])
            elif c == "u":
                try:
                    code = int(s[i:i + 4], 16)
                except ValueError:
                    raise JSONDecodeError("Invalid \\uXXXX escape", s, i) from None
                i += 4
                if 0xd800 <= code < 0xdc00 and s.startswith("\\u", i):
                    code = 0x10000 + ((code - 0xd800) << 10) + int(s[i + 2:i + 6], 16) - 0xdc00
                    i += 6
                parts.append(chr(code))
            else:
                raise JSONDecodeError("Invalid \\escape", s, i - 2)


def loads(s, *, cls=None, **options):
    if not isinstance(s, (str, bytes)):
        raise TypeError(f"the JSON object must be str, bytes or bytearray, not {s.__class__.__name__}")
    return (cls or JSONDecoder)(**options).decode(s.decode() if isinstance(s, bytes) else s)


def load(fp, **options):
    return loads(fp.read(), **options)
