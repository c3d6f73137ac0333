"""Questions about functions and classes."""


class _empty:
    pass


class _Kind(int):
    def __new__(cls, value, name):
        self = int.__new__(cls, value)
        self.name = name
        self.description = name.lower().replace("_", " ")
        return self

    def __str__(self):
        return self.name

    def __repr__(self):
        return f"<_ParameterKind.{self.name}: {int(self)}>"


class Parameter:
    empty = _empty
    POSITIONAL_ONLY = _Kind(0, "POSITIONAL_ONLY")
    POSITIONAL_OR_KEYWORD = _Kind(1, "POSITIONAL_OR_KEYWORD")
    VAR_POSITIONAL = _Kind(2, "VAR_POSITIONAL")
    KEYWORD_ONLY = _Kind(3, "KEYWORD_ONLY")
    VAR_KEYWORD = _Kind(4, "VAR_KEYWORD")

    def __init__(self, name, kind, *, default=_empty, annotation=_empty):
        self.name, self.kind, self.default, self.annotation = name, kind, default, annotation

    def replace(self, **changes):
        given = {"name": self.name, "kind": self.kind, "default": self.default, "annotation": self.annotation, **changes}
        return Parameter(given.pop("name"), given.pop("kind"), **given)

    def __str__(self):
        text = {2: "*", 4: "**"}.get(int(self.kind), "") + self.name
        annotated = self.annotation is not _empty
        if annotated:
            text += ": " + formatannotation(self.annotation)
        if self.default is not _empty:
            text += (" = " if annotated else "=") + repr(self.default)
        return text

    def __repr__(self):
        return f'<Parameter "{self}">'

    def __eq__(self, other):
        return isinstance(other, Parameter) and str(self) == str(other) and self.kind == other.kind


class BoundArguments:
    def __init__(self, signature, arguments):
        self.signature, self.arguments = signature, arguments

    @property
    def args(self):
        result = []
        for name, parameter in self.signature.parameters.items():
            if parameter.kind in (3, 4) or name not in self.arguments:
                break
            if parameter.kind == 2:
                result.extend(self.arguments[name])
            else:
                result.append(self.arguments[name])
        return tuple(result)

    @property
    def kwargs(self):
        result = {}
        for name, parameter in self.signature.parameters.items():
            if name in self.arguments and parameter.kind == 3:
                result[name] = self.arguments[name]
            elif name in self.arguments and parameter.kind == 4:
                result.update(self.arguments[name])
        return result

    def apply_defaults(self):
        complete = {}
        for name, parameter in self.signature.parameters.items():
            if name in self.arguments:
                complete[name] = self.arguments[name]
            elif parameter.default is not _empty:
                complete[name] = parameter.default
            elif parameter.kind == 2:
                complete[name] = ()
            elif parameter.kind == 4:
                complete[name] = {}
        self.arguments = complete


class Signature:
    empty = _empty

    def __init__(self, parameters=None, *, return_annotation=_empty):
        self.parameters = {parameter.name: parameter for parameter in parameters or ()}
        self.return_annotation = return_annotation

    def replace(self, *, parameters=None, return_annotation=None):
        return Signature(self.parameters.values() if parameters is None else parameters,
                         return_annotation=return_annotation or self.return_annotation)

    def _bind(self, args, kwargs, partial):
        arguments, args = {}, list(args)
        for name, parameter in self.parameters.items():
            if parameter.kind == 2:
                arguments[name], args = tuple(args), []
            elif parameter.kind == 4:
                arguments[name], kwargs = kwargs, {}
            elif args and parameter.kind != 3:
                if name in kwargs and parameter.kind != 0:
                    raise TypeError(f"multiple values for argument {name!r}")
                arguments[name] = args.pop(0)
            elif name in kwargs and parameter.kind != 0:
                arguments[name] = kwargs.pop(name)
            elif parameter.default is _empty and not partial:
                raise TypeError(f"missing a required argument: {name!r}")
        if args:
            raise TypeError("too many positional arguments")
        if kwargs:
            raise TypeError(f"got an unexpected keyword argument {next(iter(kwargs))!r}")
        return BoundArguments(self, arguments)

    def bind(self, /, *args, **kwargs):
        return self._bind(args, dict(kwargs), False)

    def bind_partial(self, /, *args, **kwargs):
        return self._bind(args, dict(kwargs), True)

    def __str__(self):
        parts, star, positional = [], False, False
        for parameter in self.parameters.values():
            if parameter.kind == 0:
                positional = True
            elif positional:
                parts.append("/")
                positional = False
            if parameter.kind == 2:
                star = True
            elif parameter.kind == 3 and not star:
                parts.append("*")
                star = True
            parts.append(str(parameter))
        if positional:
            parts.append("/")
        text = f"({', '.join(parts)})"
        return text if self.return_annotation is _empty else f"{text} -> {formatannotation(self.return_annotation)}"

    def __repr__(self):
        return f"<Signature {self}>"

    def __eq__(self, other):
        return isinstance(other, Signature) and str(self) == str(other)


def formatannotation(annotation):
    if isinstance(annotation, type) and not hasattr(annotation, "__origin__"):
        return annotation.__qualname__ if annotation.__module__ == "builtins" else f"{annotation.__module__}.{annotation.__qualname__}"
    return repr(annotation).replace("typing.", "")


_kinds = [Parameter.POSITIONAL_ONLY, Parameter.POSITIONAL_OR_KEYWORD, Parameter.VAR_POSITIONAL, Parameter.KEYWORD_ONLY,
          Parameter.VAR_KEYWORD]


def signature(obj, *, follow_wrapped=True):
    if not callable(obj):
        raise TypeError(f"{obj!r} is not a callable object")
    skip = 0
    if isinstance(obj, type):
        obj, skip = obj.__init__, 1
        if obj is object.__init__:
            return Signature()
    elif ismethod(obj):
        obj, skip = obj.__func__, 1
    elif not isfunction(obj) and not isbuiltin(obj):
        obj, skip = type(obj).__call__, 1
    while follow_wrapped and hasattr(obj, "__wrapped__"):
        obj = obj.__wrapped__
    annotations = getattr(obj, "__annotations__", {})
    parameters = [Parameter(name, _kinds[kind], default=default[0] if default else _empty, annotation=annotations.get(name, _empty))
                  for name, kind, default in _parameters(obj)]
    return Signature(parameters[skip:], return_annotation=annotations.get("return", _empty))


class FullArgSpec:
    pass


def getfullargspec(func):
    spec, signed = FullArgSpec(), signature(func)
    if ismethod(func):
        signed = signature(func.__func__)
    values = list(signed.parameters.values())
    spec.args = [p.name for p in values if p.kind in (0, 1)]
    spec.varargs = next((p.name for p in values if p.kind == 2), None)
    spec.varkw = next((p.name for p in values if p.kind == 4), None)
    spec.defaults = tuple(p.default for p in values if p.kind in (0, 1) and p.default is not _empty) or None
    spec.kwonlyargs = [p.name for p in values if p.kind == 3]
    spec.kwonlydefaults = {p.name: p.default for p in values if p.kind == 3 and p.default is not _empty} or None
    spec.annotations = getattr(func, "__annotations__", {})
    return spec


def _function():
    pass


class _Class:
    def method(self):
        pass


def isclass(object):
    return isinstance(object, type)


def isfunction(object):
    return type(object) is type(_function)


def ismethod(object):
    return type(object) is type(_Class().method) and isfunction(object.__func__)


def isbuiltin(object):
    return type(object) is type(len)


def isroutine(object):
    return isfunction(object) or ismethod(object) or isbuiltin(object)


def ismodule(object):
    import math
    return type(object) is type(math)


def isgenerator(object):
    return type(object) is type(_ for _ in ())


def isgeneratorfunction(object):
    return _flags(object) == 1


def iscoroutinefunction(object):
    return _flags(object) == 2


def iscoroutine(object):
    return type(object).__name__ == "coroutine"


def isawaitable(object):
    return hasattr(type(object), "__await__")


def isabstract(object):
    return bool(getattr(object, "__abstractmethods__", ()))


def getmro(cls):
    return cls.__mro__


def getmembers(object, predicate=None):
    found = []
    for name in dir(object):
        try:
            value = getattr(object, name)
        except AttributeError:
            continue
        if predicate is None or predicate(value):
            found.append((name, value))
    return found


def getmodule(object):
    return None


def getdoc(object):
    doc = getattr(object, "__doc__", None)
    return cleandoc(doc) if isinstance(doc, str) else None


def cleandoc(doc):
    lines = doc.expandtabs().split("\n")
    margin = min((len(line) - len(line.lstrip()) for line in lines[1:] if line.strip()), default=0)
    return "\n".join([lines[0].lstrip()] + [line[margin:] for line in lines[1:]]).strip("\n")


def unwrap(func, *, stop=None):
    while hasattr(func, "__wrapped__"):
        func = func.__wrapped__
    return func


def getsource(object):
    raise OSError("could not get source code")


getsourcelines = getsourcefile = getfile = getsource


def stack(context=1):
    return []


def currentframe():
    return None
