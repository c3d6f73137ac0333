using NnGpt.Torch.Interop;

namespace NnGpt.Torch;

/// <summary>
/// An n-dimensional array of libtorch. Holds one native reference, which its <see cref="TensorScope"/> or
/// <see cref="Dispose"/> frees; the operators are those of PyTorch, with autograd.
/// </summary>
public sealed unsafe partial class Tensor : IDisposable
{
    private nint _handle;
    private TensorBackstop? _backstop;

    private Tensor(nint handle)
    {
        _handle = handle;
        TensorLeaks.Created();
        Scope = TensorScope.Current;
        if (Scope is not null)
        {
            Scope.Add(this);
        }
        else
        {
            _backstop = new TensorBackstop(handle);
        }
    }

    internal TensorScope? Scope { get; private set; }

    internal TensorBackstop? Backstop => _backstop;

    internal nint Handle => _handle != 0 ? _handle : throw new ObjectDisposedException(nameof(Tensor), "The tensor was disposed, or its TensorScope was.");

    /// <summary>Whether its native tensor was freed.</summary>
    public bool IsDisposed => _handle == 0;

    /// <summary>Number of dimensions.</summary>
    public int Dim => Kept(NativeMethods.nngpt_tensor_dim(Handle));

    /// <summary>Number of elements.</summary>
    public long NumElements => Kept(NativeMethods.nngpt_tensor_numel(Handle));

    /// <summary>Sizes of the dimensions.</summary>
    public long[] Shape
    {
        get
        {
            var sizes = new long[Dim];
            fixed (long* pointer = sizes)
            {
                NativeMethods.nngpt_tensor_sizes(Handle, pointer);
            }
            return Kept(sizes);
        }
    }

    /// <summary>Steps between neighbours of each dimension, in elements.</summary>
    public long[] Strides
    {
        get
        {
            var strides = new long[Dim];
            fixed (long* pointer = strides)
            {
                NativeMethods.Check(NativeMethods.nngpt_tensor_strides(Handle, pointer));
            }
            return Kept(strides);
        }
    }

    /// <summary>Element type.</summary>
    public Dtype Dtype => (Dtype)Kept(NativeMethods.nngpt_tensor_dtype(Handle));

    /// <summary>Where the data is.</summary>
    public Device Device => Device.FromPacked(Kept(NativeMethods.nngpt_tensor_device(Handle)));

    /// <summary>Dense or sparse.</summary>
    public Layout Layout => (Layout)Kept(NativeMethods.nngpt_tensor_layout(Handle));

    /// <summary>Size of one dimension; negative ones count from the end.</summary>
    /// <exception cref="TorchException">IndexError.</exception>
    public long Size(int dim)
    {
        long[] shape = Shape;
        int index = dim < 0 ? dim + shape.Length : dim;
        return index >= 0 && index < shape.Length
            ? shape[index]
            : throw new TorchException(TorchErrorKind.IndexError,
                $"Dimension out of range (expected to be in range of [{-Math.Max(shape.Length, 1)}, {Math.Max(shape.Length, 1) - 1}], but got {dim})");
    }

    /// <summary>Whether the elements follow one another in the given order.</summary>
    public bool IsContiguous(MemoryFormat format = MemoryFormat.Contiguous) => Kept(NativeMethods.nngpt_tensor_is_contiguous(Handle, (int)format)) != 0;

    /// <summary>Whether both objects are the same native tensor.</summary>
    public bool IsSame(Tensor other) => Kept(Handle == other.Handle);

    /// <summary>Whether both tensors look at the same storage (a view and its base).</summary>
    public bool SharesStorage(Tensor other)
    {
        nint storage = NativeMethods.nngpt_tensor_storage(Handle);
        bool shares = storage != 0 && storage == NativeMethods.nngpt_tensor_storage(other.Handle);
        GC.KeepAlive(other);
        return Kept(shares);
    }

    /// <summary>Identity of the native tensor: equal for all objects of the same one, while one of them is alive.</summary>
    public nint Identity => Kept(Handle);

    /// <summary>Identity of the storage, equal for a view and its base while one of them is alive; 0 when there is none.</summary>
    public nint StorageIdentity => Kept(NativeMethods.nngpt_tensor_storage(Handle));

    /// <summary>Another object for the same native tensor, with its own lifetime (current scope or Dispose).</summary>
    public Tensor Alias() => Kept(Own(NativeMethods.nngpt_tensor_share(Handle)));

    /// <summary>Frees the native tensor now; a second call does nothing.</summary>
    public void Dispose()
    {
        nint handle = Release();
        if (handle != 0)
        {
            NativeMethods.nngpt_tensor_free(handle);
        }
    }

    /// <summary>Makes an object that owns a native reference, in the current scope.</summary>
    internal static Tensor Own(nint handle) =>
        handle != 0 ? new Tensor(handle) : throw new TorchException(TorchErrorKind.RuntimeError, "the operator returned no tensor");

    /// <summary>Gives the reference up to the caller, who frees it; 0 when it was freed already.</summary>
    internal nint Release()
    {
        nint handle = Interlocked.Exchange(ref _handle, 0);
        if (handle != 0)
        {
            TensorLeaks.Freed();
            _backstop?.Disarm();
            _backstop = null;
        }
        return handle;
    }

    /// <summary>Changes the owner to another scope, or to nobody.</summary>
    internal void Enter(TensorScope? scope)
    {
        if (Scope == scope)
        {
            return;
        }
        _backstop?.Disarm();
        Scope = scope;
        _backstop = scope is null ? new TensorBackstop(Handle) : null;
        scope?.Add(this);
    }

    // The native tensor must outlive the native call that reads it, so the object must too.
    private T Kept<T>(T value)
    {
        GC.KeepAlive(this);
        return value;
    }
}
