using NnGpt.Torch.Interop;

namespace NnGpt.Torch;

/// <summary>
/// Until it is disposed, float32 matrix products of its thread (mm, bmm, addmm, baddbmm and what is made of them) are
/// oneDNN's instead of OpenBLAS's: faster, and other sums in the last digits. No effect where libtorch has no shared oneDNN.
/// </summary>
public sealed class FastProducts : IDisposable
{
    private readonly int _before = NativeMethods.nngpt_set_fast_products(1);
    private bool _disposed;

    /// <summary>Goes back to the state before.</summary>
    public void Dispose()
    {
        if (!_disposed)
        {
            _disposed = true;
            NativeMethods.nngpt_set_fast_products(_before);
        }
    }
}
