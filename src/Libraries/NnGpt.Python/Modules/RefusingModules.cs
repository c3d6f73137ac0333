using NnGpt.Python.Runtime;

namespace NnGpt.Python.Modules;

/// <summary>
/// What else can be imported where PyTorch is installed, but for modules about processes, sockets and native code: modules about
/// files and texts, what runs after the program, and the packages that PyTorch depends on. Networks import them for helpers that
/// nobody calls, so the import works, and every use raises PermissionError. A name in capitals is a class, so that a class can be
/// derived from it, and the name of an exception can stand in an except clause.
/// </summary>
internal static class RefusingModules
{
    public static readonly IReadOnlyList<string> Names =
    [
        "array", "ast", "atexit", "audioop", "binascii", "bz2", "cProfile", "calendar", "cgi", "cmd", "codecs", "colorsys", "compileall",
        "concurrent", "concurrent.futures", "configparser", "copyreg", "csv", "dbm", "difflib", "dis", "distutils", "distutils.util", "distutils.version",
        "curses", "doctest", "email", "encodings", "email.mime", "ensurepip", "filecmp", "fileinput", "getopt", "gettext", "graphlib",
        "gzip", "hmac", "html", "html.parser", "importlib.metadata", "importlib.resources", "ipaddress",
        "linecache", "locale", "logging.config", "logging.handlers", "lzma", "mimetypes", "modulefinder", "multiprocessing", "multiprocessing.pool", "netrc",
        "optparse", "pickle", "pickletools", "plistlib", "posixpath", "profile", "pstats", "py_compile",
        "pydoc", "quopri", "readline", "shlex", "shutil",
        "stat", "struct", "symtable", "tarfile", "tempfile",
        "token", "tokenize", "tomllib", "unicodedata", "unittest", "unittest.mock", "urllib", "urllib.error", "urllib.parse",
        "urllib.request", "venv", "wave", "xml", "xml.dom", "xml.etree", "xml.etree.ElementTree", "zipapp", "zipfile", "zlib", "zoneinfo",
        "astunparse", "future", "hypothesis", "mpmath", "numpy.ctypeslib", "numpy.ma", "past", "pkg_resources", "setuptools", "sympy", "yaml",
    ];

    public static PyModule Create(string name) => new(name) { Resolve = member => Refused(name, member) };

    private static object? Refused(string module, string member)
    {
        if (member.StartsWith('_'))
            return null;
        if (member.EndsWith("Error", StringComparison.Ordinal) || member.EndsWith("Exception", StringComparison.Ordinal) || member is "error" or "TimeoutExpired")
            return PyErrors.Subclass(member, module, PyErrors.OSErrorClass);
        if (char.IsUpper(member[0]) && member.Any(char.IsLower))
            return new PyClass(member, module).Method("__init__", "self, *args, **kwargs", _ => throw Refusal(module, member));
        return new NativeFunction(member, "*args, **kwargs", _ => throw Refusal(module, member)) { Binds = false };
    }

    private static PyException Refusal(string module, string member) => PyErrors.New(
        PyErrors.PermissionErrorClass, Py.Int(1), $"Operation not permitted: {module}.{member} is not available");
}
