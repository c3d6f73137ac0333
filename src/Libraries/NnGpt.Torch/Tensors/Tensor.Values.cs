using System.Runtime.InteropServices;
using NnGpt.Torch.Interop;

namespace NnGpt.Torch;

public sealed unsafe partial class Tensor
{
    /// <summary>The value of a tensor of one element.</summary>
    /// <exception cref="TorchException">ValueError: it has more than one element.</exception>
    public T Item<T>() where T : unmanaged
    {
        if (NumElements != 1)
        {
            throw new TorchException(TorchErrorKind.ValueError, "only one element tensors can be converted to Python scalars");
        }
        object value = TensorOps.LocalScalarDense.CallAny(this)!;
        return (T)System.Convert.ChangeType(value, typeof(T), System.Globalization.CultureInfo.InvariantCulture);
    }

    /// <summary>The elements, row by row, converted to the wanted type; copied from the device.</summary>
    public T[] ToArray<T>() where T : unmanaged
    {
        using Tensor plain = Plain(DtypeExtensions.Of<T>());
        var values = new T[plain.NumElements];
        plain.DataBytes().CopyTo(MemoryMarshal.AsBytes(values.AsSpan()));
        GC.KeepAlive(plain);
        return values;
    }

    /// <summary>The elements' bytes, row by row, in their own type; copied from the device.</summary>
    public byte[] ToBytes()
    {
        using Tensor plain = Plain(Dtype);
        byte[] bytes = plain.DataBytes().ToArray();
        GC.KeepAlive(plain);
        return bytes;
    }

    /// <summary>
    /// The elements in place: a view of native memory, valid while the tensor lives and is not resized. For contiguous CPU tensors.
    /// </summary>
    /// <exception cref="InvalidOperationException">It is not contiguous, not on the CPU, or of another type.</exception>
    public Span<T> AsSpan<T>() where T : unmanaged
    {
        if (Device.Type != DeviceType.Cpu || !IsContiguous() || Dtype.ElementSize() != sizeof(T))
        {
            throw new InvalidOperationException("AsSpan needs a contiguous CPU tensor of that element size.");
        }
        return new Span<T>(NativeMethods.nngpt_tensor_data(Handle), checked((int)NumElements));
    }

    /// <summary>Address of the first element.</summary>
    internal void* DataPointer => NativeMethods.nngpt_tensor_data(Handle);

    private Tensor Plain(Dtype dtype)
    {
        using var scope = new TensorScope();
        using NoGrad guard = NoGrad.Enter();
        return scope.MoveOut(To(Device.Cpu, dtype).Contiguous());
    }

    private ReadOnlySpan<byte> DataBytes() =>
        new(NativeMethods.nngpt_tensor_data(Handle), checked((int)(NumElements * Dtype.ElementSize())));
}
