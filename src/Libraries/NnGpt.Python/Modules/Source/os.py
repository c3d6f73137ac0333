"""The part of os that touches nothing: there are no files, no processes and no environment."""
import os.path as path

name = "posix"
sep = "/"
altsep = None
extsep = "."
pathsep = ":"
linesep = "\n"
curdir = "."
pardir = ".."
devnull = "/dev/null"
environ = {}
PathLike = object


def getenv(key, default=None):
    return environ.get(key, default)


def putenv(key, value):
    pass


def getcwd():
    return "/"


def getpid():
    return 1


def cpu_count():
    return 1


def fspath(path):
    return path if isinstance(path, str) else path.__fspath__()


def urandom(size):
    raise PermissionError("os.urandom is not available: candidate code is deterministic")


def _absent(path, *args, **kwargs):
    raise FileNotFoundError(2, f"No such file or directory: {fspath(path)!r}")


def _refuse(*args, **kwargs):
    raise PermissionError(1, "Operation not permitted")


listdir = scandir = stat = lstat = open = chdir = remove = unlink = rmdir = rename = replace = readlink = _absent
system = popen = fork = kill = execv = execve = execvp = mkdir = makedirs = symlink = link = chmod = pipe = _refuse


def walk(top, topdown=True, onerror=None, followlinks=False):
    return iter(())


def access(path, mode):
    return False
