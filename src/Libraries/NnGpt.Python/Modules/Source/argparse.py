"""Options of a command line, which is always empty unless it is given."""


class Namespace:
    def __init__(self, **kwargs):
        for name, value in kwargs.items():
            setattr(self, name, value)

    def __repr__(self):
        return f"Namespace({', '.join(f'{k}={v!r}' for k, v in self.__dict__.items())})"

    def __eq__(self, other):
        return vars(self) == vars(other) if isinstance(other, Namespace) else NotImplemented

    def __contains__(self, key):
        return key in self.__dict__


class ArgumentTypeError(Exception):
    pass


class ArgumentError(Exception):
    pass


class Action:
    def __init__(self, names, action="store", nargs=None, const=None, default=None, type=None, choices=None,
                 required=False, help=None, metavar=None, dest=None):
        self.option_strings = [name for name in names if name.startswith("-")]
        longest = next((name for name in names if name.startswith("--")), names[0])
        self.dest = dest or longest.lstrip("-").replace("-", "_")
        self.action, self.nargs, self.const, self.type, self.choices = action, nargs, const, type, choices
        self.required = required if self.option_strings else nargs not in ("?", "*")
        if default is None and action in ("store_true", "store_false"):
            default = action == "store_false"
        self.default = default


class _Group:
    def __init__(self, parser):
        self._parser = parser

    def add_argument(self, *names, **options):
        return self._parser.add_argument(*names, **options)


class ArgumentParser:
    def __init__(self, prog=None, usage=None, description=None, **options):
        self.prog, self.description = prog or "", description
        self._actions, self._defaults = [], {}

    def add_argument(self, *names, **options):
        action = Action(names, **options)
        self._actions.append(action)
        return action

    def add_argument_group(self, *args, **kwargs):
        return _Group(self)

    add_mutually_exclusive_group = add_argument_group

    def set_defaults(self, **kwargs):
        self._defaults.update(kwargs)

    def get_default(self, dest):
        return next((a.default for a in self._actions if a.dest == dest), self._defaults.get(dest))

    def error(self, message):
        raise SystemExit(2)

    def exit(self, status=0, message=None):
        raise SystemExit(status)

    def print_help(self, file=None):
        pass

    def format_help(self):
        return f"usage: {self.prog}\n"

    def parse_args(self, args=None, namespace=None):
        result, rest = self.parse_known_args(args, namespace)
        if rest:
            self.error("unrecognized arguments")
        return result

    def _convert(self, action, text):
        try:
            value = action.type(text) if action.type is not None else text
        except (ValueError, TypeError, ArgumentTypeError):
            self.error(f"argument {action.dest}: invalid value: {text!r}")
        if action.choices is not None and value not in action.choices:
            self.error(f"argument {action.dest}: invalid choice: {value!r}")
        return value

    def parse_known_args(self, args=None, namespace=None):
        result = namespace or Namespace()
        for action in self._actions:
            default = action.default
            if isinstance(default, str) and action.type is not None:
                default = self._convert(action, default)
            setattr(result, action.dest, default)
        for name, value in self._defaults.items():
            setattr(result, name, value)
        args, rest, seen = list(args or []), [], set()
        positional = [action for action in self._actions if not action.option_strings]
        while args:
            word = args.pop(0)
            name, equals, inline = word.partition("=")
            action = next((a for a in self._actions if name in a.option_strings), None)
            if action is None:
                if word.startswith("-") or not positional:
                    rest.append(word)
                    continue
                action = positional.pop(0)
                args.insert(0, word)
            elif equals:
                args.insert(0, inline)
            seen.add(action.dest)
            setattr(result, action.dest, self._take(action, args, getattr(result, action.dest)))
        if any(action.required and action.dest not in seen for action in self._actions):
            self.error("the following arguments are required")
        return result, rest

    def _take(self, action, args, old):
        if action.action in ("store_true", "store_false"):
            return action.action == "store_true"
        if action.action == "store_const":
            return action.const
        if action.action == "count":
            return (old or 0) + 1
        if action.nargs in ("*", "+") or isinstance(action.nargs, int):
            values = []
            while args and not args[0].startswith("--") and (not isinstance(action.nargs, int) or len(values) < action.nargs):
                values.append(self._convert(action, args.pop(0)))
            return values
        if not args:
            if action.nargs == "?":
                return action.const
            self.error("expected one argument")
        value = self._convert(action, args.pop(0))
        return (old or []) + [value] if action.action == "append" else value


class HelpFormatter:
    pass


ArgumentDefaultsHelpFormatter = RawTextHelpFormatter = RawDescriptionHelpFormatter = HelpFormatter
SUPPRESS = "==SUPPRESS=="
REMAINDER = "..."


class BooleanOptionalAction:
    pass
