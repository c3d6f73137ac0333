using NnGpt.Cli.Rendering;
using NnGpt.Novelty;
using Spectre.Console;

namespace NnGpt.Cli.Novelty;

/// <summary>How similar two sources are.</summary>
/// <param name="Jaccard">Exact, of the shingle sets.</param>
/// <param name="JaccardEstimate">By MinHash.</param>
/// <param name="NearDuplicate">The index's decision: by the estimate, near tau by the exact similarity.</param>
internal sealed record SourceSimilarity(double Jaccard, double JaccardEstimate, bool NearDuplicate)
{
    public static SourceSimilarity Of(string a, string b, NoveltySettings settings)
    {
        var (left, right) = (SignedDocument.Create(a, settings), SignedDocument.Create(b, settings));
        return new SourceSimilarity(
            left.Shingles.Jaccard(right.Shingles), left.Signature.EstimateJaccard(right.Signature), settings.Rule.IsNearDuplicate(left, right));
    }

    public void Print(IAnsiConsole console)
    {
        console.WriteLine($"Jaccard         {Figures.Accuracy(Jaccard)}");
        console.WriteLine($"by MinHash      {Figures.Accuracy(JaccardEstimate)}");
        console.WriteLine($"near-duplicate  {(NearDuplicate ? "yes" : "no")}");
    }
}
