using System.Globalization;
using NnGpt.Torch;

namespace NnGpt.Candidates.Tracing;

/// <summary>Names and arguments of operators as text: lists as "2,2", numbers as Python writes them, "true" and "false".</summary>
internal static class OperatorText
{
    private const int MaxLength = 200;

    /// <summary>Without namespace, overload and the mark of in-place operators.</summary>
    public static string Name(OperatorSchema schema)
    {
        var name = schema.BaseName;
        return name.EndsWith('_') && !name.EndsWith("__", StringComparison.Ordinal) ? name[..^1] : name;
    }

    public static string Of(long value) => value.ToString(CultureInfo.InvariantCulture);

    /// <summary>One number for a list of a fixed size stands for all of its elements.</summary>
    public static string Of(object value, int listSize) => Bounded(value switch
    {
        long number when listSize > 1 => Repeat(Of(number), listSize),
        long[] { Length: 1 } one when listSize > 1 => Repeat(Of(one[0]), listSize),
        double[] { Length: 1 } one when listSize > 1 => Repeat(Of(one[0]), listSize),
        long number => Of(number),
        double number => Of(number),
        bool flag => flag ? "true" : "false",
        long[] numbers => string.Join(',', numbers.Select(number => Of(number))),
        double[] numbers => string.Join(',', numbers.Select(number => Of(number))),
        bool[] flags => string.Join(',', flags.Select(flag => flag ? "true" : "false")),
        string text => text,
        _ => "",
    });

    private static string Of(double value) => value.ToString("R", CultureInfo.InvariantCulture);

    private static string Repeat(string text, int count) => string.Join(',', Enumerable.Repeat(text, count));

    // What is longer keeps its beginning and a hash of all.
    private static string Bounded(string text) => text.Length <= MaxLength
        ? text
        : $"{text[..(MaxLength - 20)]}#{Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(text)).AsSpan(0, 8))}";
}
