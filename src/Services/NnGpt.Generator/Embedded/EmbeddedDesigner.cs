using System.Diagnostics;
using NnGpt.Generator.Adapters;
using NnGpt.Generator.Designers;
using NnGpt.LanguageModel.Guidance;
using NnGpt.LanguageModel.Sampling;
using NnGpt.Protocol.V1;

namespace NnGpt.Generator.Embedded;

/// <summary>The project's own engine. A new adapter is taken up by the next request that names it.</summary>
internal sealed class EmbeddedDesigner(EmbeddedModel model, AdapterCache adapters) : IDesigner
{
    private volatile string _adapterDigest = "";

    public ModelInfo Model => new()
    {
        Name = model.Name,
        Parameters = model.Parameters,
        ContextLength = model.ContextLength,
        AdapterDigest = _adapterDigest,
    };

    public async Task<IReadOnlyList<DesignedText>> DesignAsync(DesignRequest request, CancellationToken cancellationToken)
    {
        string? adapter = request.AdapterDigest.Length == 0 ? null : await adapters.GetAsync(request.AdapterDigest, cancellationToken);
        int[] prompt = model.Encoder.EncodePrompt(request.Prompt);
        var options = new SamplingOptions
        {
            Temperature = request.Sampling.Temperature,
            TopK = request.Sampling.TopK,
            TopP = request.Sampling.TopP,
            MaxNewTokens = Math.Max(1, Math.Min(request.Sampling.MaxNewTokens, model.ContextLength - prompt.Length)),
            StopTokens = model.StopTokens,
        };
        long start = Stopwatch.GetTimestamp();
        Completion[] completions = await AllOrNone.WhenAllAsync(
            token => request.Seeds.Select(seed => model.SampleAsync(
                new SamplingRequest(prompt, seed, request.Sampling.SyntaxGuided ? new PythonGuide(model.Encoder.Tokenizer, contract: true) : null),
                options, adapter, token)),
            cancellationToken);
        _adapterDigest = request.AdapterDigest;
        double share = Stopwatch.GetElapsedTime(start).TotalSeconds / completions.Length;
        return
        [
            .. completions.Zip(request.Seeds, (completion, seed) => new DesignedText(
                model.Encoder.Tokenizer.Decode([.. completion.Tokens]),
                new Origin
                {
                    Model = model.Name,
                    AdapterDigest = request.AdapterDigest,
                    Seed = seed,
                    PromptTokens = prompt.Length,
                    CompletionTokens = completion.Tokens.Count,
                    FinishReason = completion.FinishReason.ToString().ToLowerInvariant(),
                    Seconds = share,
                })),
        ];
    }
}
