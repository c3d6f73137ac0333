namespace NnGpt.Python.Tests;

/// <summary>A section of a file in Snippets/: it begins with a line "#: name".</summary>
public sealed record Snippet(string File, string Name, string Source)
{
    public override string ToString() => $"{File}: {Name}";

    public static string Folder => Path.Combine(AppContext.BaseDirectory, "Snippets");

    public static IEnumerable<Snippet> All() =>
        Directory.GetFiles(Folder, "*.py").Order(StringComparer.Ordinal).SelectMany(Read);

    private static IEnumerable<Snippet> Read(string path)
    {
        string? name = null;
        var lines = new List<string>();
        foreach (var line in System.IO.File.ReadAllText(path).Split('\n').Append("#: "))
        {
            if (!line.StartsWith("#: ", StringComparison.Ordinal))
            {
                lines.Add(line);
                continue;
            }

            if (name is not null)
                yield return new Snippet(Path.GetFileName(path), name, string.Join('\n', lines));
            name = line[3..];
            lines = [];
        }
    }
}
