using System.Collections.Concurrent;
using NnGpt.Coordinator.Artifacts;
using NnGpt.Corpus.Records;
using NnGpt.Corpus.Sampling;
using NnGpt.Experiments.Profiles;

namespace NnGpt.Coordinator.Cycles;

/// <summary>
/// The base corpus of a profile, made once a process: the first documents of the sampler with its seed, or of a corpus file,
/// which is an artifact by then, so that the experiment does not depend on what becomes of the file.
/// </summary>
internal sealed class BaseCorpus(ArtifactStore artifacts)
{
    private readonly ConcurrentDictionary<CorpusProfile, Lazy<IReadOnlyList<CorpusDocument>>> _documents = new();

    /// <exception cref="InvalidDataException">There is no such artifact, or it is no corpus.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public IReadOnlyList<CorpusDocument> Documents(CorpusProfile corpus)
    {
        var documents = _documents.GetOrAdd(corpus, c => new Lazy<IReadOnlyList<CorpusDocument>>(() => c.File.Length == 0 ? Sample(c) : Read(c)));
        try
        {
            return documents.Value;
        }
        catch (Exception e) when (e is IOException or InvalidDataException)
        {
            // What is not there may come.
            _documents.TryRemove(new(corpus, documents));
            throw;
        }
    }

    /// <summary>Why a corpus cannot be used, or null.</summary>
    public ProfileProblem? Check(CorpusProfile corpus)
    {
        try
        {
            Documents(corpus);
            return null;
        }
        catch (InvalidDataException e)
        {
            return new ProfileProblem("corpus.file", 0, $"corpus.file: {e.Message}");
        }
    }

    private static CorpusDocument[] Sample(CorpusProfile corpus)
    {
        var sampler = new ArchitectureSampler(corpus.Seed);
        return [.. Enumerable.Range(0, corpus.Documents).Select(_ => sampler.Next())];
    }

    private IReadOnlyList<CorpusDocument> Read(CorpusProfile corpus)
    {
        try
        {
            var artifact = artifacts.Find(corpus.File) ?? throw new InvalidDataException($"there is no artifact {corpus.File}");
            using var reader = new StreamReader(artifact.Path);
            return CorpusFile.ReadDocuments(reader, corpus.Documents);
        }
        catch (FormatException e)
        {
            throw new InvalidDataException($"{e.Message} The command line makes one of a path.", e);
        }
    }
}
