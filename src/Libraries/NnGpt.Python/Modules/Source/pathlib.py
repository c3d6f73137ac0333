"""Names of files, of which there are none."""
from os import path as _path


class PurePath:
    def __init__(self, *args):
        self._text = _normal(_path.join(*args)) if args else "."

    def __fspath__(self):
        return self._text

    __str__ = __fspath__
    as_posix = __fspath__

    def __repr__(self):
        return f"{type(self).__name__}({self._text!r})"

    def __truediv__(self, other):
        return type(self)(self._text, other)

    def __rtruediv__(self, other):
        return type(self)(other, self._text)

    def __eq__(self, other):
        return self._text == other._text if isinstance(other, PurePath) else NotImplemented

    def __lt__(self, other):
        return self.parts < other.parts

    def __hash__(self):
        return hash(self._text)

    @property
    def parts(self):
        parts = tuple(part for part in self._text.split("/") if part and part != ".")
        return ("/",) + parts if self._text.startswith("/") else parts

    @property
    def name(self):
        return "" if self._text in (".", "/") else _path.basename(self._text)

    @property
    def suffix(self):
        return _path.splitext(self.name)[1]

    @property
    def stem(self):
        return _path.splitext(self.name)[0]

    @property
    def parent(self):
        return type(self)(_path.dirname(self._text) or ".")

    @property
    def parents(self):
        result, at = [], self
        while at.parent != at:
            at = at.parent
            result.append(at)
        return result

    def joinpath(self, *args):
        return type(self)(self._text, *args)

    def with_suffix(self, suffix):
        return self.parent / (self.stem + suffix)

    def with_name(self, name):
        return self.parent / name

    def is_absolute(self):
        return self._text.startswith("/")


def _normal(text):
    rooted = text.startswith("/")
    parts = [part for part in text.split("/") if part and part != "."]
    return ("/" if rooted else "") + "/".join(parts) or "."


PurePosixPath = PurePath


class Path(PurePath):
    @classmethod
    def cwd(cls):
        return cls("/")

    home = cwd

    def exists(self):
        return False

    is_file = is_dir = is_symlink = exists

    def resolve(self, strict=False):
        return type(self)(_path.abspath(self._text))

    absolute = resolve

    def expanduser(self):
        return self

    def glob(self, pattern):
        return iter(())

    rglob = glob

    def _absent(self, *args, **kwargs):
        raise FileNotFoundError(2, f"No such file or directory: {self._text!r}")

    open = read_text = read_bytes = stat = iterdir = unlink = _absent

    def _refuse(self, *args, **kwargs):
        raise PermissionError(1, "Operation not permitted")

    mkdir = write_text = write_bytes = touch = rename = _refuse


PosixPath = Path
