namespace NnGpt.Experiments.Profiles;

/// <summary>The base corpus that novelty is measured against and that replay draws from.</summary>
/// <param name="Documents">Networks taken from the architecture sampler, or the first of the file.</param>
/// <param name="Seed">Seed of the sampler; the one the model was pretrained with gives the same networks.</param>
/// <param name="File">Where a corpus.jsonl is: a path, or the digest of an artifact; empty: networks of the sampler.</param>
public sealed record CorpusProfile(int Documents, ulong Seed, string File = "");
