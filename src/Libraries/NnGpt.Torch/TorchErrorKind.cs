namespace NnGpt.Torch;

/// <summary>The Python error class as which PyTorch would report an error.</summary>
public enum TorchErrorKind
{
    /// <summary>RuntimeError: an operator refused its operands (shapes, dtypes, autograd).</summary>
    RuntimeError = 1,
    /// <summary>IndexError: a dimension or an index out of range.</summary>
    IndexError = 2,
    /// <summary>ValueError.</summary>
    ValueError = 3,
    /// <summary>TypeError: no overload accepts the arguments.</summary>
    TypeError = 4,
    /// <summary>NotImplementedError: no kernel for the device or the dtype.</summary>
    NotImplementedError = 5,
    /// <summary>The allocator could not serve a request (RuntimeError or OutOfMemoryError in PyTorch).</summary>
    OutOfMemoryError = 6,
    /// <summary>torch.linalg.LinAlgError.</summary>
    LinAlgError = 7,
    /// <summary>AttributeError: there is no operator of that name.</summary>
    AttributeError = 8,
}
