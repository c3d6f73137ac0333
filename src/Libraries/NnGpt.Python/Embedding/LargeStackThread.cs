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

    [ThreadStatic] private static bool s_isLarge;

    /// <summary>
    /// Runs a body on a new thread, waits for it, and gives its result or throws what it threw. On a thread that is such a
    /// one already the body runs at once: starting and ending a thread costs more than a small body.
    /// </summary>
    public static T Run<T>(Func<T> body)
    {
        if (s_isLarge)
            return body();
        T result = default!;
        ExceptionDispatchInfo? failure = null;
        var thread = new Thread(
            () =>
            {
                s_isLarge = true;
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
