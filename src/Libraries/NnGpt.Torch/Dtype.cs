namespace NnGpt.Torch;

/// <summary>Element types; the numbers are c10::ScalarType's.</summary>
public enum Dtype
{
    /// <summary>torch.uint8.</summary>
    UInt8 = 0,
    /// <summary>torch.int8.</summary>
    Int8 = 1,
    /// <summary>torch.int16.</summary>
    Int16 = 2,
    /// <summary>torch.int32.</summary>
    Int32 = 3,
    /// <summary>torch.int64.</summary>
    Int64 = 4,
    /// <summary>torch.float16.</summary>
    Float16 = 5,
    /// <summary>torch.float32.</summary>
    Float32 = 6,
    /// <summary>torch.float64.</summary>
    Float64 = 7,
    /// <summary>torch.complex32.</summary>
    Complex32 = 8,
    /// <summary>torch.complex64.</summary>
    Complex64 = 9,
    /// <summary>torch.complex128.</summary>
    Complex128 = 10,
    /// <summary>torch.bool.</summary>
    Bool = 11,
    /// <summary>torch.bfloat16.</summary>
    BFloat16 = 15,
}
