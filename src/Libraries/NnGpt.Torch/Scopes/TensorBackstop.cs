using NnGpt.Torch.Interop;

namespace NnGpt.Torch;

/// <summary>
/// Held by a tensor that no scope owns; its finalizer frees the native tensor when nobody disposed of it. Tensors themselves
/// have no finalizer, so that those in scopes, nearly all, cost the garbage collector nothing.
/// </summary>
internal sealed class TensorBackstop(nint handle)
{
    private nint _handle = handle;

    ~TensorBackstop()
    {
        if (_handle != 0)
        {
            NativeMethods.nngpt_tensor_free(_handle);
            TensorLeaks.Leaked();
        }
    }

    /// <summary>Frees the native tensor now, for the owner of a tensor whose object is gone.</summary>
    public void Free()
    {
        nint handle = Interlocked.Exchange(ref _handle, 0);
        if (handle != 0)
        {
            GC.SuppressFinalize(this);
            NativeMethods.nngpt_tensor_free(handle);
            TensorLeaks.Freed();
        }
    }

    public void Disarm()
    {
        _handle = 0;
        GC.SuppressFinalize(this);
    }
}
