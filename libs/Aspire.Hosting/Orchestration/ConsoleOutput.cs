namespace Aspire.Hosting.Orchestration;

/// <summary>Lines of all resources on one console, each with its resource's name, in colour on a terminal.</summary>
internal sealed class ConsoleOutput(TextWriter writer, bool colour)
{
    // cyan, green, yellow, blue, magenta and their bright ones; red is left for errors
    private static readonly int[] s_colours = [36, 32, 33, 34, 35, 96, 92, 93, 94, 95];

    private readonly Lock _lock = new();
    private readonly Dictionary<string, int> _colourOf = [];
    private int _width = 7;

    /// <summary>On a terminal, unless NO_COLOR says otherwise.</summary>
    public static bool WantsColour(TextWriter writer) =>
        ReferenceEquals(writer, Console.Out) && !Console.IsOutputRedirected && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"));

    public void Register(string name)
    {
        _colourOf[name] = s_colours[_colourOf.Count % s_colours.Length];
        _width = Math.Max(_width, name.Length);
    }

    public void WriteLine(string name, string line)
    {
        string label = name.PadRight(_width);
        string text = colour && _colourOf.TryGetValue(name, out int code) ? $"\e[{code}m{label}\e[0m | {line}" : $"{label} | {line}";
        lock (_lock)
        {
            try
            {
                writer.WriteLine(text);
            }
            catch (IOException)
            {
                // the terminal is gone; the log files have the line
            }
        }
    }
}
