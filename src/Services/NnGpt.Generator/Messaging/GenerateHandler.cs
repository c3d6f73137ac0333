using System.Diagnostics;
using NnGpt.Corpus.Prompts;
using NnGpt.Generator.Candidates;
using NnGpt.Generator.Designers;
using NnGpt.Generator.Telemetry;
using NnGpt.Protocol.V1;
using NnGpt.ServiceDefaults.Messaging;
using NnGpt.ServiceDefaults.Telemetry;

namespace NnGpt.Generator.Messaging;

/// <summary>generate -> candidate.generated for each candidate asked for.</summary>
internal sealed partial class GenerateHandler(IDesigner designer, IMessageBus bus, TimeProvider time, ILogger<GenerateHandler> logger) : IMessageHandler<GenerateCommand>
{
    public async Task HandleAsync(GenerateCommand message, MessageContext context, CancellationToken cancellationToken)
    {
        var prompt = DesignPrompts.Of(message.Task, message.Limits)
            ?? throw new InvalidOperationException($"unknown data set '{message.Task.Dataset}'");
        ulong[] seeds = [.. Enumerable.Range(message.FirstIndex, message.Count)
            .Select(index => CandidateSeed.Of(message.Sampling.Seed, message.Cycle, index))];
        var began = time.GetUtcNow();
        var texts = await designer.DesignAsync(
            new DesignRequest(prompt.Messages, message.Sampling, seeds, message.AdapterDigest), cancellationToken);
        var ended = time.GetUtcNow();
        if (texts.Count > 0)
            GenerationTelemetry.RecordBatch(texts[0].Origin, ended - began);

        for (int i = 0; i < texts.Count; i++)
        {
            var candidate = CandidateId.Of(message.Experiment, message.Cycle, message.FirstIndex + i);
            var trace = NnGptTelemetry.CandidateTrace(candidate.Id);
            GenerationTelemetry.Record(trace, texts[i].Origin, message.Sampling, began, ended);
            // From here on each candidate has a trace of its own, linked to the command that asked for it.
            using var activity = NnGptTelemetry.Source.StartActivity(
                "candidate",
                ActivityKind.Internal,
                trace,
                links: Activity.Current is { } command ? [new ActivityLink(command.Context)] : null);
            activity?.SetTag("nngpt.candidate", candidate.Id);
            await bus.PublishAsync(
                "candidate.generated",
                new CandidateGenerated
                {
                    Candidate = candidate,
                    Source = texts[i].Source,
                    Origin = texts[i].Origin,
                    Task = message.Task,
                    Limits = message.Limits,
                    Training = message.Training,
                    Admission = message.Admission,
                },
                $"candidate.generated:{candidate.Id}",
                cancellationToken);
        }

        LogGenerated(message.Experiment, message.Cycle, texts.Count, texts.Sum(text => text.Origin.CompletionTokens), texts.Sum(text => text.Origin.Seconds));
    }

    [LoggerMessage(100, LogLevel.Information, "{Experiment} cycle {Cycle}: {Count} candidates, {Tokens} tokens in {Seconds:0.0} s")]
    private partial void LogGenerated(string experiment, int cycle, int count, int tokens, double seconds);
}
