"""Nothing runs after a candidate."""


def register(func, *args, **kwargs):
    return func


def unregister(func):
    return None
