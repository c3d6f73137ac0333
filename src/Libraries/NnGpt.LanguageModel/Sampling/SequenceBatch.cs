using NnGpt.LanguageModel.Llama;
using NnGpt.Torch;

namespace NnGpt.LanguageModel.Sampling;

/// <summary>
/// Sequences that are computed together and come and go between two tokens. What a new prompt shares with one that was computed before
/// is copied from its keys and values, and each completion depends on its prompt, its seed and its options alone. On one thread.
/// </summary>
/// <remarks>
/// Attention rounds differently for other numbers of queries and keys. So a prompt is computed in pieces that begin at multiples of
/// <see cref="PieceTokens"/>, and only whole pieces are shared, or a whole prompt with the logits after it: what is copied is bit for bit
/// what would have been computed.
/// </remarks>
internal sealed class SequenceBatch : IDisposable
{
    private const int PieceTokens = 128;

    private readonly LlamaGraph _graph;
    private readonly int _capacity;
    private readonly RotaryTable _rotary;
    private readonly KeyValueCache _cache;
    private readonly CachedDecoder _decoder;
    private readonly SamplerRoom _room;
    private readonly List<Sequence> _running = [];
    private readonly Slot[] _slots;
    private long _clock;

    /// <summary>Allocates the cache.</summary>
    /// <param name="graph">The model.</param>
    /// <param name="slots">Most sequences at a time.</param>
    /// <param name="capacity">Longest sequence, prompt and completion together.</param>
    public SequenceBatch(LlamaGraph graph, int slots, int capacity)
    {
        (_graph, _capacity) = (graph, capacity);
        Device device = graph.Tensors.First().Device;
        _rotary = RotaryTable.CreateGrowing(graph.Config, capacity, device);
        _cache = new KeyValueCache(graph.Config, slots, capacity, graph.Dtype, device);
        _decoder = new CachedDecoder(graph, _rotary);
        _room = new SamplerRoom(graph.Config.VocabSize);
        _slots = [.. Enumerable.Range(0, slots).Select(static index => new Slot(index))];
    }

    /// <summary>Sequences on their way or finished but not taken.</summary>
    public int Running => _running.Count;

    /// <summary>Places for more.</summary>
    public int Free => _slots.Length - _running.Count;

    /// <summary>Tokens of prompts that were computed, and those that were copied from another prompt.</summary>
    public (long Computed, long Copied) PromptTokens { get; private set; }

    public static void CheckPrompt(int tokens, int context)
    {
        if (tokens == 0 || tokens >= context)
        {
            throw new ArgumentException($"a prompt has {tokens} tokens; the model takes 1 to {context - 1}");
        }
    }

    /// <summary>Takes a sequence into a free place, computes its prompt and draws its first token.</summary>
    public Sequence Admit(int index, SamplingRequest request, SamplingOptions options)
    {
        int[] prompt = [.. request.Prompt];
        CheckPrompt(prompt.Length, _capacity);
        using var scope = new TensorScope();
        // Where dynamic scaling sets in, every position depends on the length of the whole prompt: only the same one can be shared.
        bool grows = RotaryTable.GrowsWithin(_graph.Config, prompt.Length);
        int shared = _slots.Max(slot => slot.Shares(prompt, grows));
        Slot source = _slots.First(slot => slot.Shares(prompt, grows) == shared);
        Slot slot = _slots.Where(static slot => !slot.Busy).MinBy(slot => (slot.Shares(prompt, grows) < shared, slot.Used))!;
        float[]? logits = shared == prompt.Length ? source.Logits : null;
        if (slot.Shares(prompt, grows) < shared)
        {
            Copy(source, slot, shared);
        }
        slot.Prompt = [];
        logits ??= Prefill(slot.Index, prompt, shared, grows);
        (slot.Prompt, slot.Logits, slot.Grew, slot.Busy, slot.Used) = (prompt, logits, grows, true, ++_clock);
        PromptTokens = (PromptTokens.Computed + prompt.Length - shared, PromptTokens.Copied + shared);
        Sequence sequence = new(index, slot.Index, request, Math.Min(options.MaxNewTokens, _capacity - prompt.Length), options);
        sequence.Next([.. logits], _room);
        _running.Add(sequence);
        return sequence;
    }

    /// <summary>One more token for each sequence that is not finished.</summary>
    public void Step()
    {
        Sequence[] active = [.. _running.Where(static sequence => sequence.Finished is null && sequence.Failure is null)];
        if (active.Length == 0)
        {
            return;
        }
        using var scope = new TensorScope();
        int vocabulary = _graph.Config.VocabSize;
        Span<float> logits = _decoder.Step(
            _cache,
            [.. active.Select(static sequence => (long)sequence.Slot)],
            [.. active.Select(static sequence => (long)sequence.Position)],
            [.. active.Select(static sequence => sequence.Tokens[^1])]).ToArray<float>();
        for (int i = 0; i < active.Length; i++)
        {
            active[i].Advance();
            active[i].Next(logits.Slice(i * vocabulary, vocabulary), _room);
        }
    }

    /// <summary>The sequences that are finished or failed; their places are free.</summary>
    public IReadOnlyList<Sequence> TakeFinished()
    {
        Sequence[] finished = [.. _running.Where(static sequence => sequence.Finished is not null || sequence.Failure is not null)];
        foreach (Sequence sequence in finished)
        {
            Remove(sequence);
        }
        return finished;
    }

    /// <summary>Gives up a sequence; its place is free.</summary>
    public void Remove(Sequence sequence)
    {
        _running.Remove(sequence);
        _slots[sequence.Slot].Busy = false;
    }

    public void Dispose()
    {
        _cache.Dispose();
        _rotary.Dispose();
    }

    private void Copy(Slot source, Slot target, int tokens)
    {
        for (int layer = 0; layer < _graph.Layers.Count; layer++)
        {
            (Tensor keys, Tensor values) = _cache.Read(layer, source.Index, tokens);
            _cache.Write(layer, target.Index, 0, keys, values);
        }
    }

    private float[] Prefill(int slot, int[] prompt, int start, bool grows)
    {
        using RotaryTable? ofItsLength = grows ? RotaryTable.Create(_graph.Config, prompt.Length, _rotary.Cos.Device) : null;
        CachedDecoder decoder = ofItsLength is null ? _decoder : new CachedDecoder(_graph, ofItsLength);
        for (int next = start + PieceTokens; next < prompt.Length; start = next, next += PieceTokens)
        {
            using var scope = new TensorScope();
            decoder.Prefill(_cache, slot, start, prompt.AsSpan(start, PieceTokens));
        }
        return decoder.Prefill(_cache, slot, start, prompt.AsSpan(start)).ToArray<float>();
    }

    private sealed class Slot(int index)
    {
        public int Index { get; } = index;

        public bool Busy { get; set; }

        public long Used { get; set; }

        /// <summary>The prompt whose keys and values it still holds.</summary>
        public int[] Prompt { get; set; } = [];

        /// <summary>The logits after it.</summary>
        public float[] Logits { get; set; } = [];

        /// <summary>Its angles are those of its own length.</summary>
        public bool Grew { get; set; }

        /// <summary>How many tokens of another prompt can be copied from it.</summary>
        public int Shares(int[] prompt, bool grows)
        {
            int common = prompt.AsSpan().CommonPrefixLength(Prompt);
            return common == prompt.Length && common == Prompt.Length ? common
                : grows || Grew ? 0
                : Math.Min(common, prompt.Length - 1) / PieceTokens * PieceTokens;
        }
    }
}
