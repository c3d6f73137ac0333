namespace NnGpt.Candidates.Tracing;

/// <summary>An edge of a traced graph.</summary>
/// <param name="Node">Id of the node that is read.</param>
/// <param name="Argument">Argument of the operator's schema that it is read as; elements of a list share theirs.</param>
public sealed record TracedInput(int Node, string Argument);
