namespace NnGpt.Torch.Tests;

public sealed class FastProductsTests
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
        using var fast = new FastProducts();
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
        using (new FastProducts())
        {
            using (new FastProducts())
            {
            }
            Assert.NotEqual(before, left.MatMul(right).ToArray<float>());
        }
        Assert.Equal(before, left.MatMul(right).ToArray<float>());
    }

    private static void AssertProduct(string name, Tensor[] arguments, params (string Name, object? Value)[] keywords)
    {
        var options = keywords.ToDictionary(keyword => keyword.Name, keyword => keyword.Value);
        var expected = ((Tensor)Operators.Call(name, [.. arguments.Select(Double)], options)!).ToArray<double>();
        using var fast = new FastProducts();
        var actual = (Tensor)Operators.Call(name, [.. arguments], options)!;
        Assert.True(actual.IsContiguous());
        Assert.All(expected.Zip(actual.ToArray<float>()), pair => Assert.Equal(pair.First, pair.Second, 1e-4));
    }

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
