using System.Runtime.InteropServices;

namespace NnGpt.Torch.Interop;

/// <summary>What a <see cref="NativeValue"/> holds; the numbers are those of native/shim.h.</summary>
internal enum NativeTag
{
    None = 0,
    Tensor = 1,
    Int = 2,
    Double = 3,
    Bool = 4,
    String = 5,
    Ints = 6,
    Doubles = 7,
    Bools = 8,
    Tensors = 9,
    Device = 10,
    Generator = 11,
    Default = 12,
}

/// <summary>The 16 bytes by which a value crosses to the native shim.</summary>
[StructLayout(LayoutKind.Explicit, Size = 16)]
internal struct NativeValue
{
    [FieldOffset(0)] public NativeTag Tag;
    [FieldOffset(4)] public int Count;
    [FieldOffset(8)] public long Int;
    [FieldOffset(8)] public double Double;
    [FieldOffset(8)] public nint Pointer;
}
