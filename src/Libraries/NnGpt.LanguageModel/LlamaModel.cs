using System.ComponentModel.DataAnnotations;
using NnGpt.LanguageModel.Llama;
using NnGpt.LanguageModel.Lora;
using NnGpt.LanguageModel.Sampling;
using NnGpt.Torch;

namespace NnGpt.LanguageModel;

/// <summary>
/// A model for sampling: base weights, and an adapter that can be changed while it is in use. Thread-safe; samplings run one after
/// another, each with the adapter of the moment it began.
/// </summary>
public sealed class LlamaModel : IDisposable
{
    // Stacked weights are faster to compute with, but a copy: worth it for small models alone.
    private const long LargestStacked = 256L << 20;

    // Two threads were slower than one with 2.9 and 5.3 million parameters (bench/README.md); a step is over before the second has woken.
    private const long SmallestForThreads = 8_000_000;

    private readonly LlamaWeights _weights;
    private readonly Dtype _dtype;
    private readonly bool _stack;
    private readonly Lock _gate = new();
    private LlamaGraph _graph;

    /// <summary>Takes over the weights.</summary>
    /// <param name="weights">The base model; disposed with this object.</param>
    /// <param name="dtype">Type of matrix products and caches. In bfloat16 (the default) a completion is the same in any batch;
    /// in float32 rounding differs with the batch size.</param>
    public LlamaModel(LlamaWeights weights, Dtype dtype = Dtype.BFloat16)
        : this(weights, dtype, weights.Config.ParameterCount * dtype.ElementSize() <= LargestStacked)
    {
    }

    internal LlamaModel(LlamaWeights weights, Dtype dtype, bool stack)
    {
        (_weights, _dtype, _stack) = (weights, dtype, stack);
        _graph = BuildGraph(null);
    }

    /// <summary>The architecture.</summary>
    public LlamaConfig Config => _weights.Config;

    /// <summary>Threads with which sampling is fastest, for <see cref="TorchThreads.Count"/>: one for a small model, else one per processor.</summary>
    public int SamplingThreads => Config.ParameterCount < SmallestForThreads ? 1 : Environment.ProcessorCount;

    /// <summary>The base weights, for fine-tuning.</summary>
    public LlamaWeights Weights => _weights;

    /// <summary>The model as it is computed now, for those who sample from it on their own thread.</summary>
    internal LlamaGraph Graph => _graph;

    /// <summary>
    /// Reads a Hugging Face folder. A model above 256 MB whose weights are stored in the type of the computation is used from the mapped
    /// files, without copies.
    /// </summary>
    /// <exception cref="InvalidDataException">A file is damaged or does not fit.</exception>
    /// <exception cref="InsufficientMemoryException">The weights do not fit into memory; nothing was loaded.</exception>
    public static LlamaModel Load(string directory, Dtype dtype = Dtype.BFloat16) => Load(directory, dtype, SystemMemory.Available());

    internal static LlamaModel Load(string directory, Dtype dtype, long? availableMemory)
    {
        LlamaConfig config = LlamaConfig.Load(directory);
        long needed = LlamaWeights.Check(directory, config).Sum(entry => (entry.End - entry.Begin) / entry.Dtype.ElementSize() * dtype.ElementSize());
        SystemMemory.Require(needed, availableMemory, $"{directory}: the weights need, in {dtype.PythonName()},");
        return new LlamaModel(LlamaWeights.Load(directory), dtype);
    }

    /// <summary>
    /// Samples with this adapter from now on; null goes back to the base model. A small model's update is merged into copies of the
    /// untouched base weights, so adapters never add up; beside a large one it is computed. Waits for a sampling that is running.
    /// </summary>
    /// <exception cref="InvalidDataException">The adapter was trained on another base model.</exception>
    public void UseAdapter(LoraAdapter? adapter)
    {
        adapter?.ThrowIfOfAnotherBase(BaseModelFingerprint.Of(_weights));
        LlamaGraph graph = BuildGraph(adapter);
        lock (_gate)
        {
            Free(_graph);
            _graph = graph;
        }
    }

    /// <summary>Samples completions; each depends on its prompt, its seed, the weights and the options only.</summary>
    /// <param name="requests">Any number; more than the batch size wait for a free place.</param>
    /// <param name="options">How tokens are drawn.</param>
    /// <param name="completed">Called for each completion as soon as it is ready, on the calling thread; null for nobody.</param>
    /// <param name="cancellationToken">Stops between two tokens.</param>
    /// <returns>In the order of the requests.</returns>
    /// <exception cref="ArgumentException">A prompt is empty or does not fit the model's context.</exception>
    /// <exception cref="InsufficientMemoryException">Not even one sequence's keys and values fit into the options' memory.</exception>
    /// <exception cref="InvalidDataException">The model gives logits that are no numbers.</exception>
    /// <exception cref="ValidationException">An option is out of its range.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public IReadOnlyList<Completion> Sample(
        IReadOnlyList<SamplingRequest> requests, SamplingOptions options, Action<Completion>? completed, CancellationToken cancellationToken)
    {
        Validator.ValidateObject(options, new ValidationContext(options), validateAllProperties: true);
        if (requests.Count == 0)
        {
            return [];
        }
        lock (_gate)
        {
            return BatchedSampling.Run(_graph, requests, options, completed, cancellationToken);
        }
    }

    /// <summary>Logits after each token of a sequence, (tokens, vocabulary), row by row.</summary>
    public float[] Logits(IReadOnlyList<int> tokens)
    {
        lock (_gate)
        {
            using var scope = new TensorScope();
            using InferenceMode inference = new();
            using RotaryTable rotary = RotaryTable.Create(Config, tokens.Count, Device.Cpu);
            Tensor ids = Tensor.FromArray(tokens.Select(static token => (long)token).ToArray(), 1, tokens.Count);
            return _graph.Logits(_graph.Hidden(ids, rotary)).ToArray<float>();
        }
    }

    /// <summary>Frees everything.</summary>
    public void Dispose()
    {
        Free(_graph);
        _weights.Dispose();
    }

    private LlamaGraph BuildGraph(LoraAdapter? adapter)
    {
        using var scope = new TensorScope();
        using NoGrad guard = NoGrad.Enter();
        LlamaGraph graph = _stack
            ? LlamaGraph.Build(_weights, _dtype, adapter is null ? null : adapter.Merge)
            : LlamaGraph.Build(_weights, _dtype, stack: false);
        if (!_stack && adapter is not null)
        {
            graph = LoraGraph.Attach(graph, adapter, training: false);
        }
        foreach (Tensor tensor in graph.Tensors)
        {
            TensorScope.Detach(tensor);
        }
        return graph;
    }

    // A weight that needed no conversion is another object of the same native tensor, so freeing it leaves the weights alone.
    private static void Free(LlamaGraph graph)
    {
        foreach (Tensor tensor in graph.Tensors)
        {
            tensor.Dispose();
        }
    }
}
