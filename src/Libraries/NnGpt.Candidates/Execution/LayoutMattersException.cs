namespace NnGpt.Candidates.Execution;

/// <summary>The candidate would notice that its tensors are in channels_last; it has to run in the usual layout.</summary>
internal sealed class LayoutMattersException : Exception;
