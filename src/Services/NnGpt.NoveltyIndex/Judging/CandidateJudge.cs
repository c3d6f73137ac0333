using NnGpt.Novelty;
using NnGpt.Protocol.V1;
using StackExchange.Redis;

namespace NnGpt.NoveltyIndex.Judging;

/// <summary>Threshold and novelty, in the paper's order: novelty decides about what is accurate enough, and is measured for all.</summary>
internal sealed class CandidateJudge(RedisNoveltyIndex index, IndexRecovery recovery)
{
    private const int MaxTries = 5;

    public async Task<NoveltyOutcome> JudgeAsync(
        CandidateRef candidate, string source, double accuracy, AdmissionSettings? admission, CancellationToken cancellationToken)
    {
        var settings = admission.ToNoveltySettings();
        bool above = accuracy >= (admission?.AccuracyThreshold ?? 0);
        for (int attempt = 0; attempt < MaxTries; attempt++)
        {
            if (recovery.IsDoubtful(candidate.Experiment))
                await recovery.FillAsync(candidate.Experiment, settings, even: true, cancellationToken);
            var verdict = await index.AdmitIfNovelAsync(
                candidate.Experiment, candidate.Id, candidate.Cycle, source, above, settings, cancellationToken);
            if (verdict is null)
            {
                await recovery.FillAsync(candidate.Experiment, settings, even: true, cancellationToken);
                continue;
            }
            if (verdict.Admitted)
                recovery.Remember(candidate.Experiment, new IndexedDocument(DocumentKind.Admitted, candidate.Id, source, candidate.Cycle));
            return verdict.ToOutcome(above);
        }
        throw Lost(candidate.Experiment);
    }

    /// <summary>Null when nobody knows the experiment.</summary>
    public async Task<NoveltyOutcome?> QueryAsync(
        string experiment, string source, AdmissionSettings? admission, CancellationToken cancellationToken)
    {
        var settings = admission.ToNoveltySettings();
        for (int attempt = 0; attempt < MaxTries; attempt++)
        {
            var verdict = await index.QueryAsync(experiment, source, settings, cancellationToken);
            if (verdict is not null)
                return verdict.ToOutcome(aboveThreshold: false);
            if (!await recovery.FillAsync(experiment, settings, even: false, cancellationToken))
                return null;
        }
        throw Lost(experiment);
    }

    private static RedisException Lost(string experiment) => new($"The index of {experiment} was lost {MaxTries} times while it was asked.");
}
