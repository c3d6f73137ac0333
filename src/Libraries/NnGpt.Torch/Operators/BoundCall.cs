namespace NnGpt.Torch;

/// <summary>An overload with its arguments in the schema's order.</summary>
internal sealed record BoundCall(Operator Operator, Argument[] Arguments, bool RequiresGrad);
