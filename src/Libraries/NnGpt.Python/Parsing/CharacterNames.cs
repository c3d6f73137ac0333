using System.Globalization;

namespace NnGpt.Python.Parsing;

/// <summary>
/// Characters by their Unicode names, for <c>\N{...}</c>: Latin and Greek letters, digits, and signs that appear in texts about
/// mathematics. .NET has no table of the names.
/// </summary>
internal static class CharacterNames
{
    private static readonly string[] s_greek =
    [
        "ALPHA", "BETA", "GAMMA", "DELTA", "EPSILON", "ZETA", "ETA", "THETA", "IOTA", "KAPPA", "LAMDA", "MU", "NU", "XI", "OMICRON",
        "PI", "RHO", "FINAL SIGMA", "SIGMA", "TAU", "UPSILON", "PHI", "CHI", "PSI", "OMEGA",
    ];

    private static readonly string[] s_digits = ["ZERO", "ONE", "TWO", "THREE", "FOUR", "FIVE", "SIX", "SEVEN", "EIGHT", "NINE"];

    private static readonly Dictionary<string, string> s_signs = new(StringComparer.Ordinal)
    {
        ["SPACE"] = " ",
        ["NO-BREAK SPACE"] = "\u00a0",
        ["LINE FEED"] = "\n",
        ["CHARACTER TABULATION"] = "\t",
        ["NULL"] = "\0",
        ["FULL STOP"] = ".",
        ["COMMA"] = ",",
        ["COLON"] = ":",
        ["SEMICOLON"] = ";",
        ["HYPHEN-MINUS"] = "-",
        ["LOW LINE"] = "_",
        ["PLUS SIGN"] = "+",
        ["EQUALS SIGN"] = "=",
        ["LESS-THAN SIGN"] = "<",
        ["GREATER-THAN SIGN"] = ">",
        ["ASTERISK"] = "*",
        ["SOLIDUS"] = "/",
        ["REVERSE SOLIDUS"] = "\\",
        ["VERTICAL LINE"] = "|",
        ["NUMBER SIGN"] = "#",
        ["PERCENT SIGN"] = "%",
        ["AMPERSAND"] = "&",
        ["COMMERCIAL AT"] = "@",
        ["DOLLAR SIGN"] = "$",
        ["EURO SIGN"] = "€",
        ["POUND SIGN"] = "£",
        ["QUOTATION MARK"] = "\"",
        ["APOSTROPHE"] = "'",
        ["EXCLAMATION MARK"] = "!",
        ["QUESTION MARK"] = "?",
        ["LEFT CURLY BRACKET"] = "{",
        ["RIGHT CURLY BRACKET"] = "}",
        ["DEGREE SIGN"] = "°",
        ["PLUS-MINUS SIGN"] = "±",
        ["MULTIPLICATION SIGN"] = "×",
        ["DIVISION SIGN"] = "÷",
        ["MICRO SIGN"] = "µ",
        ["MIDDLE DOT"] = "·",
        ["BULLET"] = "•",
        ["EN DASH"] = "–",
        ["EM DASH"] = "—",
        ["HORIZONTAL ELLIPSIS"] = "…",
        ["RIGHTWARDS ARROW"] = "→",
        ["LEFTWARDS ARROW"] = "←",
        ["UPWARDS ARROW"] = "↑",
        ["DOWNWARDS ARROW"] = "↓",
        ["INFINITY"] = "∞",
        ["N-ARY SUMMATION"] = "∑",
        ["N-ARY PRODUCT"] = "∏",
        ["SQUARE ROOT"] = "√",
        ["PARTIAL DIFFERENTIAL"] = "∂",
        ["NABLA"] = "∇",
        ["INTEGRAL"] = "∫",
        ["ALMOST EQUAL TO"] = "≈",
        ["NOT EQUAL TO"] = "≠",
        ["LESS-THAN OR EQUAL TO"] = "≤",
        ["GREATER-THAN OR EQUAL TO"] = "≥",
        ["ELEMENT OF"] = "∈",
        ["DOT OPERATOR"] = "⋅",
        ["CHECK MARK"] = "✓",
        ["BALLOT X"] = "✗",
        ["SNOWMAN"] = "☃",
        ["SUPERSCRIPT TWO"] = "²",
        ["LATIN SMALL LETTER SHARP S"] = "ß",
        ["LATIN SMALL LETTER E WITH ACUTE"] = "é",
        ["GREEK SMALL LETTER LAMBDA"] = "λ",
    };

    public static string? Find(string name)
    {
        var upper = name.ToUpperInvariant();
        if (s_signs.TryGetValue(upper, out var sign))
            return sign;
        foreach (var (prefix, first) in (IEnumerable<(string, int)>)[("LATIN SMALL LETTER ", 'a'), ("LATIN CAPITAL LETTER ", 'A')])
        {
            if (upper.StartsWith(prefix, StringComparison.Ordinal) && upper.Length == prefix.Length + 1 && char.IsAsciiLetter(upper[^1]))
                return ((char)(first + upper[^1] - 'A')).ToString();
        }

        foreach (var (prefix, first) in (IEnumerable<(string, int)>)[("GREEK SMALL LETTER ", 0x3b1), ("GREEK CAPITAL LETTER ", 0x391)])
        {
            var index = upper.StartsWith(prefix, StringComparison.Ordinal) ? Array.IndexOf(s_greek, upper[prefix.Length..]) : -1;
            if (index >= 0)
                return ((char)(first + index)).ToString();
        }

        var digit = upper.StartsWith("DIGIT ", StringComparison.Ordinal) ? Array.IndexOf(s_digits, upper[6..]) : -1;
        return digit < 0 ? null : digit.ToString(CultureInfo.InvariantCulture);
    }
}
