"""Names of files, of which there are none."""
sep = "/"
curdir = "."
pardir = ".."
extsep = "."


def _text(path):
    if isinstance(path, str):
        return path
    if not hasattr(path, "__fspath__"):
        raise TypeError(f"expected str, bytes or os.PathLike object, not {type(path).__name__}")
    return path.__fspath__()


def join(a, *p):
    result = _text(a)
    for part in map(_text, p):
        if part.startswith("/"):
            result = part
        elif not result or result.endswith("/"):
            result += part
        else:
            result += "/" + part
    return result


def split(p):
    p = _text(p)
    at = p.rfind("/") + 1
    head, tail = p[:at], p[at:]
    return head if head.strip("/") == "" else head.rstrip("/"), tail


def basename(p):
    return split(p)[1]


def dirname(p):
    return split(p)[0]


def splitext(p):
    p = _text(p)
    dot = p.rfind(".")
    start = p.rfind("/") + 1
    if dot > start and p[start:dot].strip("."):
        return p[:dot], p[dot:]
    return p, ""


def isabs(s):
    return _text(s).startswith("/")


def normpath(path):
    path = _text(path)
    rooted, parts = path.startswith("/"), []
    for part in path.split("/"):
        if part in ("", "."):
            continue
        if part == ".." and parts and parts[-1] != "..":
            parts.pop()
        elif part != ".." or not rooted:
            parts.append(part)
    return ("/" if rooted else "") + "/".join(parts) or "."


def abspath(path):
    return normpath(join("/", _text(path)))


realpath = abspath


def expanduser(path):
    return _text(path)


def expandvars(path):
    return _text(path)


def exists(path):
    return False


isfile = isdir = islink = lexists = ismount = exists


def getsize(filename):
    raise FileNotFoundError(2, f"No such file or directory: {filename!r}")


getmtime = getatime = getctime = getsize


def commonprefix(m):
    m = list(m)
    if not m:
        return ""
    low, high = min(m), max(m)
    for i, c in enumerate(low):
        if c != high[i]:
            return low[:i]
    return low


def relpath(path, start="/"):
    target, base = [[part for part in abspath(p).split("/") if part] for p in (path, start)]
    shared = 0
    while shared < min(len(target), len(base)) and target[shared] == base[shared]:
        shared += 1
    return "/".join([".."] * (len(base) - shared) + target[shared:]) or "."
