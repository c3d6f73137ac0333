namespace NnGpt.Torch;

/// <summary>An argument of an operator's schema.</summary>
/// <param name="Name">The schema's name ("self" is "input" to torch.* functions).</param>
/// <param name="Type">The type.</param>
/// <param name="IsKeywordOnly">Whether it stands after "*".</param>
/// <param name="HasDefault">Whether it may be left out.</param>
/// <param name="Default">The default: null, bool, long, double, string or long[].</param>
/// <param name="IsWritten">Whether the operator writes to it ("Tensor(a!)").</param>
public sealed record SchemaArgument(string Name, ArgumentType Type, bool IsKeywordOnly, bool HasDefault, object? Default, bool IsWritten)
{
    /// <summary>An output argument of an "out=" overload.</summary>
    public bool IsOut => IsKeywordOnly && IsWritten;
}
