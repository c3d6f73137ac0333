namespace NnGpt.Torch;

public sealed partial class Tensor
{
    /// <summary>The same elements in another shape; one size may be -1. A view where possible.</summary>
    public Tensor Reshape(params long[] shape) => TensorOps.Reshape.Call(this, shape);
    /// <summary>A view in another shape; one size may be -1.</summary>
    public Tensor View(params long[] shape) => TensorOps.View.Call(this, shape);
    /// <summary>Merges dimensions.</summary>
    public Tensor Flatten(long start = 0, long end = -1) => TensorOps.Flatten.Call(this, start, end);
    /// <summary>Swaps two dimensions.</summary>
    public Tensor Transpose(long first, long second) => TensorOps.Transpose.Call(this, first, second);
    /// <summary>Reorders the dimensions.</summary>
    public Tensor Permute(params long[] dims) => TensorOps.Permute.Call(this, dims);
    /// <summary>Drops a dimension of size 1.</summary>
    public Tensor Squeeze(long dim) => TensorOps.Squeeze.Call(this, dim);
    /// <summary>Inserts a dimension of size 1.</summary>
    public Tensor Unsqueeze(long dim) => TensorOps.Unsqueeze.Call(this, dim);
    /// <summary>Repeats dimensions of size 1 without copying.</summary>
    public Tensor Expand(params long[] shape) => TensorOps.Expand.Call(this, shape);
    /// <summary>Repeats each element along a dimension.</summary>
    public Tensor RepeatInterleave(long repeats, long dim) => TensorOps.RepeatInterleave.Call(this, repeats, dim);
    /// <summary>The same tensor when it is contiguous, else a copy that is.</summary>
    public Tensor Contiguous(MemoryFormat format = MemoryFormat.Contiguous) => TensorOps.Contiguous.Call(this, format);
    /// <summary>A copy.</summary>
    public Tensor Clone() => TensorOps.Clone.Call(this);
    /// <summary>The same data without history.</summary>
    public Tensor Detach() => TensorOps.Detach.Call(this);
    /// <summary>The same memory read as another element type.</summary>
    internal Tensor ViewAs(Dtype dtype) => TensorOps.ViewDtype.Call(this, dtype);

    /// <summary>A view of length elements from start along a dimension.</summary>
    public Tensor Narrow(long dim, long start, long length) => TensorOps.Narrow.Call(this, dim, start, length);
    /// <summary>A view of one position of a dimension, which goes away.</summary>
    public Tensor Select(long dim, long index) => TensorOps.Select.Call(this, dim, index);
    /// <summary>Copies of the positions in index along a dimension.</summary>
    public Tensor IndexSelect(long dim, Tensor index) => TensorOps.IndexSelect.Call(this, dim, index);
    /// <summary>Advanced indexing: one index tensor, or null for all, for each leading dimension.</summary>
    public Tensor Index(params Tensor?[] indices) => TensorOps.Index.Call(this, indices);
    /// <summary>this[first, second] = values: writes through pairs of indices of the two leading dimensions.</summary>
    public void CopyAt(Tensor first, Tensor second, Tensor values) => TensorOps.IndexPutInPlace.CallInPlace(this, new Tensor?[] { first, second }, values);
    /// <summary>Picks elements along a dimension.</summary>
    public Tensor Gather(long dim, Tensor index) => TensorOps.Gather.Call(this, dim, index);
    /// <summary>Joins tensors along a dimension.</summary>
    public static Tensor Cat(Tensor[] tensors, long dim = 0) => TensorOps.Cat.Call(tensors, dim);
    /// <summary>Joins tensors along a new dimension.</summary>
    public static Tensor Stack(Tensor[] tensors, long dim = 0) => TensorOps.Stack.Call(tensors, dim);
    /// <summary>Splits into n views along a dimension.</summary>
    public Tensor[] Chunk(long chunks, long dim = 0) => TensorOps.Chunk.CallMany(this, chunks, dim);
    /// <summary>Splits into views of a size along a dimension.</summary>
    public Tensor[] Split(long size, long dim = 0) => TensorOps.Split.CallMany(this, size, dim);
    /// <summary>One view for each position of a dimension.</summary>
    public Tensor[] Unbind(long dim = 0) => TensorOps.Unbind.CallMany(this, dim);
    /// <summary>Another element type; the same tensor when it has it already.</summary>
    public Tensor To(Dtype dtype) => TensorOps.ToDtype.Call(this, dtype);
    /// <summary>Another device and element type; the same tensor when it has them already.</summary>
    public Tensor To(Device device, Dtype? dtype = null) =>
        TensorOps.ToDevice.Call(this, dtype is { } type ? type : Argument.None, Argument.None, device);
    /// <summary>Another memory format.</summary>
    public Tensor To(MemoryFormat format) =>
        TensorOps.ToDevice.Call(this, Argument.None, Argument.None, Argument.None, Argument.None, false, false, format);
    /// <summary>Elements of one tensor where the condition holds, of the other where not.</summary>
    public static Tensor Where(Tensor condition, Tensor left, Tensor right) => TensorOps.Where.Call(condition, left, right);
    /// <summary>A copy with the elements under the mask set to a value.</summary>
    public Tensor MaskedFill(Tensor mask, double value) => TensorOps.MaskedFill.Call(this, mask, value);
    /// <summary>The upper triangle.</summary>
    public Tensor Triu(long diagonal = 0) => TensorOps.Triu.Call(this, diagonal);
    /// <summary>The lower triangle.</summary>
    public Tensor Tril(long diagonal = 0) => TensorOps.Tril.Call(this, diagonal);
    /// <summary>Sorted values and their indices.</summary>
    public (Tensor Values, Tensor Indices) Sort(long dim = -1, bool descending = false) => Pair(TensorOps.Sort.CallMany(this, dim, descending));
    /// <summary>The k largest values and their indices.</summary>
    public (Tensor Values, Tensor Indices) TopK(long k, long dim = -1) => Pair(TensorOps.Topk.CallMany(this, k, dim));
    /// <summary>Draws indices in proportion to the weights.</summary>
    public Tensor Multinomial(long count, bool replacement = false, Generator? generator = null) => TensorOps.Multinomial.Call(this, count, replacement, generator);
    /// <summary>Product of every pair of elements of two vectors.</summary>
    public Tensor Outer(Tensor other) => TensorOps.OuterProduct.Call(this, other);

    /// <summary>Elementwise equality.</summary>
    public Tensor Eq(Tensor other) => TensorOps.Eq.Call(this, other);
    /// <summary>Elementwise equality with a number.</summary>
    public Tensor Eq(double value) => TensorOps.EqScalar.Call(this, value);
    /// <summary>Elementwise difference from a number.</summary>
    public Tensor Ne(double value) => TensorOps.Ne.Call(this, value);
    /// <summary>Elementwise less than.</summary>
    public Tensor Lt(double value) => TensorOps.Lt.Call(this, value);
    /// <summary>Elementwise greater than.</summary>
    public Tensor Gt(double value) => TensorOps.Gt.Call(this, value);
    /// <summary>Elementwise greater than another tensor.</summary>
    public Tensor Gt(Tensor other) => TensorOps.GtTensor.Call(this, other);
    /// <summary>Elementwise: neither infinite nor NaN.</summary>
    public Tensor IsFinite() => TensorOps.IsFinite.Call(this);
    /// <summary>Whether every element holds.</summary>
    public Tensor All() => TensorOps.All.Call(this);
    /// <summary>Whether any element holds.</summary>
    public Tensor Any() => TensorOps.Any.Call(this);
    /// <summary>Whether all elements agree: |a - b| at most atol + rtol * |b|.</summary>
    public bool AllClose(Tensor other, double rtol = 1e-5, double atol = 1e-8) => (bool)TensorOps.Allclose.CallAny(this, other, rtol, atol)!;
    /// <summary>Whether shape and all elements are the same.</summary>
    public bool ValueEquals(Tensor other) => (bool)TensorOps.Equal.CallAny(this, other)!;

    /// <summary>2-d convolution; input (N, C, H, W), weight (out, C / groups, kH, kW).</summary>
    public Tensor Conv2d(Tensor weight, Tensor? bias = null, long stride = 1, long padding = 0, long dilation = 1, long groups = 1) =>
        TensorOps.Conv2d.Call(this, weight, bias, stride, padding, dilation, groups);
    /// <summary>2-d max pooling.</summary>
    public Tensor MaxPool2d(long kernel) => TensorOps.MaxPool2d.Call(this, kernel);
    /// <summary>Normalises over the trailing dimensions of the weight's shape.</summary>
    public Tensor LayerNorm(long[] shape, Tensor? weight = null, Tensor? bias = null, double eps = 1e-5) => TensorOps.LayerNorm.Call(this, shape, weight, bias, eps);
    /// <summary>Sets elements to 0 with probability p and scales the others, while training.</summary>
    public Tensor Dropout(double p, bool training) => TensorOps.Dropout.Call(this, p, training);
    /// <summary>Mean cross entropy of logits (N, C) and class indices (N).</summary>
    public Tensor CrossEntropy(Tensor target, long ignoreIndex = -100) => TensorOps.CrossEntropy.Call(this, target, Argument.None, 1L, ignoreIndex);

    private static (Tensor Values, Tensor Indices) Pair(Tensor[] tensors) => (tensors[0], tensors[1]);
}
