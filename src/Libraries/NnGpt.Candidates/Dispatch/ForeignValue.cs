namespace NnGpt.Candidates.Dispatch;

/// <summary>A Python value that no operator takes; it carries the name of its type into the error message.</summary>
internal sealed record ForeignValue(string TypeName);
