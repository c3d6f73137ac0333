namespace NnGpt.Curation.Reading;

/// <summary>A place without a record.</summary>
/// <param name="File">File, relative to where the source begins.</param>
/// <param name="Line">Line in it, from 1; 0 when it is the file as a whole.</param>
/// <param name="Reason">Why.</param>
/// <param name="Detail">In words.</param>
public sealed record MalformedRecord(string File, long Line, MalformedReason Reason, string Detail);
