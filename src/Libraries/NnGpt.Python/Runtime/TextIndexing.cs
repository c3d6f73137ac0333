namespace NnGpt.Python.Runtime;

/// <summary>Python counts code points where .NET counts UTF-16 units; they differ only in text with surrogates.</summary>
internal static class TextIndexing
{
    public static long Length(string text)
    {
        long length = text.Length;
        for (var i = 1; i < text.Length; i++)
        {
            if (char.IsLowSurrogate(text[i]) && char.IsHighSurrogate(text[i - 1]))
                length--;
        }

        return length;
    }

    public static bool HasSurrogates(string text) => text.AsSpan().IndexOfAnyInRange('\ud800', '\udfff') >= 0;

    /// <summary>The code points as strings of one code point.</summary>
    public static IEnumerable<object> Characters(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (char.IsHighSurrogate(text[i]) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]))
            {
                yield return text.Substring(i, 2);
                i++;
            }
            else
            {
                yield return Character(text[i]);
            }
        }
    }

    private static readonly string[] s_ascii = [.. Enumerable.Range(0, 128).Select(c => ((char)c).ToString())];

    public static string Character(char c) => c < 128 ? s_ascii[c] : c.ToString();
}
