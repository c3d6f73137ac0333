namespace NnGpt.Torch;

/// <summary>How a tensor's elements are laid out; the numbers are c10::Layout's.</summary>
public enum Layout
{
    /// <summary>torch.strided: ordinary dense tensors.</summary>
    Strided = 0,
    /// <summary>torch.sparse_coo.</summary>
    SparseCoo = 1,
}
