"""Base 64 and base 16."""
_letters = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"


def b64encode(s, altchars=None):
    out = []
    for i in range(0, len(s), 3):
        part = s[i:i + 3]
        bits = int.from_bytes(part + b"\0" * (3 - len(part)), "big")
        out += [_letters[bits >> shift & 63] for shift in (18, 12, 6, 0)][:len(part) + 1] + [61] * (3 - len(part))
    text = bytes(out)
    return text if altchars is None else text.replace(b"+", altchars[:1]).replace(b"/", altchars[1:])


def b64decode(s, altchars=None, validate=False):
    text = s.encode("ascii") if isinstance(s, str) else s
    if altchars is not None:
        text = text.replace(altchars[:1], b"+").replace(altchars[1:], b"/")
    values = [_letters.index(bytes([c])) for c in text if bytes([c]) in _letters]
    out = []
    for i in range(0, len(values), 4):
        part = values[i:i + 4]
        bits = 0
        for value in part + [0] * (4 - len(part)):
            bits = bits << 6 | value
        out += list(bits.to_bytes(3, "big"))[:len(part) - 1]
    return bytes(out)


def urlsafe_b64encode(s):
    return b64encode(s, b"-_")


def urlsafe_b64decode(s):
    return b64decode(s, b"-_")


standard_b64encode, standard_b64decode = b64encode, b64decode


def b16encode(s):
    return s.hex().upper().encode("ascii")


def b16decode(s, casefold=False):
    return bytes.fromhex(s if isinstance(s, str) else s.decode("ascii"))
