using NnGpt.Python.Runtime;

namespace NnGpt.Python;

/// <summary>The time in which an interpreter is the current one of a thread.</summary>
public readonly struct InterpreterScope : IDisposable
{
    private readonly RunState? _previous;

    internal InterpreterScope(RunState? previous) => _previous = previous;

    /// <summary>Makes the previous interpreter current again.</summary>
    public void Dispose() => RunState.Exchange(_previous);
}
