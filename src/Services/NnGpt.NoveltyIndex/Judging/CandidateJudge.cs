using NnGpt.Novelty;
using NnGpt.Protocol.V1;

namespace NnGpt.NoveltyIndex.Judging;

/// <summary>Threshold and novelty, in the paper's order: novelty decides about what is accurate enough, and is measured for all.</summary>
internal sealed class CandidateJudge(RedisNoveltyIndex index, IndexRecovery recovery)
{
    public async Task<NoveltyOutcome> JudgeAsync(
        CandidateRef candidate, string source, double accuracy, AdmissionSettings? admission, CancellationToken cancellationToken)
    {
        var settings = admission.ToNoveltySettings();
        bool above = accuracy >= (admission?.AccuracyThreshold ?? 0);
        await recovery.EnsureAsync(candidate.Experiment, settings, cancellationToken);
        var verdict = await index.AdmitIfNovelAsync(candidate.Experiment, candidate.Id, source, above, settings, cancellationToken);
        return verdict.ToOutcome(above);
    }
}
