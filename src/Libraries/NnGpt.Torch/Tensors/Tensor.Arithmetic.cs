namespace NnGpt.Torch;

public sealed partial class Tensor
{
    /// <summary>Elementwise sum.</summary>
    public static Tensor operator +(Tensor left, Tensor right) => TensorOps.Add.Call(left, right);
    /// <summary>Adds a number to every element.</summary>
    public static Tensor operator +(Tensor left, double right) => TensorOps.AddScalar.Call(left, right);
    /// <summary>Elementwise difference.</summary>
    public static Tensor operator -(Tensor left, Tensor right) => TensorOps.Sub.Call(left, right);
    /// <summary>Subtracts a number from every element.</summary>
    public static Tensor operator -(Tensor left, double right) => TensorOps.SubScalar.Call(left, right);
    /// <summary>Subtracts every element from a number.</summary>
    public static Tensor operator -(double left, Tensor right) => TensorOps.RsubScalar.Call(right, left);
    /// <summary>Changes every sign.</summary>
    public static Tensor operator -(Tensor value) => TensorOps.Neg.Call(value);
    /// <summary>Elementwise product.</summary>
    public static Tensor operator *(Tensor left, Tensor right) => TensorOps.Mul.Call(left, right);
    /// <summary>Multiplies every element.</summary>
    public static Tensor operator *(Tensor left, double right) => TensorOps.MulScalar.Call(left, right);
    /// <summary>Elementwise quotient.</summary>
    public static Tensor operator /(Tensor left, Tensor right) => TensorOps.Div.Call(left, right);
    /// <summary>Divides every element.</summary>
    public static Tensor operator /(Tensor left, double right) => TensorOps.DivScalar.Call(left, right);

    /// <summary>this += alpha * other.</summary>
    public Tensor AddInPlace(Tensor other, double alpha = 1) => InPlace(TensorOps.AddInPlace, other, alpha);
    /// <summary>this += value.</summary>
    public Tensor AddInPlace(double value) => InPlace(TensorOps.AddScalarInPlace, value);
    /// <summary>this -= alpha * other.</summary>
    public Tensor SubInPlace(Tensor other, double alpha = 1) => InPlace(TensorOps.SubInPlace, other, alpha);
    /// <summary>this *= other.</summary>
    public Tensor MulInPlace(Tensor other) => InPlace(TensorOps.MulInPlace, other);
    /// <summary>this *= value.</summary>
    public Tensor MulInPlace(double value) => InPlace(TensorOps.MulScalarInPlace, value);
    /// <summary>this /= other.</summary>
    public Tensor DivInPlace(Tensor other) => InPlace(TensorOps.DivInPlace, other);
    /// <summary>Copies the values of another tensor, converting and broadcasting them.</summary>
    public Tensor CopyInPlace(Tensor source) => InPlace(TensorOps.CopyInPlace, source);
    /// <summary>Sets every element to 0.</summary>
    public Tensor ZeroInPlace() => InPlace(TensorOps.ZeroInPlace);
    /// <summary>Sets every element to a value.</summary>
    public Tensor FillInPlace(double value) => InPlace(TensorOps.FillInPlace, value);
    /// <summary>Draws normal numbers.</summary>
    public Tensor NormalInPlace(double mean = 0, double std = 1, Generator? generator = null) => InPlace(TensorOps.NormalInPlace, mean, std, generator);
    /// <summary>Draws uniform numbers from [from, to).</summary>
    public Tensor UniformInPlace(double from = 0, double to = 1, Generator? generator = null) => InPlace(TensorOps.UniformInPlace, from, to, generator);
    /// <summary>Copies slices of the source to the positions in index along a dimension.</summary>
    public Tensor IndexCopyInPlace(long dim, Tensor index, Tensor source) => InPlace(TensorOps.IndexCopyInPlace, dim, index, source);
    /// <summary>Adds slices of the source to the positions in index along a dimension.</summary>
    public Tensor IndexAddInPlace(long dim, Tensor index, Tensor source) => InPlace(TensorOps.IndexAddInPlace, dim, index, source);
    /// <summary>Sets the elements under the mask to a value.</summary>
    public Tensor MaskedFillInPlace(Tensor mask, double value) => InPlace(TensorOps.MaskedFillInPlace, mask, value);

    /// <summary>Matrix product with broadcasting.</summary>
    public Tensor MatMul(Tensor other) => TensorOps.MatMul.Call(this, other);
    /// <summary>Batched product of (B, N, M) and (B, M, P).</summary>
    public Tensor Bmm(Tensor other) => TensorOps.Bmm.Call(this, other);
    /// <summary>input x weight^T + bias; the weight is (out, in).</summary>
    public Tensor Linear(Tensor weight, Tensor? bias = null) => TensorOps.Linear.Call(this, weight, bias);
    /// <summary>Rows of a table; this is the (rows, dim) table.</summary>
    public Tensor Embedding(Tensor indices) => TensorOps.Embedding.Call(this, indices);
    /// <summary>Softmax along a dimension, optionally computed in another dtype.</summary>
    public Tensor Softmax(long dim, Dtype? dtype = null) => TensorOps.Softmax.Call(this, dim, dtype is { } type ? type : Argument.None);
    /// <summary>Logarithm of the softmax.</summary>
    public Tensor LogSoftmax(long dim) => TensorOps.LogSoftmax.Call(this, dim);
    /// <summary>x * sigmoid(x).</summary>
    public Tensor Silu() => TensorOps.Silu.Call(this);
    /// <summary>max(x, 0).</summary>
    public Tensor Relu() => TensorOps.Relu.Call(this);
    /// <summary>1 / (1 + exp(-x)).</summary>
    public Tensor Sigmoid() => TensorOps.Sigmoid.Call(this);
    /// <summary>Hyperbolic tangent.</summary>
    public Tensor Tanh() => TensorOps.Tanh.Call(this);
    /// <summary>Exponential.</summary>
    public Tensor Exp() => TensorOps.Exp.Call(this);
    /// <summary>Natural logarithm.</summary>
    public Tensor Log() => TensorOps.Log.Call(this);
    /// <summary>Square root.</summary>
    public Tensor Sqrt() => TensorOps.Sqrt.Call(this);
    /// <summary>1 / square root.</summary>
    public Tensor Rsqrt() => TensorOps.Rsqrt.Call(this);
    /// <summary>Square.</summary>
    public Tensor Square() => TensorOps.Square.Call(this);
    /// <summary>Absolute value.</summary>
    public Tensor Abs() => TensorOps.Abs.Call(this);
    /// <summary>Power.</summary>
    public Tensor Pow(double exponent) => TensorOps.Pow.Call(this, exponent);
    /// <summary>Cosine.</summary>
    public Tensor Cos() => TensorOps.Cos.Call(this);
    /// <summary>Sine.</summary>
    public Tensor Sin() => TensorOps.Sin.Call(this);
    /// <summary>Limits the values.</summary>
    public Tensor Clamp(double min, double max) => TensorOps.Clamp.Call(this, min, max);

    /// <summary>Sum of all elements.</summary>
    public Tensor Sum() => TensorOps.Sum.Call(this);
    /// <summary>Sum along dimensions.</summary>
    public Tensor Sum(long dim, bool keepDim = false) => TensorOps.SumDim.Call(this, dim, keepDim);
    /// <summary>Mean of all elements.</summary>
    public Tensor Mean() => TensorOps.Mean.Call(this);
    /// <summary>Mean along a dimension.</summary>
    public Tensor Mean(long dim, bool keepDim = false) => TensorOps.MeanDim.Call(this, dim, keepDim);
    /// <summary>The largest element.</summary>
    public Tensor Max() => TensorOps.Max.Call(this);
    /// <summary>The smallest element.</summary>
    public Tensor Min() => TensorOps.Min.Call(this);
    /// <summary>Indices of the largest elements along a dimension.</summary>
    public Tensor Argmax(long dim, bool keepDim = false) => TensorOps.Argmax.Call(this, dim, keepDim);
    /// <summary>p-norm of all elements.</summary>
    public Tensor Norm(double p = 2) => TensorOps.Norm.Call(this, p);
    /// <summary>Running sums along a dimension.</summary>
    public Tensor Cumsum(long dim) => TensorOps.Cumsum.Call(this, dim);

    private Tensor InPlace(Operator op) { op.CallInPlace(this); return this; }
    private Tensor InPlace(Operator op, Argument a) { op.CallInPlace(this, a); return this; }
    private Tensor InPlace(Operator op, Argument a, Argument b) { op.CallInPlace(this, a, b); return this; }
    private Tensor InPlace(Operator op, Argument a, Argument b, Argument c) { op.CallInPlace(this, a, b, c); return this; }
}
