"""Patterns of names."""
import re as _re


def translate(pat):
    out, i = "", 0
    while i < len(pat):
        c, i = pat[i], i + 1
        end = pat.find("]", i + 1) if c == "[" else -1
        if c in "*?":
            out += ".*" if c == "*" else "."
        elif end > 0:
            inner = pat[i:end]
            out, i = out + "[" + ("^" + inner[1:] if inner[0] == "!" else inner) + "]", end + 1
        else:
            out += _re.escape(c)
    return out


def fnmatchcase(name, pat):
    return _re.fullmatch(translate(pat), name, _re.DOTALL) is not None


fnmatch = fnmatchcase


def filter(names, pat):
    return [name for name in names if fnmatchcase(name, pat)]
