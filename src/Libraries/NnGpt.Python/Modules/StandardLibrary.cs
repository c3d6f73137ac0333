namespace NnGpt.Python;

/// <summary>The standard modules that candidate code may import.</summary>
public static class StandardLibrary
{
    /// <summary>Registers all of them.</summary>
    public static void Register(Interpreter interpreter)
    {
        ArgumentNullException.ThrowIfNull(interpreter);
    }
}
