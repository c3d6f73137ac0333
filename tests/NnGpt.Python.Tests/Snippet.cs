namespace NnGpt.Python.Tests;

/// <summary>
/// A section of a file in Snippets/: it begins with a line "#: name". What CPython 3.12 prints for syntax that the installed
/// CPython may not know is recorded in lines "#= text", and its error in a line "#! text".
/// </summary>
public sealed record Snippet(string File, string Name, string Source, string? RecordedOutput, string? RecordedError)
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
                yield return new Snippet(Path.GetFileName(path), name, string.Join('\n', lines), Recorded(lines, "#= "), Recorded(lines, "#! "));
            name = line[3..];
            lines = [];
        }
    }

    private static string? Recorded(List<string> lines, string mark)
    {
        var found = lines.Where(l => l.StartsWith(mark, StringComparison.Ordinal)).Select(l => l[3..]).ToList();
        return found.Count == 0 ? null : mark == "#= " ? string.Concat(found.Select(l => l + "\n")) : found[0];
    }
}
