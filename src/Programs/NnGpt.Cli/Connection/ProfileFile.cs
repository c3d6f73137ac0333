using NnGpt.Experiments.Profiles;

namespace NnGpt.Cli.Connection;

/// <summary>Profiles by name (profiles/*.yaml of the checkout) or by path.</summary>
internal static class ProfileFile
{
    private const int MaxBytes = 256 * 1024;

    private static string? Directory => Checkout.Root is { } root ? Path.Combine(root, "profiles") : null;

    public static IEnumerable<string> Names() =>
        Directory is { } directory && System.IO.Directory.Exists(directory)
            ? System.IO.Directory.EnumerateFiles(directory, "*.yaml").Select(file => Path.GetFileNameWithoutExtension(file)).Order(StringComparer.Ordinal)
            : [];

    /// <summary>Reads a profile. A name that is none, a file that is missing or no profile ends the command.</summary>
    public static async Task<ProfileText> ReadAsync(string nameOrPath, CancellationToken cancellationToken)
    {
        bool isPath = nameOrPath.Contains(Path.DirectorySeparatorChar) || nameOrPath.EndsWith(".yaml", StringComparison.OrdinalIgnoreCase) || nameOrPath.EndsWith(".yml", StringComparison.OrdinalIgnoreCase);
        string path = isPath || Directory is null ? nameOrPath : Path.Combine(Directory, $"{nameOrPath}.yaml");
        var file = new FileInfo(path);
        if (!file.Exists)
        {
            throw new CommandFailedException(
                isPath ? $"there is no profile file '{nameOrPath}'" : $"there is no profile '{nameOrPath}'; there are: {string.Join(", ", Names())}",
                ExitCode.NotFound);
        }

        if (file.Length > MaxBytes)
        {
            throw new CommandFailedException($"'{nameOrPath}' is {file.Length} bytes long; a profile has at most {MaxBytes}", ExitCode.Usage);
        }

        return new ProfileText(Checked(await File.ReadAllTextAsync(path, cancellationToken), $"the profile '{nameOrPath}'"), file.DirectoryName!);
    }

    /// <summary>The text, when it is a profile; its problems end the command.</summary>
    public static string Checked(string text, string what)
    {
        var problems = ExperimentProfile.Parse(text).Problems;
        return problems.Count == 0
            ? text
            : throw new CommandFailedException($"{what} cannot be used:\n{string.Join('\n', problems.Select(problem => $"  {problem}"))}", ExitCode.Usage);
    }
}
