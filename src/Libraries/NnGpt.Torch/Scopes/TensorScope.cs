using NnGpt.Torch.Interop;

namespace NnGpt.Torch;

/// <summary>
/// Owns every tensor that its thread creates while it is the innermost scope, and frees them in one go when it is disposed.
/// What must live on is moved out with <see cref="MoveOut{T}"/>. Scopes nest; no <c>await</c> inside one.
/// </summary>
/// <example><code>
/// using var scope = new TensorScope();
/// Tensor loss = Step(batch);
/// float value = loss.Item&lt;float&gt;();   // everything else is freed at the end of the block
/// </code></example>
public sealed unsafe class TensorScope : IDisposable
{
    [ThreadStatic] private static TensorScope? s_current;

    private readonly TensorScope? _outer;
    private readonly List<Tensor> _tensors = [];
    private readonly int _thread = Environment.CurrentManagedThreadId;
    private bool _disposed;

    /// <summary>Becomes the thread's innermost scope.</summary>
    public TensorScope()
    {
        _outer = s_current;
        s_current = this;
    }

    /// <summary>The scope of the calling thread, or null.</summary>
    public static TensorScope? Current => s_current;

    /// <summary>Tensors that it holds now.</summary>
    public int Count => _tensors.Count(tensor => tensor.Scope == this && !tensor.IsDisposed);

    /// <summary>Gives a tensor to the enclosing scope, or to its holder alone when there is none; returns it.</summary>
    public Tensor MoveOut(Tensor tensor)
    {
        if (tensor.Scope == this)
        {
            tensor.Enter(_outer);
        }
        return tensor;
    }

    /// <summary>Moves several tensors out.</summary>
    public T MoveOut<T>(T tensors) where T : IEnumerable<Tensor>
    {
        foreach (Tensor tensor in tensors)
        {
            MoveOut(tensor);
        }
        return tensors;
    }

    /// <summary>Takes a tensor out of every scope: whoever holds it disposes of it. Returns it.</summary>
    public static Tensor Detach(Tensor tensor)
    {
        tensor.Enter(null);
        return tensor;
    }

    /// <summary>Frees what it still holds and makes the enclosing scope current again.</summary>
    /// <exception cref="InvalidOperationException">It is not the innermost scope of the calling thread.</exception>
    public void Dispose()
    {
        if (_disposed)
        {
            return;
        }
        if (s_current != this || _thread != Environment.CurrentManagedThreadId)
        {
            throw new InvalidOperationException("A TensorScope must be disposed on its own thread, inner ones first.");
        }
        _disposed = true;
        s_current = _outer;
        var handles = new nint[_tensors.Count];
        int count = 0;
        foreach (Tensor tensor in _tensors)
        {
            if (tensor.Scope == this && tensor.Release() is var handle and not 0)
            {
                handles[count++] = handle;
            }
        }
        fixed (nint* pointer = handles)
        {
            NativeMethods.nngpt_tensor_free_many(pointer, count);
        }
        _tensors.Clear();
    }

    internal void Add(Tensor tensor) => _tensors.Add(tensor);
}
