using System.Security.Cryptography;
using System.Text;

namespace NnGpt.Corpus.Sampling;

/// <summary>One network of a corpus.</summary>
/// <param name="Id">SHA-256 of the source in lower-case hex: equal texts have equal ids.</param>
/// <param name="Family">Which architecture family the sampler drew, for example <c>inverted_residual</c>.</param>
/// <param name="Source">A Python module that keeps the candidate contract.</param>
public sealed record CorpusDocument(string Id, string Family, string Source)
{
    /// <summary>A document whose id is computed from the source.</summary>
    public static CorpusDocument Of(string family, string source) => new(IdOf(source), family, source);

    /// <summary>The content hash that identifies a source text.</summary>
    public static string IdOf(string source) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(source)));
}
