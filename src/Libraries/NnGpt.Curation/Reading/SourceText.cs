using System.Text;

namespace NnGpt.Curation.Reading;

/// <summary>Text from bytes that nobody vouches for.</summary>
internal static class SourceText
{
    /// <summary>Longest source of a record, in bytes and characters.</summary>
    public const int MaxLength = 1 << 20;

    private static readonly UTF8Encoding s_strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>The text without a byte order mark and with <c>\n</c> line ends; null when the bytes are not UTF-8.</summary>
    public static string? Decode(ReadOnlySpan<byte> bytes)
    {
        try
        {
            return Normalize(s_strict.GetString(bytes));
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }

    /// <summary>The text without a byte order mark and with <c>\n</c> line ends.</summary>
    public static string Normalize(string text)
    {
        string bare = text.Length > 0 && text[0] == '\uFEFF' ? text[1..] : text;
        return bare.Contains('\r', StringComparison.Ordinal)
            ? bare.Replace("\r\n", "\n", StringComparison.Ordinal).Replace('\r', '\n')
            : bare;
    }
}
