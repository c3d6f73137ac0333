using System.Globalization;
using System.Text;

namespace NnGpt.Cli.Rendering;

/// <summary>
/// Text of candidates and files for a terminal. What a model or a stranger wrote must not move the cursor, set the title or
/// hide a line: control characters are shown as Python's repr writes them, "\x1b".
/// </summary>
internal static class PrintableText
{
    public static string Of(string text) => text.Any(IsUnsafe) ? Escape(text) : text;

    private static string Escape(string text)
    {
        var result = new StringBuilder(text.Length + 16);
        foreach (char c in text)
        {
            _ = IsUnsafe(c) ? result.Append(CultureInfo.InvariantCulture, $"\\x{(int)c:x2}") : result.Append(c);
        }

        return result.ToString();
    }

    private static bool IsUnsafe(char c) => char.IsControl(c) && c is not ('\t' or '\n');
}
