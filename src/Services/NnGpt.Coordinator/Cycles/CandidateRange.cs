using NnGpt.Protocol.V1;
using NnGpt.ServiceDefaults.Messaging;

namespace NnGpt.Coordinator.Cycles;

/// <summary>Candidates of a cycle that a message is about: one, or all that it asks for.</summary>
internal sealed record CandidateRange(string Experiment, int Cycle, int First, int Count)
{
    /// <summary>Null for a message that is about no candidate, or cannot be read.</summary>
    public static CandidateRange? Of(DeadLetter letter) =>
        letter.TryParse<GenerateCommand>(out var generate) ? new CandidateRange(generate.Experiment, generate.Cycle, generate.FirstIndex, generate.Count)
        : letter.TryParse<CandidateGenerated>(out var generated) ? Of(generated.Candidate)
        : letter.TryParse<CandidateValidated>(out var validated) ? Of(validated.Candidate)
        : letter.TryParse<CandidateTrained>(out var trained) ? Of(trained.Candidate)
        : letter.TryParse<CandidateJudged>(out var judged) ? Of(judged.Candidate)
        : letter.TryParse<RescoreCommand>(out var rescore) ? Of(rescore.Candidate)
        : letter.TryParse<CandidateRescored>(out var rescored) ? Of(rescored.Candidate)
        : null;

    private static CandidateRange? Of(CandidateRef? candidate) =>
        candidate is null ? null : new CandidateRange(candidate.Experiment, candidate.Cycle, candidate.Index, 1);
}
