using NnGpt.Coordinator.Cycles;
using NnGpt.Protocol.V1;
using NnGpt.ServiceDefaults.Messaging;

namespace NnGpt.Coordinator.Messaging;

/// <summary>Hands the pipeline's answers to the state machine, which takes each once.</summary>
internal sealed class PipelineEventHandler(ExperimentEngine engine) :
    IMessageHandler<CandidateGenerated>, IMessageHandler<CandidateValidated>, IMessageHandler<CandidateTrained>,
    IMessageHandler<CandidateJudged>, IMessageHandler<CandidateRescored>, IMessageHandler<AdapterReady>
{
    public Task HandleAsync(CandidateGenerated message, MessageContext context, CancellationToken cancellationToken) =>
        engine.ApplyAsync(message, cancellationToken);

    public Task HandleAsync(CandidateValidated message, MessageContext context, CancellationToken cancellationToken) =>
        engine.ApplyAsync(message, cancellationToken);

    public Task HandleAsync(CandidateTrained message, MessageContext context, CancellationToken cancellationToken) =>
        engine.ApplyAsync(message, cancellationToken);

    public Task HandleAsync(CandidateJudged message, MessageContext context, CancellationToken cancellationToken) =>
        engine.ApplyAsync(message, cancellationToken);

    public Task HandleAsync(CandidateRescored message, MessageContext context, CancellationToken cancellationToken) =>
        engine.ApplyAsync(message, cancellationToken);

    public Task HandleAsync(AdapterReady message, MessageContext context, CancellationToken cancellationToken) =>
        engine.ApplyAsync(message, cancellationToken);
}
