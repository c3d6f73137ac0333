namespace NnGpt.Python.Compilation;

/// <summary>A variable that an inner function captures; null while it is unbound.</summary>
internal sealed class Cell
{
    public object? Value;
}
