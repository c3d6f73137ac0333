namespace NnGpt.Torch;

/// <summary>What a schema's argument takes, list marks and optionality apart.</summary>
public enum ArgumentKind
{
    /// <summary>Tensor.</summary>
    Tensor,
    /// <summary>Scalar: int, float or bool.</summary>
    Scalar,
    /// <summary>int and SymInt.</summary>
    Int,
    /// <summary>float.</summary>
    Float,
    /// <summary>bool.</summary>
    Bool,
    /// <summary>str (dimension names too, which PyTorch's schemas print as str).</summary>
    String,
    /// <summary>ScalarType: a <see cref="Torch.Dtype"/>.</summary>
    Dtype,
    /// <summary>Layout.</summary>
    Layout,
    /// <summary>Device.</summary>
    Device,
    /// <summary>MemoryFormat.</summary>
    MemoryFormat,
    /// <summary>Generator.</summary>
    Generator,
    /// <summary>A kind that cannot be passed (Storage, Stream, custom classes, ...).</summary>
    Other,
}
