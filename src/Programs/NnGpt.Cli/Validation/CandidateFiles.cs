using System.IO.Enumeration;

namespace NnGpt.Cli.Validation;

/// <summary>The files that paths on the command line stand for.</summary>
internal static class CandidateFiles
{
    /// <summary>Files as they are, folders as the .py files in and below them, in the order of names. Links to folders are not followed.</summary>
    public static IReadOnlyList<string> Find(IEnumerable<string> paths)
    {
        List<string> files = [];
        foreach (string path in paths)
        {
            if (Directory.Exists(path))
            {
                files.AddRange(InFolder(path).Order(StringComparer.Ordinal));
            }
            else if (File.Exists(path))
            {
                files.Add(path);
            }
            else
            {
                throw path.StartsWith('-')
                    ? new CommandFailedException($"there is no option '{path}'; nngpt validate --help lists them", ExitCode.Usage)
                    : new CommandFailedException($"there is no file or folder '{path}'", ExitCode.NotFound);
            }
        }

        return files.Count > 0 ? files : throw new CommandFailedException("the folders hold no .py file", ExitCode.NotFound);
    }

    private static FileSystemEnumerable<string> InFolder(string folder) =>
        new(folder, (ref FileSystemEntry entry) => entry.ToSpecifiedFullPath(), new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = 0 })
        {
            ShouldIncludePredicate = (ref FileSystemEntry entry) => !entry.IsDirectory && entry.FileName.EndsWith(".py", StringComparison.Ordinal),
            ShouldRecursePredicate = (ref FileSystemEntry entry) => !entry.Attributes.HasFlag(FileAttributes.ReparsePoint),
        };
}
