namespace NnGpt.Torch;

/// <summary>
/// Hears of every operator that <see cref="Operator"/> has called on its thread, after the call. A call without an observer
/// pays for one look at a thread-static field.
/// </summary>
public abstract class OperatorObserver
{
    [ThreadStatic]
    private static OperatorObserver? t_current;

    /// <summary>The observer of the current thread, or null.</summary>
    public static OperatorObserver? Current
    {
        get => t_current;
        set => t_current = value;
    }

    /// <summary>An operator has returned.</summary>
    /// <param name="called">The overload.</param>
    /// <param name="arguments">In the schema's order; those left out at the end took their defaults.</param>
    /// <param name="results">
    /// Its tensors, null where one is undefined. Empty when it wrote to its arguments only, or has no tensor to return.
    /// </param>
    protected internal abstract void OnCall(Operator called, ReadOnlySpan<Argument> arguments, ReadOnlySpan<Tensor?> results);

    internal void OnAnyCall(Operator called, ReadOnlySpan<Argument> arguments, object? result)
    {
        switch (result)
        {
            case Tensor tensor:
                OnCall(called, arguments, [tensor]);
                break;
            case Tensor[] tensors:
                OnCall(called, arguments, tensors);
                break;
            case object?[] values:
                OnCall(called, arguments, Array.ConvertAll(values, value => value as Tensor));
                break;
            default:
                OnCall(called, arguments, []);
                break;
        }
    }
}
