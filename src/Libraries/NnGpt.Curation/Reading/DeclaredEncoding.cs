using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace NnGpt.Curation.Reading;

/// <summary>
/// The encoding that a Python file declares in a comment of its first line, or of its second when the first is blank or a comment
/// (PEP 263): <c># -*- coding: latin-1 -*-</c>. UTF-8, encodings that are not known, and those that ASCII is not part of, declare nothing.
/// </summary>
internal sealed partial class DeclaredEncoding
{
    private readonly Encoding _encoding;
    private readonly int _nameStart;
    private readonly int _nameEnd;

    private DeclaredEncoding(Encoding encoding, int nameStart, int nameEnd) => (_encoding, _nameStart, _nameEnd) = (encoding, nameStart, nameEnd);

    /// <summary>Null when there is none.</summary>
    public static DeclaredEncoding? Find(ReadOnlySpan<byte> bytes)
    {
        if (bytes.StartsWith("\uFEFF"u8))
        {
            return null;
        }

        int start = 0;
        for (int number = 0; number < 2; number++)
        {
            int length = bytes[start..].IndexOf((byte)'\n');
            ReadOnlySpan<byte> line = length < 0 ? bytes[start..] : bytes.Slice(start, length);
            ReadOnlySpan<byte> content = line.TrimStart(" \t\f"u8);
            if (content.Length > 0 && content[0] is not ((byte)'#' or (byte)'\r'))
            {
                return null;
            }

            if (content.IndexOf("coding"u8) >= 0 && Comment().Match(Encoding.Latin1.GetString(line)) is { Success: true } match)
            {
                Group name = match.Groups[1];
                return Named(name.Value.ToLowerInvariant().Replace('_', '-')) is { } encoding
                    ? new DeclaredEncoding(encoding, start + name.Index, start + name.Index + name.Length)
                    : null;
            }

            if (length < 0)
            {
                return null;
            }

            start += length + 1;
        }

        return null;
    }

    /// <summary>The text, which declares UTF-8 now: that is how it will be written.</summary>
    /// <exception cref="DecoderFallbackException">The bytes are not in the encoding.</exception>
    public string Decode(ReadOnlySpan<byte> bytes) =>
        $"{_encoding.GetString(bytes[.._nameStart])}utf-8{_encoding.GetString(bytes[_nameEnd..])}";

    private static Encoding? Named(string name)
    {
        if (name is "utf-8" or "utf8" || name.StartsWith("utf-8-", StringComparison.Ordinal))
        {
            return null;
        }

        if (name is "latin-1" or "iso-latin-1" || name.StartsWith("latin-1-", StringComparison.Ordinal) || name.StartsWith("iso-8859-1-", StringComparison.Ordinal))
        {
            return Encoding.Latin1;
        }

        try
        {
            (EncoderFallback encoder, DecoderFallback decoder) = (EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback);
            Encoding? encoding = name.StartsWith("cp", StringComparison.Ordinal) && int.TryParse(name.AsSpan(2), NumberStyles.None, CultureInfo.InvariantCulture, out int page)
                ? CodePagesEncodingProvider.Instance.GetEncoding(page, encoder, decoder)
                : CodePagesEncodingProvider.Instance.GetEncoding(name, encoder, decoder) ?? Encoding.GetEncoding(name, encoder, decoder);
            return encoding?.GetString("#:\n"u8) == "#:\n" ? encoding : null;
        }
        catch (Exception unknown) when (unknown is ArgumentException or NotSupportedException)
        {
            return null;
        }
    }

    [GeneratedRegex(@"^[ \t\f]*#.*?coding[:=][ \t]*([-\w.]+)", RegexOptions.CultureInvariant)]
    private static partial Regex Comment();
}
