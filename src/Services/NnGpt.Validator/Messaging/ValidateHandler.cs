using NnGpt.Protocol.V1;
using NnGpt.ServiceDefaults.Messaging;

namespace NnGpt.Validator.Messaging;

/// <summary>candidate.generated -> candidate.validated or candidate.rejected.</summary>
internal sealed partial class ValidateHandler(CandidateValidation validation, IMessageBus bus, ILogger<ValidateHandler> logger) : IMessageHandler<CandidateGenerated>
{
    public async Task HandleAsync(CandidateGenerated message, MessageContext context, CancellationToken cancellationToken)
    {
        var outcome = await validation.ValidateAsync(
            new ValidateRequest { Source = message.Source, Task = message.Task, Limits = message.Limits }, cancellationToken);
        string routingKey = outcome.Valid ? "candidate.validated" : "candidate.rejected";
        await bus.PublishAsync(
            routingKey,
            new CandidateValidated
            {
                Candidate = message.Candidate,
                Source = outcome.Valid ? message.Source : "",
                Outcome = outcome,
                Task = message.Task,
                Limits = message.Limits,
                Training = message.Training,
                Admission = message.Admission,
            },
            $"{routingKey}:{message.Candidate.Id}",
            cancellationToken);
        LogVerdict(message.Candidate.Id, outcome.Valid, outcome.Reason, outcome.Error?.Type, outcome.Error?.Line ?? 0, outcome.Times?.Total ?? 0);
    }

    [LoggerMessage(100, LogLevel.Information, "{Candidate}: valid {Valid}, {Reason} {ErrorType} line {Line}, {Milliseconds:0} ms")]
    private partial void LogVerdict(string candidate, bool valid, RejectionReason reason, string? errorType, int line, double milliseconds);
}
