namespace NnGpt.Corpus.Chat;

/// <summary>The Python source in a model's answer.</summary>
/// <param name="Source">The source, ending with one line end; empty when there was nothing.</param>
/// <param name="Fenced">The answer held a ``` code block.</param>
/// <param name="Closed">The answer did not break off inside its code block; bare source counts as closed.</param>
public sealed record CodeBlock(string Source, bool Fenced, bool Closed)
{
    private const string Fence = "```";

    /// <summary>
    /// Takes the first code block of an answer, to the end of the text when it is not closed; an answer without a
    /// block is source as it stands. Line ends become <c>\n</c>.
    /// </summary>
    public static CodeBlock Extract(string answer)
    {
        string text = answer.Replace("\r\n", "\n", StringComparison.Ordinal);
        int open = LineThatStarts(text, 0);
        if (open < 0)
        {
            return new CodeBlock(Trim(text), Fenced: false, Closed: true);
        }

        int lineEnd = text.IndexOf('\n', open);
        if (lineEnd < 0)
        {
            return new CodeBlock("", Fenced: true, Closed: false);
        }

        int close = LineThatStarts(text, lineEnd + 1);
        return close < 0
            ? new CodeBlock(Trim(text[(lineEnd + 1)..]), Fenced: true, Closed: false)
            : new CodeBlock(Trim(text[(lineEnd + 1)..close]), Fenced: true, Closed: true);
    }

    /// <summary>Where the next line begins with a fence, or -1. Backticks inside a line do not open or close.</summary>
    private static int LineThatStarts(string text, int from)
    {
        for (int at = from; at >= 0 && at < text.Length;)
        {
            int content = at;
            while (content < text.Length && text[content] == ' ')
            {
                content++;
            }

            if (text.AsSpan(content).StartsWith(Fence, StringComparison.Ordinal))
            {
                return content;
            }

            int next = text.IndexOf('\n', at);
            at = next < 0 ? -1 : next + 1;
        }

        return -1;
    }

    private static string Trim(string source)
    {
        string trimmed = source.Trim('\n').TrimEnd();
        return trimmed.Length == 0 ? "" : trimmed + "\n";
    }
}
