namespace NnGpt.Torch;

/// <summary>An error of libtorch or of argument binding, with PyTorch's own message and without a backtrace.</summary>
/// <param name="kind">The Python error class.</param>
/// <param name="message">The message as Python would show it.</param>
public sealed class TorchException(TorchErrorKind kind, string message) : Exception(message)
{
    /// <summary>The Python error class.</summary>
    public TorchErrorKind Kind { get; } = kind;
}
