using System.Runtime.InteropServices;

namespace NnGpt.Torch;

/// <summary>
/// Refers to a <see cref="Tensor"/> without keeping the object alive, and frees its native tensor when told to, on the
/// caller's thread. For owners that cannot know when a tensor is dead and ask the garbage collector. Whatever holds the
/// object, a variable or an <see cref="Argument"/> on its way into an operator, keeps the native tensor.
/// </summary>
public readonly struct WeakTensor : IDisposable
{
    private readonly GCHandle _tensor;
    private readonly TensorBackstop? _backstop;

    /// <summary>Watches a tensor. One that a scope owns is left to its scope.</summary>
    public WeakTensor(Tensor tensor)
    {
        _tensor = GCHandle.Alloc(tensor, GCHandleType.Weak);
        _backstop = tensor.Backstop;
    }

    /// <summary>Whether the object is still referred to, as of the last collection.</summary>
    public bool IsAlive => _tensor.Target is not null;

    /// <summary>Frees the native tensor, whether or not somebody still refers to the object. Call it once.</summary>
    public void Dispose()
    {
        if (_tensor.Target is Tensor tensor)
        {
            tensor.Dispose();
        }
        else
        {
            _backstop?.Free();
        }
        _tensor.Free();
    }
}
