using System.Text;

namespace Aspire.Hosting.Orchestration;

/// <summary>Cuts a program's output into lines; a line without end is cut too, so that it cannot fill the memory.</summary>
internal static class OutputPump
{
    public const int LongestLine = 16 * 1024;

    public static async Task RunAsync(TextReader reader, Action<string> onLine)
    {
        char[] buffer = new char[4096];
        var line = new StringBuilder();
        try
        {
            int length;
            while ((length = await reader.ReadAsync(buffer.AsMemory(), CancellationToken.None)) > 0)
            {
                Append(buffer.AsSpan(0, length), line, onLine);
            }
        }
        catch (IOException)
        {
            // the pipe ended with its process
        }

        Flush(line, onLine, keepEmpty: false);
    }

    private static void Append(ReadOnlySpan<char> text, StringBuilder line, Action<string> onLine)
    {
        while (!text.IsEmpty)
        {
            int end = text.IndexOf('\n');
            int room = LongestLine - line.Length;
            int take = Math.Min(end < 0 ? text.Length : end, room);
            line.Append(text[..take]);
            text = text[take..];
            if (!text.IsEmpty && text[0] == '\n')
            {
                text = text[1..];
                Flush(line, onLine, keepEmpty: true);
            }
            else if (line.Length == LongestLine)
            {
                Flush(line, onLine, keepEmpty: true);
            }
        }
    }

    private static void Flush(StringBuilder line, Action<string> onLine, bool keepEmpty)
    {
        if (line.Length > 0 && line[^1] == '\r')
        {
            line.Length--;
        }

        if (keepEmpty || line.Length > 0)
        {
            onLine(line.ToString());
        }

        line.Clear();
    }
}
