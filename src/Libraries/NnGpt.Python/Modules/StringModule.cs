using NnGpt.Python.Runtime;

namespace NnGpt.Python.Modules;

/// <summary><c>string</c>: its constants.</summary>
internal static class StringModule
{
    private const string Lower = "abcdefghijklmnopqrstuvwxyz";
    private const string Upper = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
    private const string Punctuation = "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~";

    public static PyModule Create() => new PyModule("string")
        .Set("ascii_lowercase", Lower)
        .Set("ascii_uppercase", Upper)
        .Set("ascii_letters", Lower + Upper)
        .Set("digits", "0123456789")
        .Set("hexdigits", "0123456789abcdefABCDEF")
        .Set("octdigits", "01234567")
        .Set("punctuation", Punctuation)
        .Set("whitespace", " \t\n\r\v\f")
        .Set("printable", "0123456789" + Lower + Upper + Punctuation + " \t\n\r\v\f")
        .Function("capwords", "s, sep=None", a => string.Join(
            a.TextOrNull(1) ?? " ",
            a.Text(0).Split(a.TextOrNull(1) is { } separator ? [separator] : (string[])[" "], StringSplitOptions.RemoveEmptyEntries)
                .Select(w => char.ToUpperInvariant(w[0]) + w[1..].ToLowerInvariant())));
}
