namespace NnGpt.Candidates;

/// <summary>An entry of a state_dict.</summary>
/// <param name="Name">The full name, such as <c>features.0.weight</c>.</param>
/// <param name="Shape">The sizes.</param>
/// <param name="DType">As PyTorch writes it: <c>torch.float32</c>.</param>
public sealed record TensorSpec(string Name, IReadOnlyList<long> Shape, string DType);
