namespace NnGpt.Torch;

/// <summary>Facts about element types.</summary>
public static class DtypeExtensions
{
    /// <summary>Bytes of one element.</summary>
    public static int ElementSize(this Dtype dtype) => dtype switch
    {
        Dtype.UInt8 or Dtype.Int8 or Dtype.Bool => 1,
        Dtype.Int16 or Dtype.Float16 or Dtype.BFloat16 => 2,
        Dtype.Int32 or Dtype.Float32 or Dtype.Complex32 => 4,
        Dtype.Int64 or Dtype.Float64 or Dtype.Complex64 => 8,
        Dtype.Complex128 => 16,
        _ => throw new ArgumentOutOfRangeException(nameof(dtype), dtype, "not an element type"),
    };

    /// <summary>The name in PyTorch, without the module: "float32".</summary>
    public static string PythonName(this Dtype dtype) => dtype switch
    {
        Dtype.UInt8 => "uint8",
        Dtype.Int8 => "int8",
        Dtype.Int16 => "int16",
        Dtype.Int32 => "int32",
        Dtype.Int64 => "int64",
        Dtype.Float16 => "float16",
        Dtype.Float32 => "float32",
        Dtype.Float64 => "float64",
        Dtype.Complex32 => "complex32",
        Dtype.Complex64 => "complex64",
        Dtype.Complex128 => "complex128",
        Dtype.Bool => "bool",
        Dtype.BFloat16 => "bfloat16",
        _ => throw new ArgumentOutOfRangeException(nameof(dtype), dtype, "not an element type"),
    };

    /// <summary>float16, bfloat16, float32 or float64.</summary>
    public static bool IsFloatingPoint(this Dtype dtype) =>
        dtype is Dtype.Float16 or Dtype.BFloat16 or Dtype.Float32 or Dtype.Float64;

    /// <summary>A number that native code may receive; any other crashes it.</summary>
    internal static bool IsKnown(this Dtype dtype) => (int)dtype is >= 0 and <= 11 or 15;

    /// <summary>The element type that a C# type is stored as.</summary>
    internal static Dtype Of<T>() where T : unmanaged =>
        typeof(T) == typeof(float) ? Dtype.Float32
        : typeof(T) == typeof(double) ? Dtype.Float64
        : typeof(T) == typeof(long) ? Dtype.Int64
        : typeof(T) == typeof(int) ? Dtype.Int32
        : typeof(T) == typeof(short) ? Dtype.Int16
        : typeof(T) == typeof(byte) ? Dtype.UInt8
        : typeof(T) == typeof(sbyte) ? Dtype.Int8
        : typeof(T) == typeof(bool) ? Dtype.Bool
        : typeof(T) == typeof(Half) ? Dtype.Float16
        : throw new ArgumentException($"tensors of {typeof(T)} do not exist");
}
