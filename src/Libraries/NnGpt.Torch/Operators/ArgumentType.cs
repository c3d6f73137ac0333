namespace NnGpt.Torch;

/// <summary>Type of an argument or result: "Tensor", "int[2]", "Tensor?[]", "float?".</summary>
/// <param name="Kind">The element's kind.</param>
/// <param name="IsList">Whether it is a list of them.</param>
/// <param name="ListSize">N of "int[N]": one number stands for N of them; 0 when there is none.</param>
/// <param name="IsOptional">Whether None is accepted.</param>
/// <param name="ElementIsOptional">Whether None is accepted as an element ("Tensor?[]").</param>
/// <param name="Text">The schema's own spelling.</param>
public sealed record ArgumentType(ArgumentKind Kind, bool IsList, int ListSize, bool IsOptional, bool ElementIsOptional, string Text);
