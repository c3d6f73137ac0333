using NnGpt.Cli.Rendering;
using Spectre.Console;

namespace NnGpt.Cli.Novelty;

/// <summary>How new a source would be to an experiment.</summary>
internal sealed record NoveltyReport(
    string Experiment,
    int Documents,
    bool Novel,
    double Tau,
    double JTrain,
    string NearestTrain,
    double JGenerated,
    string NearestGenerated,
    IReadOnlyList<NoveltyNeighbour> Neighbours)
{
    public void Print(IAnsiConsole console)
    {
        console.WriteLine(Novel
            ? $"new to {Experiment}: none of its {Documents} documents is above J = {Figures.Accuracy(Tau)}"
            : $"not new to {Experiment}: a near-duplicate, above J = {Figures.Accuracy(Tau)}, is among its {Documents} documents");
        var table = new Table().Border(TableBorder.Simple).AddColumns("document", "kind", "J");
        foreach (var (id, kind, jaccard) in Neighbours)
            table.AddRow(Markup.Escape(PrintableText.Of(id)), kind, Figures.Accuracy(jaccard));
        console.Write(table);
    }
}
