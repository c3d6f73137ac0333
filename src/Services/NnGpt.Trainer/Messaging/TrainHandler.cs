using NnGpt.Protocol.V1;
using NnGpt.ServiceDefaults.Messaging;

namespace NnGpt.Trainer.Messaging;

/// <summary>candidate.validated -> candidate.trained or candidate.untrained.</summary>
internal sealed partial class TrainHandler(CandidateTraining training, IMessageBus bus, ILogger<TrainHandler> logger) : IMessageHandler<CandidateValidated>
{
    public async Task HandleAsync(CandidateValidated message, MessageContext context, CancellationToken cancellationToken)
    {
        var outcome = await training.TrainAsync(
            new TrainRequest { Source = message.Source, Task = message.Task, Limits = message.Limits, Training = message.Training }, cancellationToken);
        string routingKey = outcome.Scored ? "candidate.trained" : "candidate.untrained";
        await bus.PublishAsync(
            routingKey,
            new CandidateTrained
            {
                Candidate = message.Candidate,
                Source = outcome.Scored ? message.Source : "",
                Outcome = outcome,
                Admission = message.Admission,
            },
            $"{routingKey}:{message.Candidate.Id}",
            cancellationToken);
        if (outcome.Scored)
            LogScored(message.Candidate.Id, outcome.Accuracy, outcome.EvaluatedOn, outcome.TrainSeconds);
        else
            LogRejected(message.Candidate.Id, outcome.Reason);
    }

    [LoggerMessage(100, LogLevel.Information, "{Candidate}: scored, accuracy {Accuracy:0.0000} on {Split}, trained for {Seconds:0.0} s")]
    private partial void LogScored(string candidate, double accuracy, string split, double seconds);

    [LoggerMessage(102, LogLevel.Information, "{Candidate}: not scored, {Reason}")]
    private partial void LogRejected(string candidate, RejectionReason reason);
}
