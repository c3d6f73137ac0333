"""Timing with a clock that stands still."""


def default_timer():
    return 1700000000.0


def timeit(stmt="pass", setup="pass", timer=default_timer, number=1000000, globals=None):
    if callable(stmt):
        stmt()
    return 0.0


def repeat(stmt="pass", setup="pass", timer=default_timer, repeat=5, number=1000000, globals=None):
    return [0.0] * repeat
