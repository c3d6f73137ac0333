using System.Text;

namespace NnGpt.Curation.Reading;

/// <summary>Python text from bytes that nobody vouches for.</summary>
public static class SourceText
{
    /// <summary>Longest source of a record, in bytes and characters.</summary>
    public const int MaxLength = 1 << 20;

    private static readonly UTF8Encoding s_strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>
    /// The text as Python reads it: in the encoding that its first two lines declare (<see cref="DeclaredEncoding"/>), else
    /// UTF-8; without a byte order mark and with <c>\n</c> line ends. Null when the bytes are not in that encoding.
    /// </summary>
    public static string? Decode(ReadOnlySpan<byte> bytes)
    {
        try
        {
            return DeclaredEncoding.Find(bytes) is { } declared ? Normalize(declared.Decode(bytes)) : Normalize(s_strict.GetString(bytes));
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }

    /// <summary>The same of any bytes: UTF-16 and UTF-32 with a byte order mark too, and U+FFFD for what is in no encoding.</summary>
    public static string DecodeAny(byte[] bytes)
    {
        if (Decode(bytes) is { } text)
        {
            return text;
        }

        using StreamReader reader = new(new MemoryStream(bytes), Encoding.UTF8, detectEncodingFromByteOrderMarks: true);
        return Normalize(reader.ReadToEnd());
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
