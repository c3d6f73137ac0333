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
        if (outcome.Valid)
            LogValid(message.Candidate.Id, outcome.Times?.Total ?? 0);
        else
            LogRejected(message.Candidate.Id, outcome.Reason, Describe(outcome.Error));
    }

    // Not the error's message: that is the candidate's own text.
    private static string Describe(CodeError? error) => error switch
    {
        null => "no error of Python's",
        { Line: > 0 } => $"{error.Type} in line {error.Line}",
        _ => error.Type,
    };

    [LoggerMessage(100, LogLevel.Information, "{Candidate}: valid, {Milliseconds:0} ms")]
    private partial void LogValid(string candidate, double milliseconds);

    [LoggerMessage(101, LogLevel.Information, "{Candidate}: rejected, {Reason}, {Error}")]
    private partial void LogRejected(string candidate, RejectionReason reason, string error);
}
