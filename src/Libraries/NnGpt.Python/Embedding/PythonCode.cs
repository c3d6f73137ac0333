using NnGpt.Python.Compilation;

namespace NnGpt.Python;

/// <summary>A compiled source. It has no state: any interpreter can run it, any number of times.</summary>
public sealed class PythonCode
{
    internal PythonCode(FunctionCode body) => Body = body;

    /// <summary>The name the source was compiled under; tracebacks show it.</summary>
    public string File => Body.File;

    internal FunctionCode Body { get; }
}
