using NnGpt.Torch.Interop;

namespace NnGpt.Torch;

/// <summary>
/// A value for an operator's argument. Converts implicitly from tensors, numbers, booleans, text, dtypes, devices
/// and arrays of them; keeps what it refers to alive for the length of the call.
/// </summary>
public readonly struct Argument
{
    internal readonly object? Owner;
    internal readonly NativeValue Value;

    private Argument(NativeValue value, object? owner = null)
    {
        Value = value;
        Owner = owner;
    }

    /// <summary>The tensor that it holds, or null.</summary>
    public Tensor? AsTensor => Owner as Tensor;

    /// <summary>
    /// What it holds: null for None, Tensor, bool, long (dtypes, layouts and memory formats too), double, string, or an array of
    /// them; null as well for a device and for <see cref="Default"/>.
    /// </summary>
    public object? ToObject() => Value.Tag switch
    {
        NativeTag.Int => Value.Int,
        NativeTag.Double => Value.Double,
        NativeTag.Bool => Value.Int != 0,
        _ => Owner,
    };

    /// <summary>Whether it stands for the schema's default.</summary>
    public bool IsDefault => Value.Tag == NativeTag.Default;

    /// <summary>Python's None.</summary>
    public static Argument None => default;

    /// <summary>Stands for the schema's default.</summary>
    public static Argument Default => new(new NativeValue { Tag = NativeTag.Default });

    /// <summary>A tensor, or None.</summary>
    public static implicit operator Argument(Tensor? tensor) =>
        tensor is null ? default : new(new NativeValue { Tag = NativeTag.Tensor, Pointer = tensor.Handle }, tensor);

    /// <summary>An int.</summary>
    public static implicit operator Argument(long value) => new(new NativeValue { Tag = NativeTag.Int, Int = value });

    /// <summary>A float.</summary>
    public static implicit operator Argument(double value) => new(new NativeValue { Tag = NativeTag.Double, Double = value });

    /// <summary>A bool.</summary>
    public static implicit operator Argument(bool value) => new(new NativeValue { Tag = NativeTag.Bool, Int = value ? 1 : 0 });

    /// <summary>A str, or None.</summary>
    public static implicit operator Argument(string? value) =>
        value is null ? default : new(new NativeValue { Tag = NativeTag.String }, value);

    /// <summary>A dtype.</summary>
    public static implicit operator Argument(Dtype value) =>
        value.IsKnown() ? (long)value : throw new ArgumentOutOfRangeException(nameof(value), value, "not an element type");

    /// <summary>A layout.</summary>
    public static implicit operator Argument(Layout value) =>
        Enum.IsDefined(value) ? (long)value : throw new ArgumentOutOfRangeException(nameof(value), value, "not a layout");

    /// <summary>A memory format.</summary>
    public static implicit operator Argument(MemoryFormat value) =>
        Enum.IsDefined(value) ? (long)value : throw new ArgumentOutOfRangeException(nameof(value), value, "not a memory format");

    /// <summary>A device.</summary>
    public static implicit operator Argument(Device value) => new(new NativeValue { Tag = NativeTag.Device, Int = value.Packed });

    /// <summary>A generator, or None.</summary>
    public static implicit operator Argument(Generator? value) =>
        value is null ? default : new(new NativeValue { Tag = NativeTag.Generator, Pointer = value.Handle }, value);

    /// <summary>A list of ints.</summary>
    public static implicit operator Argument(long[] values) => new(new NativeValue { Tag = NativeTag.Ints, Count = values.Length }, values);

    /// <summary>A list of floats.</summary>
    public static implicit operator Argument(double[] values) => new(new NativeValue { Tag = NativeTag.Doubles, Count = values.Length }, values);

    /// <summary>A list of bools.</summary>
    public static implicit operator Argument(bool[] values) => new(new NativeValue { Tag = NativeTag.Bools, Count = values.Length }, values);

    /// <summary>A list of tensors; null elements are None.</summary>
    public static implicit operator Argument(Tensor?[] values) => new(new NativeValue { Tag = NativeTag.Tensors, Count = values.Length }, values);
}
