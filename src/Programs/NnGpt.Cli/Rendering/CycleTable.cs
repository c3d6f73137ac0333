using System.Globalization;
using NnGpt.Protocol.V1;
using Spectre.Console;

namespace NnGpt.Cli.Rendering;

/// <summary>A row per cycle. Shares name their denominator: valid of generated, above the threshold of scored.</summary>
internal static class CycleTable
{
    public static Table Create(Experiment experiment)
    {
        var table = new Table().Border(TableBorder.Simple);
        table.AddColumn("cycle");
        table.AddColumn("adapter");
        foreach (string name in (string[])["generated", "valid", "scored", "threshold", "above", "novel", "admitted"])
        {
            table.AddColumn(new TableColumn(name).RightAligned());
        }

        table.AddColumn("mean accuracy [[95 %]]");
        table.AddColumn(new TableColumn("best").RightAligned());
        foreach (var cycle in experiment.Cycles)
        {
            table.AddRow(Row(cycle).Select(Markup.Escape).ToArray());
        }

        return table;
    }

    public static string[] Row(Cycle cycle) =>
    [
        cycle.Number.ToString(CultureInfo.InvariantCulture),
        Figures.ShortDigest(cycle.AdapterDigest),
        cycle.Generated.ToString(CultureInfo.InvariantCulture),
        Figures.CountWithShare(cycle.Valid, cycle.ValidRate),
        cycle.Scored.ToString(CultureInfo.InvariantCulture),
        Figures.Accuracy(cycle.AccuracyThreshold),
        Figures.CountWithShare(cycle.AboveThreshold, cycle.AboveRate),
        cycle.Novel.ToString(CultureInfo.InvariantCulture),
        cycle.Admitted.ToString(CultureInfo.InvariantCulture),
        Figures.MeanWithInterval(cycle.MeanAccuracy),
        cycle.Scored == 0 ? "-" : Figures.Accuracy(cycle.BestAccuracy),
    ];
}
