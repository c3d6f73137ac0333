namespace NnGpt.Torch.Tests;

public sealed class FastKernelsTests
{
    [Theory]
    [InlineData(7, 5, 3)]
    [InlineData(1, 64, 33)]
    [InlineData(130, 1, 17)]
    [InlineData(48, 96, 1)]
    public void Products_InEveryLayout_EqualThoseOfFloat64(long m, long k, long n)
    {
        using var scope = new TensorScope();
        TorchRandom.ManualSeed(1);
        foreach (var (left, right) in Layouts([m, k]).Zip(Layouts([k, n]).Reverse()))
        {
            AssertProduct("mm", [left, right]);
            AssertProduct("addmm", [Tensor.Randn([n]), left, right]);
            AssertProduct("addmm", [Tensor.Randn([m, 1]), left, right], ("beta", 0.5), ("alpha", -2.0));
        }
        foreach (var (left, right) in Layouts([4, m, k]).Zip(Layouts([4, k, n]).Reverse()))
        {
            AssertProduct("bmm", [left, right]);
            AssertProduct("baddbmm", [Tensor.Randn([4, m, n]), left, right], ("beta", 0.5), ("alpha", -2.0));
        }
    }

    [Fact]
    public void Products_OfWhatOneDnnDoesNotTake_AreLibtorchs()
    {
        using var scope = new TensorScope();
        using var fast = new FastKernels();
        Assert.Equal([2L, 0L], ((Tensor)Operators.Call("mm", [Tensor.Ones([2, 3]), Tensor.Ones([3, 0])])!).Shape);
        Assert.Equal([0f, 0f, 0f, 0f], ((Tensor)Operators.Call("mm", [Tensor.Ones([2, 0]), Tensor.Ones([0, 2])])!).ToArray<float>());
        Assert.Equal([3.0], ((Tensor)Operators.Call("mm", [Double(Tensor.Ones([1, 3])), Double(Tensor.Ones([3, 1]))])!).ToArray<double>());
        TorchException shapes = Assert.Throws<TorchException>(() => Operators.Call("mm", [Tensor.Ones([2, 3]), Tensor.Ones([2, 3])]));
        Assert.Equal("mat1 and mat2 shapes cannot be multiplied (2x3 and 2x3)", shapes.Message);
        Assert.Throws<TorchException>(() => Operators.Call("addmm", [Tensor.Ones([5]), Tensor.Ones([2, 3]), Tensor.Ones([3, 4])]));
        Assert.Throws<TorchException>(() => Operators.Call("bmm", [Tensor.Ones([2, 2, 3]), Tensor.Ones([3, 3, 4])]));
        Assert.Throws<TorchException>(() => Operators.Call("mm", [Tensor.Ones([2, 3]), Double(Tensor.Ones([3, 2]))]));
    }

    [Fact]
    public void Dispose_GivesOpenBlasBack()
    {
        using var scope = new TensorScope();
        TorchRandom.ManualSeed(2);
        Tensor left = Tensor.Randn([96, 5000]), right = Tensor.Randn([5000, 64]);
        float[] before = left.MatMul(right).ToArray<float>();
        using (new FastKernels())
        {
            using (new FastKernels())
            {
            }
            Assert.NotEqual(before, left.MatMul(right).ToArray<float>());
        }
        Assert.Equal(before, left.MatMul(right).ToArray<float>());
    }

    [Theory]
    [InlineData(64, 16, 5, 7)]
    [InlineData(2, 3, 4, 4)]
    [InlineData(30, 700, 1, 1)]
    [InlineData(40, 48, 32, 32)]
    public void BatchNorm_WithChannelsLast_EqualsThatOfFloat64(long n, long c, long h, long w)
    {
        using var scope = new TensorScope();
        TorchRandom.ManualSeed(3);
        // Far from zero beside its spread: sums of squares would cancel.
        Tensor x = ChannelsLast(Tensor.Randn([n, c, h, w]) * 0.5 + 20);
        Tensor weight = Tensor.Randn([c]), bias = Tensor.Randn([c]), mean = Tensor.Randn([c]), variance = Tensor.Ones([c]);
        foreach (Dtype dtype in (Dtype[])[Dtype.Float32, Dtype.BFloat16])
        {
            Tensor mean64 = Double(mean), variance64 = Double(variance), mean32 = mean.Clone(), variance32 = variance.Clone();
            AssertSame(dtype, [x, weight, bias], tensors => BatchNorm(tensors, mean64, variance64), tensors => BatchNorm(tensors, mean32, variance32));
            AssertClose(mean64, mean32, 1e-5);
            AssertClose(variance64, variance32, 1e-5);
        }
    }

    [Fact]
    public void BatchNorm_OfRows_EqualsThatOfFloat64()
    {
        using var scope = new TensorScope();
        TorchRandom.ManualSeed(4);
        foreach (long c in (long[])[1, 5, 512, 1000])
        {
            Tensor mean = Tensor.Zeros([c]), variance = Tensor.Ones([c]);
            Func<Tensor[], Tensor> norm = tensors => BatchNorm(tensors, null, null);
            AssertSame(Dtype.Float32, [Tensor.Randn([33, c]), Tensor.Randn([c]), Tensor.Randn([c])], norm, norm);
        }
    }

    [Theory]
    [InlineData(96)]
    [InlineData(12)]
    [InlineData(777)]
    public void LayerNorm_EqualsThatOfFloat64(long width)
    {
        using var scope = new TensorScope();
        TorchRandom.ManualSeed(5);
        Tensor x = Tensor.Randn([7, 33, width]) * 0.5 + 20, turned = (Tensor)Operators.Call("transpose", [Tensor.Randn([33, 7, width]), 0L, 1L])!;
        Tensor weight = Tensor.Randn([width]), bias = Tensor.Randn([width]);
        foreach (Tensor given in (Tensor[])[x, turned])
        {
            Func<Tensor[], Tensor> norm = tensors => (Tensor)Operators.Call("layer_norm", [tensors[0], new[] { width }, .. tensors[1..]])!;
            AssertSame(Dtype.Float32, [given, weight, bias], norm, norm);
            AssertSame(Dtype.Float32, [given, weight], norm, norm);
            AssertSame(Dtype.Float32, [given], norm, norm);
        }
        Func<Tensor[], Tensor> plane = tensors => (Tensor)Operators.Call("layer_norm", [tensors[0], new[] { 33L, width }, .. tensors[1..]])!;
        AssertSame(Dtype.Float32, [x, Tensor.Randn([33, width]), Tensor.Randn([33, width])], plane, plane);
    }

    [Fact]
    public void Gelu_EqualsThatOfFloat64()
    {
        using var scope = new TensorScope();
        Tensor x = (Tensor)Operators.Call("linspace", [-12.0, 12.0, 4001L])!;
        Func<Tensor[], Tensor> gelu = tensors => (Tensor)Operators.Call("gelu", [tensors[0]])!;
        AssertSame(Dtype.Float32, [x], gelu, gelu, 1e-6);
        AssertSame(Dtype.BFloat16, [x], gelu, gelu);
        AssertSame(Dtype.Float32, [(Tensor)Operators.Call("as_strided", [x, new[] { 5L, 7L }, new[] { 100L, 3L }])!], gelu, gelu, 1e-6);
    }

    [Fact]
    public void Softmax_EqualsThatOfFloat64()
    {
        using var scope = new TensorScope();
        TorchRandom.ManualSeed(6);
        Func<Tensor[], Tensor> last = tensors => (Tensor)Operators.Call("softmax", [tensors[0], -1L])!;
        Func<Tensor[], Tensor> first = tensors => (Tensor)Operators.Call("softmax", [tensors[0], 0L])!;
        foreach (long width in (long[])[1, 10, 64, 1000])
        {
            Tensor x = Tensor.Randn([3, 5, width]) * 10;
            AssertSame(Dtype.Float32, [x], last, last, 1e-6);
            AssertSame(Dtype.BFloat16, [x], last, last);
            AssertSame(Dtype.Float32, [x], first, first, 1e-6);
        }
        using var fast = new FastKernels();
        Tensor masked = Tensor.FromArray(new[] { 1f, float.NegativeInfinity, 1f, float.NegativeInfinity, float.NegativeInfinity, float.NegativeInfinity }, [2, 3]);
        Assert.Equal([0.5f, 0f, 0.5f, float.NaN, float.NaN, float.NaN], last([masked]).ToArray<float>());
        Tensor broken = Tensor.FromArray(new[] { 1f, float.NaN, 1f }, [1, 3]);
        Assert.All(last([broken]).ToArray<float>(), value => Assert.True(float.IsNaN(value)));
    }

    [Fact]
    public void Sizes_ThatDoNotFit_AreRefused()
    {
        using var scope = new TensorScope();
        using var fast = new FastKernels();
        Tensor rows = Tensor.Ones([4, 6]), images = ChannelsLast(Tensor.Ones([2, 6, 3, 3]));
        foreach (Tensor weight in (Tensor[])[Tensor.Ones([5]), Tensor.Ones([600]), Tensor.Ones([1])])
        {
            Assert.Throws<TorchException>(() => Operators.Call("layer_norm", [rows, new[] { 6L }, weight, Tensor.Ones([6])]));
            Assert.Throws<TorchException>(() => Operators.Call("layer_norm", [rows, new[] { 6L }, Tensor.Ones([6]), weight]));
            Assert.Throws<TorchException>(() => BatchNorm([images, weight, Tensor.Ones([6])], null, null));
            Assert.Throws<TorchException>(() => BatchNorm([rows, Tensor.Ones([6]), Tensor.Ones([6])], weight, Tensor.Ones([6])));
        }
        Assert.Throws<TorchException>(() => Operators.Call("layer_norm", [rows, new[] { 5L }]));
        Assert.Throws<TorchException>(() => Operators.Call("softmax", [rows, 2L]));
    }

    private static void AssertProduct(string name, Tensor[] arguments, params (string Name, object? Value)[] keywords)
    {
        var options = keywords.ToDictionary(keyword => keyword.Name, keyword => keyword.Value);
        var expected = ((Tensor)Operators.Call(name, [.. arguments.Select(Double)], options)!).ToArray<double>();
        using var fast = new FastKernels();
        var actual = (Tensor)Operators.Call(name, [.. arguments], options)!;
        Assert.True(actual.IsContiguous());
        Assert.All(expected.Zip(actual.ToArray<float>()), pair => Assert.Equal(pair.First, pair.Second, 1e-4));
    }

    private static Tensor BatchNorm(Tensor[] tensors, Tensor? mean, Tensor? variance) =>
        (Tensor)Operators.Call("batch_norm", [.. tensors, mean, variance, true, 0.1, 1e-5, false])!;

    // Values, and gradients of a weighted sum of them, of libtorch in float64 and of the fast kernels in a dtype (of the first tensor; the
    // others are float32), of the same numbers.
    private static void AssertSame(Dtype dtype, Tensor[] inputs, Func<Tensor[], Tensor> expected, Func<Tensor[], Tensor> actual, double tolerance = 1e-5)
    {
        Tensor[] given = [inputs[0].To(dtype), .. inputs[1..]];
        Tensor[] exact = [.. given.Select(tensor => Leaf(Double(tensor)))], reduced = [.. given.Select(Leaf)];
        Tensor result = expected(exact);
        Tensor weights = Tensor.Randn(result.Shape);
        (result * Double(weights)).Sum().Backward();
        using var fast = new FastKernels();
        Tensor fastResult = actual(reduced);
        Assert.Equal(dtype, fastResult.Dtype);
        (fastResult.To(Dtype.Float32) * weights).Sum().Backward();
        if (dtype == Dtype.BFloat16)
        {
            tolerance = 0.02;
        }
        AssertClose(result, fastResult, tolerance);
        foreach (var (first, second) in exact.Zip(reduced))
        {
            AssertClose(first.Grad!, second.Grad!, tolerance);
        }
    }

    // Relative to the largest value.
    private static void AssertClose(Tensor expected, Tensor actual, double tolerance)
    {
        double[] wanted = expected.Detach().ToArray<double>(), got = Double(actual.Detach()).ToArray<double>();
        double scale = 1 + wanted.Max(Math.Abs);
        Assert.All(wanted.Zip(got), pair => Assert.Equal(pair.First, pair.Second, tolerance * scale));
    }

    private static Tensor Leaf(Tensor tensor)
    {
        Tensor leaf = tensor.Detach();
        leaf.RequiresGrad = true;
        return leaf;
    }

    private static Tensor ChannelsLast(Tensor tensor) => (Tensor)Operators.Call("contiguous", [tensor], new Dictionary<string, object?> { ["memory_format"] = MemoryFormat.ChannelsLast }, CallStyle.Method)!;

    // Rows without gaps, columns without gaps, rows of a wider matrix, every second element, one row or column spread out.
    private static Tensor[] Layouts(long[] shape)
    {
        long[] turned = [.. shape[..^2], shape[^1], shape[^2]], wider = [.. shape[..^1], shape[^1] + 3];
        long[] doubled = [.. shape[..^1], shape[^1] * 2], row = [.. shape[..^2], 1, shape[^1]];
        return
        [
            Tensor.Randn(shape),
            (Tensor)Operators.Call("transpose", [Tensor.Randn(turned), -1L, -2L])!,
            (Tensor)Operators.Call("narrow", [Tensor.Randn(wider), -1L, 1L, shape[^1]])!,
            (Tensor)Operators.Call("as_strided", [Tensor.Randn(doubled), shape, Strides(doubled)])!,
            (Tensor)Operators.Call("expand", [Tensor.Randn(row), shape], style: CallStyle.Method)!,
        ];
    }

    // Of every second element in the last dimension.
    private static long[] Strides(long[] doubled) => doubled.Length == 2 ? [doubled[1], 2] : [doubled[1] * doubled[2], doubled[2], 2];

    private static Tensor Double(Tensor tensor) => tensor.To(Dtype.Float64);
}
