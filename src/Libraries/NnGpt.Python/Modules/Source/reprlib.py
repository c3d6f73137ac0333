"""Short representations."""
_whole = repr


class Repr:
    maxlevel, maxtuple, maxlist, maxdict, maxset, maxstring, maxother = 6, 6, 6, 4, 6, 30, 30

    def repr(self, x):
        return self.repr1(x, self.maxlevel)

    def repr1(self, x, level):
        kind = type(x)
        if kind in (list, tuple, set, frozenset):
            opening, closing, most = {list: ("[", "]", self.maxlist), tuple: ("(", ")", self.maxtuple)}.get(kind, ("{", "}", self.maxset))
            if not x:
                return _whole(x)
            if level <= 0:
                return opening + "..." + closing
            parts = [self.repr1(item, level - 1) for item in list(x)[:most]] + (["..."] if len(x) > most else [])
            return opening + ", ".join(parts) + ("," if kind is tuple and len(x) == 1 else "") + closing
        if kind is dict:
            parts = [f"{self.repr1(k, level - 1)}: {self.repr1(x[k], level - 1)}" for k in list(x)[:self.maxdict]]
            return "{" + ", ".join(parts + (["..."] if len(x) > self.maxdict else [])) + "}"
        text, most = _whole(x), self.maxstring if kind is str else self.maxother
        if len(text) > most:
            left = max(0, (most - 3) // 2)
            text = text[:left] + "..." + text[len(text) - max(0, most - 3 - left):]
        return text


aRepr = Repr()
repr = aRepr.repr


def recursive_repr(fillvalue="..."):
    return lambda function: function
