using NnGpt.Torch.Interop;

namespace NnGpt.Torch;

/// <summary>
/// Until it is disposed, some kernels of its thread are faster than libtorch's and differ from them in the last digits: float32
/// matrix products by oneDNN instead of OpenBLAS (mm, bmm, addmm, baddbmm and what is made of them; where libtorch has no shared
/// oneDNN they stay); batch normalisation in training with channels last, GELU and softmax over the last dimension in float32 and
/// bfloat16; layer normalisation in float32.
/// </summary>
public sealed class FastKernels : IDisposable
{
    [ThreadStatic]
    private static bool s_enabled;

    private readonly bool _before;
    private bool _disposed;

    /// <summary>Begins.</summary>
    public FastKernels()
    {
        _before = NativeMethods.nngpt_set_fast_kernels(1) != 0;
        s_enabled = true;
    }

    /// <summary>Whether this thread is within one: then other code may prefer speed to libtorch's last digits too.</summary>
    public static bool Enabled => s_enabled;

    /// <summary>Goes back to the state before.</summary>
    public void Dispose()
    {
        if (!_disposed)
        {
            _disposed = true;
            NativeMethods.nngpt_set_fast_kernels(_before ? 1 : 0);
            s_enabled = _before;
        }
    }
}
