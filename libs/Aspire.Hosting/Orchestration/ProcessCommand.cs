namespace Aspire.Hosting.Orchestration;

/// <summary>A program with what it is started with; the environment is added to the AppHost's own.</summary>
internal sealed record ProcessCommand(
    string Program,
    IReadOnlyList<string> Arguments,
    string WorkingDirectory,
    IReadOnlyDictionary<string, string> Environment)
{
    public static IReadOnlyDictionary<string, string> NoEnvironment { get; } = new Dictionary<string, string>();
}
