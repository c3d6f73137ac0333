using NnGpt.Candidates.Tensors;
using NnGpt.Python.Runtime;

namespace NnGpt.Candidates.Autograd;

/// <summary>
/// A custom torch.autograd.Function in the graph. The native graph is cut here: the outputs are leaves, and their
/// gradients go through the candidate's backward() to the inputs.
/// </summary>
internal sealed record FunctionNode(PyObject Context, object Backward, object[] Inputs, TensorObject[] Outputs)
{
    /// <summary>How many calls of backward() this function had no part in.</summary>
    public int Missed { get; set; }
}
