using NnGpt.Torch.Interop;

namespace NnGpt.Torch;

/// <summary>
/// Bounds what tensors may take more, on its thread until it is disposed: an operator that asks for memory beyond it
/// gets none and fails with <see cref="TorchErrorKind.OutOfMemoryError"/>. Nothing is allocated first.
/// </summary>
public sealed class MemoryLimit : IDisposable
{
    private readonly long _before;
    private bool _disposed;

    /// <summary>Sets the limit; an enclosing one that is lower holds on.</summary>
    /// <param name="bytes">Bytes that tensors may take beyond those in use now, in the whole process.</param>
    public MemoryLimit(long bytes)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(bytes);
        long limit = BytesInUse is var used && bytes < long.MaxValue - used ? used + bytes : long.MaxValue;
        _before = NativeMethods.nngpt_set_memory_limit(limit);
        if (_before < limit)
        {
            NativeMethods.nngpt_set_memory_limit(_before);
        }
    }

    /// <summary>Bytes that the tensors of this process hold.</summary>
    public static long BytesInUse => NativeMethods.nngpt_memory_in_use();

    /// <summary>
    /// From now on every tensor lies beside a page that cannot be touched: an operator that reads or writes out of
    /// bounds ends the process. For fuzzing only; costs a page fault a tensor.
    /// </summary>
    /// <param name="behind">The page lies behind the data; otherwise before it.</param>
    public static void Fence(bool behind) => NativeMethods.nngpt_fence_memory(behind ? 1 : 2);

    /// <summary>The limit before holds again.</summary>
    public void Dispose()
    {
        if (!_disposed)
        {
            _disposed = true;
            NativeMethods.nngpt_set_memory_limit(_before);
        }
    }
}
