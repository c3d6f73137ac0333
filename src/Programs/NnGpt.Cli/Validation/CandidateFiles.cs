namespace NnGpt.Cli.Validation;

/// <summary>The files that paths on the command line stand for.</summary>
internal static class CandidateFiles
{
    /// <summary>Files as they are, folders as the .py files in and below them, in the order of names.</summary>
    public static IReadOnlyList<string> Find(IEnumerable<string> paths)
    {
        List<string> files = [];
        foreach (string path in paths)
        {
            if (Directory.Exists(path))
            {
                files.AddRange(Directory.EnumerateFiles(path, "*.py", SearchOption.AllDirectories).Order(StringComparer.Ordinal));
            }
            else if (File.Exists(path))
            {
                files.Add(path);
            }
            else
            {
                throw new CommandFailedException($"there is no file or folder '{path}'", ExitCode.Usage);
            }
        }

        return files.Count > 0 ? files : throw new CommandFailedException("the folders hold no .py file", ExitCode.Usage);
    }
}
