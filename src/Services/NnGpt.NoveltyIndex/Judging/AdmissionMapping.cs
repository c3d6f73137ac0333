using NnGpt.Novelty;
using NnGpt.Protocol.V1;

namespace NnGpt.NoveltyIndex.Judging;

internal static class AdmissionMapping
{
    /// <summary>The message's settings; a number left at zero means the paper's.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A setting is out of range.</exception>
    public static NoveltySettings ToNoveltySettings(this AdmissionSettings? settings)
    {
        var paper = new NoveltySettings();
        if (settings is null)
            return paper;
        var result = new NoveltySettings(
            settings.JaccardThreshold == 0 ? paper.JaccardThreshold : settings.JaccardThreshold,
            settings.RetrievalThreshold == 0 ? paper.RetrievalThreshold : settings.RetrievalThreshold,
            settings.Permutations == 0 ? paper.Permutations : settings.Permutations,
            settings.ShingleSize == 0 ? paper.ShingleSize : settings.ShingleSize,
            settings.NoveltyFilter);
        ArgumentOutOfRangeException.ThrowIfNotEqual(result.JaccardThreshold is > 0 and <= 1, true, "jaccard_threshold");
        ArgumentOutOfRangeException.ThrowIfNotEqual(result.RetrievalThreshold is > 0 and < 1, true, "retrieval_threshold");
        ArgumentOutOfRangeException.ThrowIfNotEqual(result.Permutations is >= 16 and <= 4096, true, "permutations");
        ArgumentOutOfRangeException.ThrowIfNotEqual(result.ShingleSize is >= 1 and <= 100, true, "shingle_size");
        return result;
    }

    public static NoveltyOutcome ToOutcome(this NoveltyVerdict verdict, bool aboveThreshold) => new()
    {
        Novel = verdict.Novel,
        AboveThreshold = aboveThreshold,
        Admitted = verdict.Admitted,
        JTrain = verdict.JTrain,
        NearestTrain = verdict.NearestTrain,
        JGenerated = verdict.JGenerated,
        NearestGenerated = verdict.NearestGenerated,
        RejectionCount = verdict.RejectionCount,
    };
}
