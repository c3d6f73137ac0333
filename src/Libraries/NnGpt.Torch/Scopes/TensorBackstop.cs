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

    public void Disarm()
    {
        _handle = 0;
        GC.SuppressFinalize(this);
    }
}
