namespace NnGpt.Torch;

/// <summary>Counts native tensors, for tests and metrics.</summary>
public static class TensorLeaks
{
    private static long s_alive;
    private static long s_collected;

    /// <summary>Tensor objects that hold a native tensor now.</summary>
    public static long Alive => Interlocked.Read(ref s_alive);

    /// <summary>Tensors that only the garbage collector freed, because neither a scope nor Dispose did: leaks.</summary>
    public static long Collected => Interlocked.Read(ref s_collected);

    internal static void Created() => Interlocked.Increment(ref s_alive);

    internal static void Freed() => Interlocked.Decrement(ref s_alive);

    internal static void Leaked()
    {
        Interlocked.Decrement(ref s_alive);
        Interlocked.Increment(ref s_collected);
    }
}
