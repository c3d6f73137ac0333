"""Exceptions as text."""


def format_exception_only(exc, value=None, /):
    value = exc if value is None else value
    cls = type(value)
    name = cls.__qualname__ if cls.__module__ in ("builtins", "__main__") else f"{cls.__module__}.{cls.__qualname__}"
    text = str(value)
    return [f"{name}: {text}\n" if text else f"{name}\n"]


def format_exception(exc, value=None, tb=None, limit=None, chain=True):
    value = exc if value is None else value
    lines = []
    if chain and value.__cause__ is not None:
        lines += format_exception(value.__cause__)
        lines.append("\nThe above exception was the direct cause of the following exception:\n\n")
    elif chain and value.__context__ is not None and not value.__suppress_context__:
        lines += format_exception(value.__context__)
        lines.append("\nDuring handling of the above exception, another exception occurred:\n\n")
    return lines + ["Traceback (most recent call last):\n"] + format_exception_only(value)


def format_exc(limit=None, chain=True):
    import sys
    value = sys.exc_info()[1]
    return "".join(format_exception(value)) if value is not None else "NoneType: None\n"


def print_exc(limit=None, file=None, chain=True):
    pass


def print_exception(*args, **kwargs):
    pass


def print_stack(*args, **kwargs):
    pass


def format_stack(f=None, limit=None):
    return []


def extract_tb(tb, limit=None):
    return []


def format_tb(tb, limit=None):
    return []
