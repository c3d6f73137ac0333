using System.Diagnostics;
using Microsoft.Extensions.Options;
using NnGpt.Generator.Adapters;
using NnGpt.LanguageModel;
using NnGpt.LanguageModel.Guidance;
using NnGpt.LanguageModel.Lora;
using NnGpt.LanguageModel.Sampling;
using NnGpt.LanguageModel.Tokenization;
using NnGpt.Protocol.V1;
using NnGpt.Torch;

namespace NnGpt.Generator.Designers;

/// <summary>The project's own engine. A new adapter is taken up by the next request that names it.</summary>
internal sealed class EmbeddedDesigner : IDesigner, IDisposable
{
    private readonly GeneratorOptions _options;
    private readonly AdapterCache _adapters;
    private readonly LlamaModel _model;
    private readonly ChatEncoder _encoder;
    private readonly SemaphoreSlim _turn = new(1, 1);
    private string _adapterDigest = "";

    /// <summary>Loads the model; takes about a second for the embedded one.</summary>
    /// <exception cref="InvalidOperationException">libtorch does not work here.</exception>
    /// <exception cref="InvalidDataException">The model's directory is damaged.</exception>
    public EmbeddedDesigner(IOptions<GeneratorOptions> options, AdapterCache adapters)
    {
        var check = TorchRuntime.SelfCheck();
        if (!check.IsHealthy)
        {
            throw new InvalidOperationException(check.Message);
        }

        _options = options.Value;
        _adapters = adapters;
        _encoder = ChatEncoder.Load(_options.ModelDirectory);
        _model = LlamaModel.Load(_options.ModelDirectory);
    }

    public ModelInfo Model => new()
    {
        Name = Path.GetFileName(Path.TrimEndingDirectorySeparator(_options.ModelDirectory)),
        Parameters = _model.Config.ParameterCount,
        ContextLength = _model.Config.MaxPositionEmbeddings,
        AdapterDigest = _adapterDigest,
    };

    public async Task<IReadOnlyList<DesignedText>> DesignAsync(DesignRequest request, CancellationToken cancellationToken)
    {
        string? adapter = request.AdapterDigest.Length == 0 ? null : await _adapters.GetAsync(request.AdapterDigest, cancellationToken);
        await _turn.WaitAsync(cancellationToken);
        try
        {
            return await Task.Factory.StartNew(
                () => Design(request, adapter, cancellationToken), cancellationToken, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        }
        finally
        {
            _turn.Release();
        }
    }

    public void Dispose()
    {
        _turn.Dispose();
        _model.Dispose();
    }

    private DesignedText[] Design(DesignRequest request, string? adapter, CancellationToken cancellationToken)
    {
        TorchThreads.Count = _options.Threads > 0 ? _options.Threads : Environment.ProcessorCount;
        UseAdapter(request.AdapterDigest, adapter);
        int[] prompt = _encoder.EncodePrompt(request.Prompt);
        long start = Stopwatch.GetTimestamp();
        var completions = _model.Sample(
            [.. request.Seeds.Select(seed => new SamplingRequest(
                prompt, seed, request.Sampling.SyntaxGuided ? new PythonGuide(_encoder.Tokenizer, contract: true) : null))],
            new SamplingOptions
            {
                Temperature = request.Sampling.Temperature,
                TopK = request.Sampling.TopK,
                TopP = request.Sampling.TopP,
                MaxNewTokens = Math.Min(request.Sampling.MaxNewTokens, _model.Config.MaxPositionEmbeddings - prompt.Length),
                StopTokens = _model.Config.EosTokenId is { } end ? [end] : [],
                BatchSize = _options.MaxBatch,
            },
            completed: null,
            cancellationToken);
        double share = Stopwatch.GetElapsedTime(start).TotalSeconds / completions.Count;
        string name = Model.Name;
        return
        [
            .. completions.Select(completion => new DesignedText(
                _encoder.Tokenizer.Decode([.. completion.Tokens]),
                new Origin
                {
                    Model = name,
                    AdapterDigest = request.AdapterDigest,
                    Seed = request.Seeds[completion.Index],
                    PromptTokens = prompt.Length,
                    CompletionTokens = completion.Tokens.Count,
                    FinishReason = completion.FinishReason.ToString().ToLowerInvariant(),
                    Seconds = share,
                })),
        ];
    }

    private void UseAdapter(string digest, string? directory)
    {
        if (digest == _adapterDigest)
        {
            return;
        }

        using var adapter = directory is null ? null : LoraAdapter.Load(directory, _model.Config);
        _model.UseAdapter(adapter);
        _adapterDigest = digest;
    }
}
