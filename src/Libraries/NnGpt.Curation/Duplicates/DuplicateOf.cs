namespace NnGpt.Curation.Duplicates;

/// <summary>The kept document that another one repeats.</summary>
/// <param name="Document">Its number.</param>
/// <param name="Jaccard">Exact Jaccard similarity of the two shingle sets.</param>
internal readonly record struct DuplicateOf(int Document, double Jaccard);
