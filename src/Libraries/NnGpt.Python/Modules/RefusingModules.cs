using NnGpt.Python.Runtime;

namespace NnGpt.Python.Modules;

/// <summary>
/// Modules about files, archives and downloads. Networks import them for helpers that nobody calls, so the import works, and
/// every use raises PermissionError.
/// </summary>
internal static class RefusingModules
{
    public static readonly IReadOnlyList<string> Names =
    [
        "base64", "csv", "gzip", "hashlib", "pickle", "shutil", "struct", "tarfile", "tempfile", "urllib", "urllib.error", "urllib.parse",
        "urllib.request", "zipfile", "multiprocessing", "concurrent", "concurrent.futures", "unittest",
    ];

    public static PyModule Create(string name) => new(name)
    {
        Resolve = member => member.StartsWith('_')
            ? null
            : new NativeFunction(member, "*args, **kwargs", _ => throw PyErrors.New(
                PyErrors.PermissionErrorClass, Py.Int(1), $"Operation not permitted: {name}.{member} is not available"))
            { Binds = false },
    };
}
