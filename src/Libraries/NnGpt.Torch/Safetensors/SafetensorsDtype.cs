namespace NnGpt.Torch.Safetensors;

/// <summary>The format's names of element types.</summary>
internal static class SafetensorsDtype
{
    public static Dtype? Parse(string? name) => name switch
    {
        "F64" => Dtype.Float64,
        "F32" => Dtype.Float32,
        "F16" => Dtype.Float16,
        "BF16" => Dtype.BFloat16,
        "I64" => Dtype.Int64,
        "I32" => Dtype.Int32,
        "I16" => Dtype.Int16,
        "I8" => Dtype.Int8,
        "U8" => Dtype.UInt8,
        "BOOL" => Dtype.Bool,
        _ => null,
    };

    public static string Name(Dtype dtype) => dtype switch
    {
        Dtype.Float64 => "F64",
        Dtype.Float32 => "F32",
        Dtype.Float16 => "F16",
        Dtype.BFloat16 => "BF16",
        Dtype.Int64 => "I64",
        Dtype.Int32 => "I32",
        Dtype.Int16 => "I16",
        Dtype.Int8 => "I8",
        Dtype.UInt8 => "U8",
        Dtype.Bool => "BOOL",
        _ => throw new ArgumentException($"safetensors cannot hold {dtype}", nameof(dtype)),
    };
}
