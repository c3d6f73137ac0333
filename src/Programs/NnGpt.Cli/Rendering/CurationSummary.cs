using System.Globalization;
using System.Text;
using System.Text.Json;
using NnGpt.Curation;

namespace NnGpt.Cli.Rendering;

/// <summary>What a curation came to, for people.</summary>
internal static class CurationSummary
{
    public static string Text(CurationReport report, double seconds, string folder)
    {
        StringBuilder text = new();
        void Line(string name, long count, string? detail = null) =>
            text.Append(CultureInfo.InvariantCulture, $"{name,-16}{Figures.Count(count),10}{(string.IsNullOrEmpty(detail) ? "" : $"   {detail}")}\n");

        Line("read", report.Read);
        Line("malformed", report.Malformed, Reasons(report.MalformedReasons));
        if (report.Breaches.Count > 0)
        {
            Line("no candidate", report.Breaches.Values.Sum(), Reasons(report.Breaches));
        }

        Line("exact copies", report.Exact);
        Line("near-duplicates", report.Near);
        Line("kept", report.Kept);
        return text.Append(CultureInfo.InvariantCulture, $"{seconds:0.0} s -> {PrintableText.Of(folder)}").ToString();
    }

    /// <summary>"not_utf8 3, empty 1"</summary>
    public static string Reasons<T>(IReadOnlyDictionary<T, long> counts)
        where T : struct, Enum =>
        string.Join(", ", counts.Select(pair => $"{Name(pair.Key)} {Figures.Count(pair.Value)}"));

    public static IReadOnlyDictionary<string, long> Json<T>(IReadOnlyDictionary<T, long> counts)
        where T : struct, Enum =>
        counts.ToDictionary(pair => Name(pair.Key), pair => pair.Value);

    private static string Name<T>(T value)
        where T : struct, Enum => JsonNamingPolicy.SnakeCaseLower.ConvertName(value.ToString());
}
