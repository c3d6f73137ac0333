using System.Globalization;
using NnGpt.Protocol.V1;
using NnGpt.ServiceDefaults.Messaging;

namespace NnGpt.Trainer.Messaging;

/// <summary>rescore -> candidate.rescored.</summary>
internal sealed partial class RescoreHandler(CandidateTraining training, IMessageBus bus, ILogger<RescoreHandler> logger) : IMessageHandler<RescoreCommand>
{
    public async Task HandleAsync(RescoreCommand message, MessageContext context, CancellationToken cancellationToken)
    {
        var outcome = await training.TrainAsync(
            new TrainRequest { Source = message.Source, Task = message.Task, Limits = message.Limits, Training = message.Training }, cancellationToken);
        await bus.PublishAsync(
            "candidate.rescored",
            new CandidateRescored { Candidate = message.Candidate, Outcome = outcome, Seed = message.Training.Seed },
            string.Create(CultureInfo.InvariantCulture, $"candidate.rescored:{message.Candidate.Id}:{message.Training.Seed}"),
            cancellationToken);
        LogScore(message.Candidate.Id, message.Training.Seed, message.Training.EvaluateOn, outcome.Accuracy);
    }

    [LoggerMessage(101, LogLevel.Information, "{Candidate} again with seed {Seed}: accuracy {Accuracy:0.0000} on {Split}")]
    private partial void LogScore(string candidate, ulong seed, string split, double accuracy);
}
