using System.Globalization;
using NnGpt.Curation.Statistics;
using Spectre.Console;

namespace NnGpt.Cli.Rendering;

/// <summary>Figures of a corpus.</summary>
internal static class CorpusStatisticsReport
{
    private const int TopLayers = 15;

    private static readonly (string Name, double Share)[] s_quantiles =
        [("min", 0), ("p05", 0.05), ("p25", 0.25), ("median", 0.5), ("p75", 0.75), ("p95", 0.95), ("max", 1)];

    public static void Print(IAnsiConsole console, CorpusStatistics statistics)
    {
        var report = statistics.Report;
        console.WriteLine(
            $"{Figures.Count(statistics.Records)} networks; {Share(statistics.KeepContract, statistics.Records)} keep the candidate contract, "
            + $"{Share(report.Exact, statistics.Records)} are exact copies, {Share(report.Near, statistics.Records)} near-duplicates; {Figures.Count(report.Malformed)} malformed");
        if (report.MalformedReasons.Count > 0)
        {
            console.WriteLine($"Malformed: {CurationSummary.Reasons(report.MalformedReasons)}");
        }

        if (statistics.Breaches.Count > 0)
        {
            console.WriteLine($"Against the contract: {CurationSummary.Reasons(statistics.Breaches)}");
        }

        if (statistics.Records == 0)
        {
            return;
        }

        console.WriteLine(
            $"Python tokens: {string.Join(", ", s_quantiles.Select(q => $"{q.Name} {Figures.Count(statistics.LengthAt(q.Share))}"))}, "
            + $"mean {statistics.MeanLength.ToString("0", CultureInfo.InvariantCulture)}");
        console.Write(CountTable("family", statistics.Families, statistics.Records));
        console.Write(CountTable("layer", [.. statistics.Layers.Take(TopLayers)], statistics.Records));
        if (statistics.Accuracies.Count > 0)
        {
            var table = new Table().Border(TableBorder.Simple).AddColumn("data set");
            foreach (string name in (string[])["with accuracy", "mean", "best"])
            {
                table.AddColumn(new TableColumn(name).RightAligned());
            }

            foreach (var (dataSet, figures) in statistics.Accuracies)
            {
                table.AddRow(Markup.Escape(PrintableText.Of(dataSet.Length == 0 ? "?" : dataSet)), Figures.Count(figures.Count), Figures.Accuracy(figures.Mean), Figures.Accuracy(figures.Best));
            }

            console.Write(table);
        }
    }

    public static object ToJson(CorpusStatistics statistics) => new
    {
        Networks = statistics.Records,
        statistics.Report.Malformed,
        MalformedReasons = CurationSummary.Json(statistics.Report.MalformedReasons),
        statistics.Report.Exact,
        statistics.Report.Near,
        Unique = statistics.Report.Kept,
        DuplicateRate = statistics.Records == 0 ? 0 : (double)(statistics.Report.Exact + statistics.Report.Near) / statistics.Records,
        ContractRate = statistics.Records == 0 ? 0 : (double)statistics.KeepContract / statistics.Records,
        ContractBreaches = CurationSummary.Json(statistics.Breaches),
        Tokens = s_quantiles.Select(q => KeyValuePair.Create(q.Name, (double)statistics.LengthAt(q.Share)))
            .Append(KeyValuePair.Create("mean", Math.Round(statistics.MeanLength, 2)))
            .ToDictionary(),
        Families = statistics.Families.ToDictionary(),
        Layers = statistics.Layers.ToDictionary(),
        Accuracies = statistics.Accuracies.ToDictionary(pair => pair.Key, pair => new { pair.Value.Count, pair.Value.Mean, pair.Value.Best }),
    };

    private static Table CountTable(string name, IReadOnlyList<KeyValuePair<string, long>> counts, long records)
    {
        var table = new Table().Border(TableBorder.Simple).AddColumn(name)
            .AddColumn(new TableColumn("networks").RightAligned()).AddColumn(new TableColumn("%").RightAligned());
        foreach (var (key, count) in counts)
        {
            table.AddRow(Markup.Escape(PrintableText.Of(key)), Figures.Count(count), Figures.Percent((double)count / records));
        }

        return table;
    }

    private static string Share(long count, long all) => $"{Figures.Count(count)} ({Figures.Percent(all == 0 ? 0 : (double)count / all)} %)";
}
