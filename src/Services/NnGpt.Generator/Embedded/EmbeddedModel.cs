using Microsoft.Extensions.Options;
using NnGpt.LanguageModel;
using NnGpt.LanguageModel.Lora;
using NnGpt.LanguageModel.Sampling;
using NnGpt.LanguageModel.Tokenization;
using NnGpt.Torch;

namespace NnGpt.Generator.Embedded;

/// <summary>The project's own engine with one model: whoever wants a text, the loop or a client, joins its batch.</summary>
internal sealed class EmbeddedModel : IDisposable
{
    private readonly SamplingEngine _engine;

    /// <summary>Loads the model; takes about a second for the embedded one.</summary>
    /// <exception cref="InvalidOperationException">libtorch does not work here.</exception>
    /// <exception cref="InvalidDataException">The model's directory is damaged.</exception>
    /// <exception cref="InsufficientMemoryException">The weights, or one sequence's keys and values, do not fit.</exception>
    public EmbeddedModel(IOptions<GeneratorOptions> options)
    {
        var check = TorchRuntime.SelfCheck();
        if (!check.IsHealthy)
        {
            throw new InvalidOperationException(check.Message);
        }

        string directory = options.Value.ModelDirectory;
        Name = Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(directory)));
        Encoder = ChatEncoder.Load(directory);
        _engine = new SamplingEngine(
            LlamaModel.Load(directory),
            new SamplingEngineOptions { BatchSize = options.Value.MaxBatch, CacheMegabytes = options.Value.CacheMegabytes, Threads = options.Value.Threads });
    }

    /// <summary>Name of the model's directory.</summary>
    public string Name { get; }

    public ChatEncoder Encoder { get; }

    public long Parameters => _engine.Config.ParameterCount;

    /// <summary>Longest sequence in tokens, prompt and completion together.</summary>
    public int ContextLength => _engine.MaxTokens;

    public IReadOnlyList<int> StopTokens => _engine.Config.EosTokenIds;

    public int LargestBatch => _engine.LargestBatch;

    /// <summary>See <see cref="SamplingEngine.SampleAsync"/>.</summary>
    public Task<Completion> SampleAsync(SamplingRequest request, SamplingOptions options, string? adapter, CancellationToken cancellationToken) =>
        _engine.SampleAsync(request, options, adapter, cancellationToken);

    /// <summary>Reads an adapter to see whether it fits.</summary>
    /// <exception cref="InvalidDataException">It is none of this model.</exception>
    public void CheckAdapter(string directory) => LoraAdapter.Load(directory, _engine.Config).Dispose();

    public void Dispose() => _engine.Dispose();
}
