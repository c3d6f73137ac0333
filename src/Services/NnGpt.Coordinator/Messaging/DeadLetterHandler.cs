using NnGpt.Coordinator.Cycles;
using NnGpt.Coordinator.Store;
using NnGpt.Protocol.V1;
using NnGpt.ServiceDefaults.Messaging;

namespace NnGpt.Coordinator.Messaging;

/// <summary>Keeps what died on its way for users to look at, and gives it an outcome, so that its cycle closes.</summary>
internal sealed partial class DeadLetterHandler(
    ExperimentEngine engine, CoordinatorStore store, ExperimentChanges changes, TimeProvider time, ILogger<DeadLetterHandler> logger) : IDeadLetterHandler
{
    private const string OwnQueue = "coordinator";

    public async Task HandleAsync(DeadLetter letter, MessageContext context, CancellationToken cancellationToken)
    {
        string detail = $"its message died on the queue '{letter.Queue}': {letter.Reason}";
        Died(logger, context.MessageId, letter.Queue, letter.Reason);
        int gone = await store.WriteAsync(sql => sql.KeepDeadLetter(letter, context, time.GetUtcNow().ToUnixTimeMilliseconds()), cancellationToken);
        if (gone > 0)
            MadeRoom(logger, gone);
        changes.NotifyAll();
        if (letter.Queue == OwnQueue)
            await ApplyAsync(letter, cancellationToken);
        else if (letter.TryParse<GenerateCommand>(out var generate))
        {
            // What its cycle has of them: a command that is broken or foreign may name any number.
            foreach (var row in store.Read(sql => sql.ListUnfinished(generate.Experiment, generate.Cycle)))
            {
                if (row.Index >= generate.FirstIndex && row.Index - (long)generate.FirstIndex < generate.Count)
                    await GiveUpAsync(CandidateIds.Of(row.Experiment, row.Cycle, row.Index));
            }
        }
        else if (letter.TryParse<CandidateGenerated>(out var generated))
            await GiveUpAsync(generated.Candidate);
        else if (letter.TryParse<CandidateValidated>(out var validated))
            await GiveUpAsync(validated.Candidate);
        else if (letter.TryParse<CandidateTrained>(out var trained))
            await GiveUpAsync(trained.Candidate);
        else if (letter.TryParse<FineTuneCommand>(out var fineTune))
            await engine.ApplyAsync(new AdapterReady { Experiment = fineTune.Experiment, Cycle = fineTune.Cycle, Error = detail }, cancellationToken);
        else if (letter.TryParse<RescoreCommand>(out var rescore) && rescore is { Candidate: not null, Training: not null })
        {
            await engine.RescoredAsync(
                rescore.Candidate, rescore.Training.Seed,
                new TrainingOutcome { Reason = RejectionReason.DeadLetter, EvaluatedOn = rescore.Training.EvaluateOn },
                cancellationToken);
        }

        Task GiveUpAsync(CandidateRef? candidate) => candidate is null
            ? Task.CompletedTask
            : engine.GiveUpAsync(candidate, RejectionReason.DeadLetter, detail, cancellationToken);
    }

    // An answer that this service could not store at its time (a full disk): it is still an answer. One that lacks its parts is none, and
    // a failure here would bring it back for ever.
    private async Task ApplyAsync(DeadLetter letter, CancellationToken cancellationToken)
    {
        if (letter.TryParse<CandidateGenerated>(out var generated) && generated.Candidate is not null)
            await engine.ApplyAsync(generated, cancellationToken);
        else if (letter.TryParse<CandidateValidated>(out var validated) && validated is { Candidate: not null, Outcome: not null })
            await engine.ApplyAsync(validated, cancellationToken);
        else if (letter.TryParse<CandidateTrained>(out var trained) && trained is { Candidate: not null, Outcome: not null })
            await engine.ApplyAsync(trained, cancellationToken);
        else if (letter.TryParse<CandidateJudged>(out var judged) && judged is { Candidate: not null, Outcome: not null })
            await engine.ApplyAsync(judged, cancellationToken);
        else if (letter.TryParse<CandidateRescored>(out var rescored) && rescored is { Candidate: not null, Outcome: not null })
            await engine.ApplyAsync(rescored, cancellationToken);
        else if (letter.TryParse<AdapterReady>(out var adapter))
            await engine.ApplyAsync(adapter, cancellationToken);
    }

    [LoggerMessage(340, LogLevel.Warning, "{MessageId} died on the queue '{Queue}': {Reason}")]
    private static partial void Died(ILogger logger, string messageId, string queue, string reason);

    [LoggerMessage(341, LogLevel.Warning, "{Count} of the oldest dead letters are no longer kept: there are too many")]
    private static partial void MadeRoom(ILogger logger, int count);
}
