using NnGpt.Python.Runtime;
using NnGpt.Torch;

namespace NnGpt.Candidates.Tensors;

/// <summary>A tensor as candidate code sees it; a Parameter is one whose class is torch.nn.Parameter.</summary>
internal sealed class TensorObject : PyObject
{
    private static readonly Operator s_zerosLike = Operators.Get("zeros_like");
    private bool _isGradientZero;

    public TensorObject(Tensor tensor, PyClass cls) : base(cls) => Tensor = tensor;

    public Tensor Tensor { get; set; }

    public bool IsParameter => Class.IsSubclassOf(TensorClass.Parameter);

    /// <summary>
    /// The gradient as candidates see it, or null. After <see cref="TryZeroGradient"/> there is none until someone asks, who gets
    /// zeros, or until backward(), which then need not add to them.
    /// </summary>
    public Tensor? Gradient
    {
        get
        {
            var gradient = Tensor.Grad;
            if (gradient is not null || !_isGradientZero)
                return gradient;
            using var guard = NoGrad.Enter();
            Gradient = gradient = s_zerosLike.Call(Tensor);
            return gradient;
        }
        set
        {
            _isGradientZero = false;
            Tensor.Grad = value;
        }
    }

    /// <summary>Makes the gradient zero without touching its memory; false, and nothing done, when others look at that memory or there is none.</summary>
    public bool TryZeroGradient() => Tensor.TryDropGradient() && (_isGradientZero = true);

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
