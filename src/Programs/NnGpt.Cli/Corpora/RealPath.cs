namespace NnGpt.Cli.Corpora;

/// <summary>Paths without symbolic links, to tell whether two are in each other.</summary>
internal static class RealPath
{
    /// <summary>The path with every link on it followed; what is not there yet is taken as it is.</summary>
    public static string Of(string path)
    {
        string full = Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));
        if (Path.GetDirectoryName(full) is not { } parent)
        {
            return full;
        }

        string real = Path.Combine(Of(parent), Path.GetFileName(full));
        return Path.Exists(real) && File.ResolveLinkTarget(real, returnFinalTarget: true) is { } target ? Of(target.FullName) : real;
    }

    /// <summary>Whether a path is a folder or below it; both are real.</summary>
    public static bool IsWithin(string path, string folder) =>
        path == folder || path.StartsWith(Path.EndsInDirectorySeparator(folder) ? folder : folder + Path.DirectorySeparatorChar, StringComparison.Ordinal);
}
