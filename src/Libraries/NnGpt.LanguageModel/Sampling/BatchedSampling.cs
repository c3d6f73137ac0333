using NnGpt.LanguageModel.Llama;
using NnGpt.Torch;

namespace NnGpt.LanguageModel.Sampling;

/// <summary>Samples a list of completions: a place that becomes free takes the next request.</summary>
internal static class BatchedSampling
{
    public static IReadOnlyList<Completion> Run(
        LlamaGraph graph, IReadOnlyList<SamplingRequest> requests, SamplingOptions options, Action<Completion>? completed, CancellationToken cancellationToken)
    {
        foreach (SamplingRequest request in requests)
        {
            SequenceBatch.CheckPrompt(request.Prompt.Count, graph.Config.ContextLength);
        }
        int capacity = Math.Min(graph.Config.ContextLength, requests.Max(static request => request.Prompt.Count) + options.MaxNewTokens);
        int slots = Math.Min(KeyValueCache.Slots(graph.Config, graph.Dtype, capacity, options.CacheMegabytes * 1_000_000L), Math.Min(options.BatchSize, requests.Count));
        var completions = new Completion[requests.Count];
        int next = 0;
        using InferenceMode inference = new();
        using SequenceBatch batch = new(graph, slots, capacity);
        while (batch.Running > 0 || next < requests.Count)
        {
            cancellationToken.ThrowIfCancellationRequested();
            while (batch.Free > 0 && next < requests.Count)
            {
                batch.Admit(next, requests[next], options);
                next++;
            }
            Retire();
            batch.Step();
            Retire();
        }
        return completions;

        void Retire()
        {
            foreach (Sequence sequence in batch.TakeFinished())
            {
                completions[sequence.Index] = sequence.ToCompletion();
                completed?.Invoke(completions[sequence.Index]);
            }
        }
    }
}
