using System.Globalization;
using NnGpt.Protocol.V1;
using Spectre.Console;

namespace NnGpt.Cli.Rendering;

/// <summary>How a network relates to the known ones: its class, and block by block who else has it.</summary>
internal static class StructureReport
{
    /// <summary>"recombination; nearest corpus-00123 at graph similarity 0.612, of 2000 corpus networks and 4 admitted".</summary>
    public static string Summary(StructureVerdict verdict)
    {
        if (verdict.Class == StructureClass.Unspecified)
        {
            return "not classified: its graph was not recorded";
        }

        string unused = verdict.UnusedParameters > 0 ? $"; {Figures.Count(verdict.UnusedParameters)} parameters have no influence" : "";
        string nearest = verdict.Nearest.Length == 0 ? "nothing to compare with" : $"nearest {ShortId(verdict.Nearest)} at graph similarity {Figures.Accuracy(verdict.Similarity)}";
        return $"{StageNames.Of(verdict.Class).Replace('_', ' ')}; {nearest}, of {verdict.Corpus} corpus networks and {verdict.Admitted} admitted; {verdict.Fingerprint}{unused}";
    }

    /// <summary>"copy 2, near-duplicate 1, recombination 5, new motif 0".</summary>
    public static string Summary(StructureCounts counts, int admitted)
    {
        int open = admitted - counts.Copies - counts.NearDuplicates - counts.Recombinations - counts.NewMotifs;
        string text = string.Create(
            CultureInfo.InvariantCulture,
            $"copy {counts.Copies}, near-duplicate {counts.NearDuplicates}, recombination {counts.Recombinations}, new motif {counts.NewMotifs}");
        return open > 0 ? string.Create(CultureInfo.InvariantCulture, $"{text}, not classified {open}") : text;
    }

    public static Table Motifs(StructureVerdict verdict)
    {
        var table = new Table().Border(TableBorder.Simple);
        table.AddColumn("block");
        table.AddColumn("modules");
        table.AddColumn(new TableColumn("known in").RightAligned());
        table.AddColumn("for example");
        foreach (var motif in verdict.Motifs)
        {
            table.AddRow(
                Markup.Escape(PrintableText.Of(motif.Text)),
                Markup.Escape(PrintableText.Of(motif.Location)),
                motif.New ? "new" : motif.KnownIn.ToString(CultureInfo.InvariantCulture),
                Markup.Escape(string.Join(", ", motif.Examples.Select(ShortId))));
        }

        return table;
    }

    // Documents of a corpus are named by hashes, of which a table needs the beginning only.
    private static string ShortId(string id) => id.Length == 64 && id.All(char.IsAsciiHexDigit) ? id[..12] : id;

    public static object ToJson(StructureVerdict verdict) => new
    {
        Class = StageNames.Of(verdict.Class),
        verdict.Fingerprint,
        GraphSimilarity = verdict.Similarity,
        verdict.Nearest,
        verdict.Corpus,
        verdict.Admitted,
        verdict.UnusedParameters,
        Motifs = verdict.Motifs.Select(motif => new
        {
            motif.Motif,
            motif.Text,
            motif.Location,
            motif.New,
            motif.KnownIn,
            Examples = motif.Examples.ToArray(),
        }),
    };
}
