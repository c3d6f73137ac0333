namespace NnGpt.Torch;

/// <summary>The schema of one overload, as the dispatcher states it.</summary>
/// <param name="Name">With its namespace: "aten::add".</param>
/// <param name="Overload">"Tensor", or empty.</param>
/// <param name="Arguments">In order; keyword-only ones last.</param>
/// <param name="Returns">Types of the results.</param>
/// <param name="Text">The whole schema.</param>
public sealed record OperatorSchema(
    string Name, string Overload, IReadOnlyList<SchemaArgument> Arguments, IReadOnlyList<ArgumentType> Returns, string Text)
{
    /// <summary>The name without its namespace: "add".</summary>
    public string BaseName { get; } = Name[(Name.IndexOf(':', StringComparison.Ordinal) + 2)..];

    /// <summary>Whether it writes to "out" arguments.</summary>
    public bool HasOut { get; } = Arguments.Any(static argument => argument.IsOut);

    /// <summary>Whether it takes dimension names, which this library does not support.</summary>
    public bool HasDimensionNames { get; } = Overload.Contains("Dimname", StringComparison.Ordinal) || Overload.Contains("names", StringComparison.Ordinal);

    /// <summary>Reads a schema, for example
    /// <c>aten::sum.dim_IntList(Tensor self, int[1]? dim, bool keepdim=False, *, ScalarType? dtype=None) -> Tensor</c>.</summary>
    /// <exception cref="FormatException">The text is no schema.</exception>
    public static OperatorSchema Parse(string text) => SchemaParser.Parse(text);

    /// <summary>The schema's text.</summary>
    public override string ToString() => Text;
}
