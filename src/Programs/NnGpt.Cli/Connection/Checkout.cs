namespace NnGpt.Cli.Connection;

/// <summary>Where the checkout, its profiles and its data directory are.</summary>
internal static class Checkout
{
    /// <summary>The folder that holds NnGpt.sln, above the program; null when the program was installed elsewhere.</summary>
    public static string? Root { get; } = FindRoot();

    /// <summary>NNGPT_HOME, else .nngpt in the checkout, else .nngpt in the current directory.</summary>
    public static string DataDirectory =>
        Environment.GetEnvironmentVariable("NNGPT_HOME") is { Length: > 0 } home
            ? Path.GetFullPath(home)
            : Path.Combine(Root ?? Environment.CurrentDirectory, ".nngpt");

    /// <summary>The embedded language model, below the checkout or else the current directory.</summary>
    public static string EmbeddedModel { get; } = Path.Combine(Root ?? ".", "models", "nngpt-small");

    private static string? FindRoot()
    {
        for (DirectoryInfo? directory = new(AppContext.BaseDirectory); directory is not null; directory = directory.Parent)
        {
            if (File.Exists(Path.Combine(directory.FullName, "NnGpt.sln")))
            {
                return directory.FullName;
            }
        }

        return null;
    }
}
