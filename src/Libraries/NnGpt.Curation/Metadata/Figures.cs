using System.Globalization;

namespace NnGpt.Curation.Metadata;

/// <summary>Numbers as other people's files write them.</summary>
internal static class Figures
{
    /// <summary>An accuracy in 0..1; null for anything else.</summary>
    public static double? Accuracy(string text) => Number(text) is >= 0 and <= 1 and var value ? value : null;

    /// <summary>A finite number; null for anything else.</summary>
    public static double? Number(string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) && double.IsFinite(value) ? value : null;

    /// <summary>Those that are numbers, by name.</summary>
    public static SortedDictionary<string, double> Sorted(IEnumerable<(string Name, string Text)> cells)
    {
        SortedDictionary<string, double> numbers = new(StringComparer.Ordinal);
        foreach ((string name, string text) in cells)
        {
            if (Number(text) is { } value)
            {
                numbers[name] = value;
            }
        }

        return numbers;
    }
}
