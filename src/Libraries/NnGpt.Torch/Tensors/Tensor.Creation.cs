using System.Runtime.InteropServices;
using NnGpt.Torch.Interop;

namespace NnGpt.Torch;

public sealed unsafe partial class Tensor
{
    /// <summary>A CPU tensor with a copy of the values, row by row.</summary>
    /// <param name="values">As many values as the shape has elements.</param>
    /// <param name="shape">Sizes; none makes a vector of all values.</param>
    public static Tensor FromArray<T>(ReadOnlySpan<T> values, params ReadOnlySpan<long> shape) where T : unmanaged
    {
        long length = values.Length;
        return FromBytes(MemoryMarshal.AsBytes(values), DtypeExtensions.Of<T>(), shape.Length == 0 ? new ReadOnlySpan<long>(in length) : shape);
    }

    /// <summary>A CPU tensor with a copy of the values, row by row.</summary>
    public static Tensor FromArray<T>(T[] values, params ReadOnlySpan<long> shape) where T : unmanaged => FromArray<T>(values.AsSpan(), shape);

    /// <summary>A CPU tensor of any element type with a copy of its bytes, row by row.</summary>
    /// <exception cref="TorchException">RuntimeError: the bytes do not fill the shape.</exception>
    public static Tensor FromBytes(ReadOnlySpan<byte> bytes, Dtype dtype, ReadOnlySpan<long> shape)
    {
        _ = dtype.ElementSize();
        nint result;
        fixed (byte* data = bytes)
        fixed (long* sizes = shape)
        {
            NativeMethods.Check(NativeMethods.nngpt_tensor_from_data(data, bytes.Length, sizes, shape.Length, (int)dtype, &result));
        }
        return Own(result);
    }

    /// <summary>A CPU tensor with a copy of memory outside the managed heap (a mapped file), row by row.</summary>
    internal static Tensor FromMemory(void* data, long bytes, Dtype dtype, ReadOnlySpan<long> shape)
    {
        nint result;
        fixed (long* sizes = shape)
        {
            NativeMethods.Check(NativeMethods.nngpt_tensor_from_data(data, bytes, sizes, shape.Length, (int)dtype, &result));
        }
        return Own(result);
    }

    /// <summary>The bytes of a file, mapped: uint8, one dimension. Writing to it changes private pages, never the file.</summary>
    internal static Tensor FromFile(string path, long bytes) => TensorOps.FromFile.Call(path, false, bytes, Dtype.UInt8, Argument.None, Argument.None);

    /// <summary>A tensor without dimensions.</summary>
    public static Tensor Scalar(double value, Dtype dtype = Dtype.Float32) => TensorOps.Full.Call(Array.Empty<long>(), value, dtype);

    /// <summary>All zeros.</summary>
    public static Tensor Zeros(long[] shape, Dtype dtype = Dtype.Float32, Device device = default) => TensorOps.Zeros.Call(shape, dtype, Argument.None, OnDevice(device));

    /// <summary>All ones.</summary>
    public static Tensor Ones(long[] shape, Dtype dtype = Dtype.Float32, Device device = default) => TensorOps.Ones.Call(shape, dtype, Argument.None, OnDevice(device));

    /// <summary>Whatever is in memory.</summary>
    public static Tensor Empty(long[] shape, Dtype dtype = Dtype.Float32, Device device = default) => TensorOps.Empty.Call(shape, dtype, Argument.None, OnDevice(device));

    /// <summary>One value everywhere.</summary>
    public static Tensor Full(long[] shape, double value, Dtype dtype = Dtype.Float32, Device device = default) => TensorOps.Full.Call(shape, value, dtype, Argument.None, OnDevice(device));

    /// <summary>0, 1, ..., end - 1.</summary>
    public static Tensor Arange(long end, Dtype dtype = Dtype.Int64, Device device = default) => TensorOps.Arange.Call(end, dtype, Argument.None, OnDevice(device));

    /// <summary>start, start + 1, ..., end - 1.</summary>
    public static Tensor Arange(long start, long end, Dtype dtype = Dtype.Int64, Device device = default) => TensorOps.ArangeStart.Call(start, end, dtype, Argument.None, OnDevice(device));

    /// <summary>Standard normal numbers.</summary>
    public static Tensor Randn(long[] shape, Generator? generator = null) => TensorOps.Randn.Call(shape, generator);

    /// <summary>Uniform numbers in [0, 1).</summary>
    public static Tensor Rand(long[] shape, Generator? generator = null) => TensorOps.Rand.Call(shape, generator);

    /// <summary>A 0-dim tensor that promotes types as a Python number does.</summary>
    /// <param name="value">bool, int, long, float or double.</param>
    internal static Tensor FromNumber(object value)
    {
        NativeValue number = value switch
        {
            bool flag => new NativeValue { Tag = NativeTag.Bool, Int = flag ? 1 : 0 },
            int or long => new NativeValue { Tag = NativeTag.Int, Int = System.Convert.ToInt64(value, null) },
            _ => new NativeValue { Tag = NativeTag.Double, Double = System.Convert.ToDouble(value, null) },
        };
        nint result;
        NativeMethods.Check(NativeMethods.nngpt_tensor_from_number(&number, &result));
        return Own(result);
    }

    private static Argument OnDevice(Device device) => device;
}
