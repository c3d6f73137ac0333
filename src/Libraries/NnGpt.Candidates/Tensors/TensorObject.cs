using NnGpt.Python.Runtime;
using NnGpt.Torch;

namespace NnGpt.Candidates.Tensors;

/// <summary>A tensor as candidate code sees it; a Parameter is one whose class is torch.nn.Parameter.</summary>
internal sealed class TensorObject : PyObject
{
    public TensorObject(Tensor tensor, PyClass cls) : base(cls) => Tensor = tensor;

    public Tensor Tensor { get; set; }

    public bool IsParameter => Class.IsSubclassOf(TensorClass.Parameter);

    /// <summary>Whether the size is not known before the first forward pass of a lazy module.</summary>
    public bool IsLazy => ReferenceEquals(Class, TensorClass.UninitializedParameter) || ReferenceEquals(Class, TensorClass.UninitializedBuffer);

    /// <summary>Gives a lazy tensor its values, and the class it was to have.</summary>
    public void Materialize(Tensor values)
    {
        Class = IsParameter ? TensorClass.Parameter : TensorClass.Type;
        Tensor = values;
    }

    public long[] Shape => Tensor.Shape.ToArray();

    public int Dim => Tensor.Dim;

    /// <summary>The custom autograd function that made this tensor, when its history ends here.</summary>
    public Autograd.FunctionNode? Node { get; set; }

    public static implicit operator Argument(TensorObject? tensor) => tensor?.Tensor;

    public static implicit operator Tensor(TensorObject tensor) => tensor.Tensor;
}
