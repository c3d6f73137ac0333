using System.Runtime.ExceptionServices;

namespace NnGpt.Python;

/// <summary>
/// A thread whose stack holds a thousand nested Python calls. The evaluator is safe on any thread (deep recursion raises
/// RecursionError before the stack ends); on this one it reaches Python's own recursion limit. A larger stack would only
/// make the garbage collector's and the unwinder's walks over it slow.
/// </summary>
public static class LargeStackThread
{
    /// <summary>Bytes of stack; only touched pages take memory.</summary>
    private const int StackBytes = 16 << 20;

    /// <summary>Runs a body on a new thread, waits for it, and gives its result or throws what it threw.</summary>
    public static T Run<T>(Func<T> body)
    {
        T result = default!;
        ExceptionDispatchInfo? failure = null;
        var thread = new Thread(
            () =>
            {
                try
                {
                    result = body();
                }
                catch (Exception exception)
                {
                    failure = ExceptionDispatchInfo.Capture(exception);
                }
            },
            StackBytes)
        {
            IsBackground = true,
            Name = "candidate code",
        };
        thread.Start();
        thread.Join();
        failure?.Throw();
        return result;
    }
}
