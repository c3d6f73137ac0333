using NnGpt.LanguageModel.Llama;
using NnGpt.Torch;

namespace NnGpt.LanguageModel.Sampling;

/// <summary>
/// Samples many completions: what the prompts share is computed once, a slot that becomes free takes the next request, and each
/// completion depends on its prompt and seed alone.
/// </summary>
internal sealed class BatchedSampling : IDisposable
{
    private readonly LlamaGraph _graph;
    private readonly IReadOnlyList<SamplingRequest> _requests;
    private readonly SamplingOptions _options;
    private readonly int _slots;
    private readonly int _shared;
    private readonly RotaryTable _rotary;
    private readonly KeyValueCache _cache;
    private readonly CachedDecoder _decoder;

    public BatchedSampling(LlamaGraph graph, IReadOnlyList<SamplingRequest> requests, SamplingOptions options)
    {
        (_graph, _requests, _options) = (graph, requests, options);
        int context = graph.Config.MaxPositionEmbeddings;
        foreach (SamplingRequest request in requests)
        {
            if (request.Prompt.Count == 0 || request.Prompt.Count >= context)
            {
                throw new ArgumentException($"a prompt has {request.Prompt.Count} tokens; the model takes 1 to {context - 1}", nameof(requests));
            }
        }
        Device device = graph.Tensors.First().Device;
        int longest = requests.Max(static request => request.Prompt.Count);
        int capacity = Math.Min(context, longest + options.MaxNewTokens);
        _slots = Math.Min(options.BatchSize, requests.Count);
        _shared = SharedPrefix(requests);
        _rotary = RotaryTable.Create(graph.Config, capacity, device);
        // One slot more holds the shared prefix.
        _cache = new KeyValueCache(graph.Config, _slots + 1, capacity, graph.Dtype, device);
        _decoder = new CachedDecoder(graph, _rotary);
    }

    public IReadOnlyList<Completion> Run(Action<Completion>? completed, CancellationToken cancellationToken)
    {
        int vocabulary = _graph.Config.VocabSize;
        var completions = new Completion[_requests.Count];
        List<Sequence> running = [];
        Stack<int> free = new(Enumerable.Range(0, _slots).Reverse());
        SamplerRoom room = new(vocabulary);
        int next = 0;
        using InferenceMode inference = new();
        if (_shared > 0)
        {
            using var scope = new TensorScope();
            _decoder.Prefill(_cache, _slots, 0, [.. _requests[0].Prompt.Take(_shared)]);
        }
        while (running.Count > 0 || next < _requests.Count)
        {
            cancellationToken.ThrowIfCancellationRequested();
            using var scope = new TensorScope();
            while (free.Count > 0 && next < _requests.Count)
            {
                running.Add(Start(next++, free.Pop(), room));
            }
            Retire(running, free, completions, completed);
            if (running.Count > 0)
            {
                Step(running, vocabulary, room);
                Retire(running, free, completions, completed);
            }
        }
        return completions;
    }

    public void Dispose()
    {
        _cache.Dispose();
        _rotary.Dispose();
    }

    private Sequence Start(int index, int slot, SamplerRoom room)
    {
        SamplingRequest request = _requests[index];
        if (_shared > 0)
        {
            for (int layer = 0; layer < _graph.Layers.Count; layer++)
            {
                (Tensor keys, Tensor values) = _cache.Read(layer, _slots, _shared);
                _cache.Write(layer, slot, 0, keys, values);
            }
        }
        Tensor logits = _decoder.Prefill(_cache, slot, _shared, [.. request.Prompt.Skip(_shared)]);
        Sequence sequence = new(index, slot, request, Math.Min(_options.MaxNewTokens, _cache.Capacity - request.Prompt.Count), _options);
        sequence.Next(logits.ToArray<float>(), room);
        return sequence;
    }

    private void Step(List<Sequence> running, int vocabulary, SamplerRoom room)
    {
        long[] slots = [.. running.Select(static sequence => (long)sequence.Slot)];
        long[] positions = [.. running.Select(static sequence => (long)sequence.Position)];
        int[] tokens = [.. running.Select(static sequence => sequence.Tokens[^1])];
        Span<float> logits = _decoder.Step(_cache, slots, positions, tokens).ToArray<float>();
        for (int i = 0; i < running.Count; i++)
        {
            running[i].Advance();
            running[i].Next(logits.Slice(i * vocabulary, vocabulary), room);
        }
    }

    private static void Retire(List<Sequence> running, Stack<int> free, Completion[] completions, Action<Completion>? completed)
    {
        for (int i = running.Count - 1; i >= 0; i--)
        {
            if (running[i] is { Finished: { } reason } sequence)
            {
                running.RemoveAt(i);
                free.Push(sequence.Slot);
                completions[sequence.Index] = new Completion(sequence.Index, sequence.Tokens, reason, sequence.LogProbability);
                completed?.Invoke(completions[sequence.Index]);
            }
        }
    }

    // At least one token of each prompt is left, since its logits are needed.
    private static int SharedPrefix(IReadOnlyList<SamplingRequest> requests)
    {
        IReadOnlyList<int> first = requests[0].Prompt;
        int shared = requests.Min(static request => request.Prompt.Count) - 1;
        foreach (SamplingRequest request in requests)
        {
            int i = 0;
            while (i < shared && request.Prompt[i] == first[i])
            {
                i++;
            }
            shared = i;
        }
        return requests.Count == 1 ? 0 : shared;
    }
}
