using System.Text.Json.Serialization;
using NnGpt.Cli.Rendering;
using NnGpt.Novelty;
using Spectre.Console;

namespace NnGpt.Cli.Novelty;

/// <summary>How similar two sources are.</summary>
/// <param name="Jaccard">Exact, of the shingle sets.</param>
/// <param name="JaccardEstimate">By MinHash.</param>
/// <param name="NearDuplicate">The index's decision: by the estimate, near tau by the exact similarity.</param>
/// <param name="FingerprintEqual">Whether they compute the same in the same way; null without two valid networks.</param>
/// <param name="GraphSimilarity">Of what they compute; null without two valid networks.</param>
/// <param name="Reason">Why there is no comparison of graphs; left out when there is one.</param>
internal sealed record SourceSimilarity(
    double Jaccard, double JaccardEstimate, bool NearDuplicate, bool? FingerprintEqual, double? GraphSimilarity,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Reason)
{
    public static SourceSimilarity Of(string a, string b, NoveltySettings settings, GraphComparison graphs)
    {
        var (left, right) = (SignedDocument.Create(a, settings), SignedDocument.Create(b, settings));
        return new SourceSimilarity(
            left.Shingles.Jaccard(right.Shingles), left.Signature.EstimateJaccard(right.Signature), settings.Rule.IsNearDuplicate(left, right),
            graphs.FingerprintEqual, graphs.Similarity, graphs.Reason);
    }

    public void Print(IAnsiConsole console)
    {
        console.WriteLine($"Jaccard         {Figures.Accuracy(Jaccard)}");
        console.WriteLine($"by MinHash      {Figures.Accuracy(JaccardEstimate)}");
        console.WriteLine($"near-duplicate  {(NearDuplicate ? "yes" : "no")}");
        if (GraphSimilarity is { } similarity)
        {
            console.WriteLine($"same graph      {(FingerprintEqual == true ? "yes" : "no")}");
            console.WriteLine($"graphs          {Figures.Accuracy(similarity)}");
        }
        else
        {
            console.WriteLine($"no graphs       {PrintableText.Of(Reason ?? "")}");
        }
    }
}
