using System.Diagnostics;
using System.Diagnostics.Metrics;
using NnGpt.Protocol.V1;
using NnGpt.ServiceDefaults.Telemetry;

namespace NnGpt.Generator.Telemetry;

/// <summary>What the language model did for a candidate, in the words of OpenTelemetry's conventions for generative AI.</summary>
internal static class GenerationTelemetry
{
    private static readonly Histogram<double> s_duration = NnGptTelemetry.Meter.CreateHistogram(
        "gen_ai.client.operation.duration", "s", "Time of a batch of completions.", tags: null,
        new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.01, 0.02, 0.04, 0.08, 0.16, 0.32, 0.64, 1.28, 2.56, 5.12, 10.24, 20.48, 40.96, 81.92] });

    private static readonly Histogram<long> s_tokens = NnGptTelemetry.Meter.CreateHistogram(
        "gen_ai.client.token.usage", "{token}", "Tokens read and written for a candidate.", tags: null,
        new InstrumentAdvice<long> { HistogramBucketBoundaries = [1, 4, 16, 64, 256, 1024, 4096, 16384, 65536] });

    /// <summary>A span in the candidate's trace over the time of the batch that it was sampled in, and its tokens.</summary>
    public static void Record(ActivityContext trace, Origin origin, SamplingSettings sampling, DateTimeOffset began, DateTimeOffset ended)
    {
        var tags = Describe(origin);
        s_tokens.Record(origin.PromptTokens, [.. tags, new("gen_ai.token.type", "input")]);
        s_tokens.Record(origin.CompletionTokens, [.. tags, new("gen_ai.token.type", "output")]);
        using var activity = NnGptTelemetry.Source.StartActivity($"chat {origin.Model}", ActivityKind.Internal, trace, tags, startTime: began);
        activity?.SetTag("gen_ai.request.temperature", sampling.Temperature)
            .SetTag("gen_ai.request.top_k", sampling.TopK)
            .SetTag("gen_ai.request.top_p", sampling.TopP)
            .SetTag("gen_ai.request.max_tokens", sampling.MaxNewTokens)
            .SetTag("gen_ai.request.seed", unchecked((long)origin.Seed))
            .SetTag("gen_ai.response.model", origin.AdapterDigest.Length == 0 ? origin.Model : $"{origin.Model}+{origin.AdapterDigest}")
            .SetTag("gen_ai.response.finish_reasons", new[] { origin.FinishReason })
            .SetTag("gen_ai.usage.input_tokens", origin.PromptTokens)
            .SetTag("gen_ai.usage.output_tokens", origin.CompletionTokens)
            .SetTag("gen_ai.output.type", "text")
            .SetEndTime(ended.UtcDateTime);
    }

    /// <summary>The time of a whole batch.</summary>
    public static void RecordBatch(Origin origin, TimeSpan duration) => s_duration.Record(duration.TotalSeconds, Describe(origin));

    private static KeyValuePair<string, object?>[] Describe(Origin origin) =>
        [new("gen_ai.operation.name", "chat"), new("gen_ai.provider.name", "nngpt"), new("gen_ai.request.model", origin.Model)];
}
