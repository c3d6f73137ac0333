namespace NnGpt.EndToEnd.Tests.Running;

/// <summary>Where the programs under test were built.</summary>
internal static class Checkout
{
    public static string Root { get; } = FindRoot();

    public static string AppHost => Program("NnGpt.AppHost", "NnGpt.AppHost.dll");

    public static string CommandLine => Program(Path.Combine("src", "Programs", "NnGpt.Cli"), "nngpt.dll");

    private static string Program(string project, string assembly)
    {
        // .../tests/NnGpt.EndToEnd.Tests/bin/<configuration>/net10.0/
        string configuration = new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name;
        return Path.Combine(Root, project, "bin", configuration, "net10.0", assembly);
    }

    private static string FindRoot()
    {
        DirectoryInfo? directory = new(AppContext.BaseDirectory);
        while (directory is not null && !File.Exists(Path.Combine(directory.FullName, "NnGpt.sln")))
        {
            directory = directory.Parent;
        }

        return directory?.FullName ?? throw new InvalidOperationException("the tests do not run from a checkout");
    }
}
