"""Printing of data on several lines."""


def pformat(object, indent=1, width=80, depth=None, *, compact=False, sort_dicts=True, underscore_numbers=False):
    return _format(object, width, 0, sort_dicts)


def _format(value, width, at, sort):
    text = repr(value)
    if type(value) is dict:
        pairs = list(value.items())
        if sort:
            try:
                pairs.sort()
            except TypeError:
                pass
        text = "{" + ", ".join(f"{k!r}: {v!r}" for k, v in pairs) + "}"
        if len(text) <= width - at:
            return text
        items = [f"{k!r}: " + _format(v, width, at + len(repr(k)) + 3, sort) for k, v in pairs]
    elif type(value) in (list, tuple) and len(text) > width - at:
        items = [_format(item, width, at + 1, sort) for item in value]
    else:
        return text
    start, end = {dict: "{}", list: "[]", tuple: "()"}[type(value)]
    return start + (",\n" + " " * (at + 1)).join(items) + ("," if type(value) is tuple and len(items) == 1 else "") + end


def pprint(object, stream=None, indent=1, width=80, depth=None, *, compact=False, sort_dicts=True, underscore_numbers=False):
    print(pformat(object, indent, width, depth, sort_dicts=sort_dicts))


pp = pprint


class PrettyPrinter:
    def __init__(self, indent=1, width=80, depth=None, stream=None, **options):
        self._width = width

    def pformat(self, object):
        return pformat(object, width=self._width)

    def pprint(self, object):
        print(self.pformat(object))


def isreadable(object):
    return True
