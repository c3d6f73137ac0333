namespace NnGpt.Sandbox.Tests;

/// <summary>The tables of docs/security.md, which the tests hold to what they try.</summary>
internal static class SecurityDocument
{
    private static readonly string[] s_lines = File.ReadAllLines(Path.Combine(AppContext.BaseDirectory, "security.md"));

    /// <summary>The rows of the table whose first column has this title, as cells.</summary>
    public static IReadOnlyList<string[]> Table(string title)
    {
        int head = Array.FindIndex(s_lines, line => line.StartsWith($"| {title} |", StringComparison.Ordinal));
        Assert.True(head >= 0, $"docs/security.md has no table \"{title}\".");
        return [.. s_lines.Skip(head).TakeWhile(line => line.StartsWith('|')).Where((_, row) => row != 1).Select(line => line.Trim('|').Split('|', StringSplitOptions.TrimEntries))];
    }
}
