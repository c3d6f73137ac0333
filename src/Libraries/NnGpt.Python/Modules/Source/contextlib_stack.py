class AbstractContextManager:
    def __enter__(self):
        return self

    def __exit__(self, exc_type, exc_value, traceback):
        return None


class ContextDecorator:
    def _recreate_cm(self):
        return self

    def __call__(self, func):
        def inner(*args, **kwds):
            with self._recreate_cm():
                return func(*args, **kwds)
        inner.__name__, inner.__doc__, inner.__wrapped__ = func.__name__, func.__doc__, func
        return inner


class closing:
    def __init__(self, thing):
        self.thing = thing

    def __enter__(self):
        return self.thing

    def __exit__(self, *exc_info):
        self.thing.close()


class redirect_stdout:
    def __init__(self, new_target):
        self._target = new_target

    def __enter__(self):
        return self._target

    def __exit__(self, *exc_info):
        return None


redirect_stderr = redirect_stdout


class ExitStack:
    def __init__(self):
        self._exits = []

    def enter_context(self, cm):
        cls = type(cm)
        result, leave = cls.__enter__(cm), cls.__exit__
        self._exits.append(lambda *details: leave(cm, *details))
        return result

    def push(self, exit):
        cls = type(exit)
        if hasattr(cls, "__exit__"):
            self._exits.append(lambda *details: cls.__exit__(exit, *details))
        else:
            self._exits.append(exit)
        return exit

    def callback(self, callback, /, *args, **kwds):
        def leave(*details):
            callback(*args, **kwds)
        self._exits.append(leave)
        return callback

    def pop_all(self):
        other = ExitStack()
        other._exits, self._exits = self._exits, []
        return other

    def close(self):
        self.__exit__(None, None, None)

    def __enter__(self):
        return self

    def __exit__(self, *details):
        pending, swallowed = details[1], False
        while self._exits:
            leave = self._exits.pop()
            try:
                if leave(type(pending) if pending is not None else None, pending, None) and pending is not None:
                    pending, swallowed = None, True
            except BaseException as error:
                pending, swallowed = error, False
        if pending is not None and pending is not details[1]:
            raise pending
        return swallowed
