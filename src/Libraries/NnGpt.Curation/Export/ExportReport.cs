namespace NnGpt.Curation.Export;

/// <summary>What an export came to.</summary>
/// <param name="Records">Networks that were read.</param>
/// <param name="Written">Files or lines that were written for them.</param>
/// <param name="Malformed">Places without a network.</param>
public sealed record ExportReport(long Records, long Written, long Malformed);
