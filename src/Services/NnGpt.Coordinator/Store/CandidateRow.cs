using NnGpt.Protocol.V1;

namespace NnGpt.Coordinator.Store;

/// <summary>
/// What has been heard of a candidate. Each stage's answer is taken once, in whatever order the answers come; a
/// candidate is finished when its answers reach an end without a gap, or when it was given up.
/// </summary>
internal sealed record CandidateRow(string Id, string Experiment, int Cycle, int Index, long Created)
{
    public string? Source { get; init; }
    public Origin? Origin { get; init; }
    public ValidationOutcome? Validation { get; init; }
    public TrainingOutcome? Training { get; init; }
    public NoveltyOutcome? Novelty { get; init; }
    public StructureVerdict? Structure { get; init; }
    public RejectionReason Lost { get; init; }
    public string LostDetail { get; init; } = "";
    public long? Finished { get; init; }

    /// <summary>Position in the order of admission, from 1.</summary>
    public int? Admitted { get; init; }

    public bool IsFinished => Finished is not null;

    /// <summary>The accuracy, when it was trained to the end.</summary>
    public double? Accuracy => Training is { Scored: true } ? Training.Accuracy : null;

    public RejectionReason Reason =>
        Lost != RejectionReason.Unspecified ? Lost
        : Validation is { Valid: false } ? Validation.Reason
        : Training is { Scored: false } ? Training.Reason
        : RejectionReason.Unspecified;

    public bool HasReachedItsEnd =>
        Lost != RejectionReason.Unspecified
        || (Origin is not null && Validation is not null
            && (!Validation.Valid || (Training is not null && (!Training.Scored || Novelty is not null))));

    public string Status =>
        Lost != RejectionReason.Unspecified ? "lost"
        : Novelty is not null ? "judged"
        : Training is not null ? (Training.Scored ? "trained" : "untrained")
        : Validation is not null ? (Validation.Valid ? "validated" : "rejected")
        : Origin is not null ? "generated"
        : "requested";

    public CandidateRow? With(CandidateGenerated message) =>
        IsFinished || Origin is not null ? null : this with { Origin = message.Origin ?? new Origin(), Source = Source ?? message.Source };

    // A rejection that comes when a later stage has answered is of another attempt: the chain it belongs to broke off.
    public CandidateRow? With(CandidateValidated message) =>
        IsFinished || Validation is not null || (!message.Outcome.Valid && (Training is not null || Novelty is not null))
            ? null
            : this with { Validation = message.Outcome, Source = Source ?? NotEmpty(message.Source) };

    public CandidateRow? With(CandidateTrained message) =>
        IsFinished || Training is not null || Validation is { Valid: false } || (!message.Outcome.Scored && Novelty is not null)
            ? null
            : this with { Training = message.Outcome, Source = Source ?? NotEmpty(message.Source) };

    public CandidateRow? With(CandidateJudged message) =>
        IsFinished || Novelty is not null || Validation is { Valid: false } || Training is { Scored: false }
            ? null
            : this with { Novelty = message.Outcome };

    public CandidateRow? GivenUp(RejectionReason reason, string detail) =>
        IsFinished ? null : this with { Lost = reason, LostDetail = detail };

    /// <summary>As it was before it was given up.</summary>
    public CandidateRow TakenUpAgain() => this with { Lost = RejectionReason.Unspecified, LostDetail = "", Finished = null };

    private static string? NotEmpty(string text) => text.Length == 0 ? null : text;
}
