using System.ComponentModel.DataAnnotations;
using NnGpt.Novelty;

namespace NnGpt.Curation;

/// <summary>How a corpus is curated. The defaults are the paper's.</summary>
public sealed record CurationOptions
{
    /// <summary>tau: a near-duplicate has a Jaccard similarity above it.</summary>
    [Range(0.5, 1.0)]
    public double JaccardThreshold { get; init; } = 0.90;

    /// <summary>Python tokens a shingle.</summary>
    [Range(1, 100)]
    public int ShingleSize { get; init; } = 10;

    /// <summary>Drop what does not keep the candidate contract.</summary>
    public bool RequireContract { get; init; }

    /// <summary>Also tell the output what the text of each record shows.</summary>
    public bool Observe { get; init; }

    /// <summary>Threads that tokenise and hash; the result does not depend on it.</summary>
    [Range(1, 256)]
    public int Threads { get; init; } = Environment.ProcessorCount;

    /// <summary>Folder of the working file (about 2 KB a kept record, removed at the end).</summary>
    public string WorkingFolder { get; init; } = Path.GetTempPath();

    // What is at tau must be retrieved at least as surely as the paper's threshold is at its own.
    internal NoveltySettings Similarity => new(
        JaccardThreshold, RetrievalThreshold: Math.Min(0.95, JaccardThreshold - 0.05), ShingleSize: ShingleSize);
}
