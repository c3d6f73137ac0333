namespace NnGpt.Torch.Tests;

public sealed class TensorTests
{
    [Fact]
    public void Properties_OfATransposedTensor_AreThoseOfAView()
    {
        using var scope = new TensorScope();
        Tensor tensor = Tensor.FromArray([1f, 2, 3, 4, 5, 6], 2, 3);
        Tensor turned = tensor.Transpose(0, 1);
        Assert.Equal([3L, 2L], turned.Shape);
        Assert.Equal([1L, 3L], turned.Strides);
        Assert.False(turned.IsContiguous());
        Assert.True(turned.SharesStorage(tensor));
        Assert.Equal([1f, 4, 2, 5, 3, 6], turned.ToArray<float>());
        Assert.Equal(Device.Cpu, turned.Device);
    }

    [Fact]
    public void ManualSeed_GivesTheNumbersOfAGeneratorOfThatSeed()
    {
        using var scope = new TensorScope();
        using Generator generator = new(42);
        TorchRandom.ManualSeed(42);
        Assert.True(Tensor.Randn([100]).ValueEquals(Tensor.Randn([100], generator)));
        // torch.manual_seed(42); torch.randn(2)
        generator.ManualSeed(42);
        Assert.Equal([0.3367, 0.1288], Tensor.Randn([2], generator).ToArray<float>().Select(value => Math.Round(value, 4)));
    }

    [Fact]
    public void GeneratorState_PutBack_RepeatsTheNumbers()
    {
        using var scope = new TensorScope();
        using Generator generator = new(1);
        Tensor state = generator.GetState();
        Tensor first = Tensor.Rand([5], generator);
        generator.SetState(state);
        Assert.True(first.ValueEquals(Tensor.Rand([5], generator)));
    }

    [Fact]
    public void Backward_WithoutGraph_IsRuntimeError()
    {
        using var scope = new TensorScope();
        TorchException exception = Assert.Throws<TorchException>(() => Tensor.Ones([1]).Backward());
        Assert.Equal(TorchErrorKind.RuntimeError, exception.Kind);
        Assert.Equal("element 0 of tensors does not require grad and does not have a grad_fn", exception.Message);
    }

    [Fact]
    public void NoGrad_RecordsNothing_AndIsUndone()
    {
        using var scope = new TensorScope();
        Tensor weight = Tensor.Ones([2]);
        weight.RequiresGrad = true;
        using (NoGrad.Enter())
        {
            Assert.False((weight * 2).RequiresGrad);
            using (NoGrad.EnableGrad())
            {
                Assert.True((weight * 2).RequiresGrad);
            }
        }
        Assert.Equal("MulBackward0", (weight * weight).GradFunctionName);
    }

    [Fact]
    public void Autocast_MakesProductsShorter_WithoutStaleWeights()
    {
        using var scope = new TensorScope();
        Tensor weight = Tensor.Ones([2, 2]);
        weight.RequiresGrad = true;
        Tensor x = Tensor.Ones([2, 2]);
        using (new Autocast())
        {
            Assert.Equal(Dtype.BFloat16, x.MatMul(weight).Dtype);
            weight.Data.FillInPlace(3);
            Assert.Equal(6, x.MatMul(weight).Max().Item<double>());
        }
        Assert.Equal(Dtype.Float32, x.MatMul(weight).Dtype);
    }

    [Fact]
    public void Item_OfSeveralElements_IsValueError()
    {
        using var scope = new TensorScope();
        Assert.Equal(TorchErrorKind.ValueError, Assert.Throws<TorchException>(() => Tensor.Ones([2]).Item<float>()).Kind);
    }

    [Fact]
    public void Empty_OfMoreThanTheMachineHas_IsOutOfMemoryError()
    {
        TorchException exception = Assert.Throws<TorchException>(() => Tensor.Zeros([1L << 50]));
        Assert.Equal(TorchErrorKind.OutOfMemoryError, exception.Kind);
    }

    [Fact]
    public void Dtype_OutOfRange_NeverReachesNativeCode() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Tensor.Zeros([1], (Dtype)77));
}
