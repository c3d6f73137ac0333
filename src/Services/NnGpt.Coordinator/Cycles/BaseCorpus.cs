using System.Collections.Concurrent;
using NnGpt.Corpus.Sampling;
using NnGpt.Experiments.Profiles;

namespace NnGpt.Coordinator.Cycles;

/// <summary>The base corpus of a profile: the first documents of the sampler with its seed, made once a process.</summary>
internal sealed class BaseCorpus
{
    private readonly ConcurrentDictionary<CorpusProfile, Lazy<IReadOnlyList<CorpusDocument>>> _documents = new();

    public IReadOnlyList<CorpusDocument> Documents(CorpusProfile corpus) =>
        _documents.GetOrAdd(corpus, c => new Lazy<IReadOnlyList<CorpusDocument>>(() =>
        {
            var sampler = new ArchitectureSampler(c.Seed);
            return [.. Enumerable.Range(0, c.Documents).Select(_ => sampler.Next())];
        })).Value;
}
