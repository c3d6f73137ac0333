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

    /// <summary>
    /// The source of the network in an answer that may hold several blocks: the first with a class in it, else the first
    /// block. Without a block it is the answer itself when that reads like Python, else empty.
    /// </summary>
    public static string ExtractNetwork(string answer)
    {
        string text = answer.Replace("\r\n", "\n", StringComparison.Ordinal);
        CodeBlock first = Extract(text);
        if (!first.Fenced)
        {
            return ReadsLikePython(first.Source) ? first.Source : "";
        }

        for (int open = LineThatStarts(text, 0); open >= 0;)
        {
            string block = Extract(text[open..]).Source;
            if (HasLine(block, "class "))
            {
                return block;
            }

            int body = text.IndexOf('\n', open);
            int close = body < 0 ? -1 : LineThatStarts(text, body + 1);
            int after = close < 0 ? -1 : text.IndexOf('\n', close);
            open = after < 0 ? -1 : LineThatStarts(text, after + 1);
        }

        return first.Source;
    }

    /// <summary>
    /// The source in a text that should be nothing else: to the letter, unless a code block comes before anything that reads like
    /// Python. A block in a docstring is part of the source.
    /// </summary>
    public static string ExtractSource(string text)
    {
        int fence = LineThatStarts(text, 0);
        return fence < 0 || ReadsLikePython(text[..fence]) || HasQuotes(text[..fence]) ? text : ExtractNetwork(text);
    }

    private static bool ReadsLikePython(string text) =>
        HasLine(text, "import ") || HasLine(text, "from ") || HasLine(text, "class ") || HasLine(text, "def ");

    private static bool HasQuotes(string text) => text.Contains("\"\"\"", StringComparison.Ordinal) || text.Contains("'''", StringComparison.Ordinal);

    private static bool HasLine(string text, string start) =>
        text.StartsWith(start, StringComparison.Ordinal) || text.Contains("\n" + start, StringComparison.Ordinal);

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
