namespace NnGpt.Torch.Tests;

/// <summary>uniform_ and bernoulli_ draw blocks of numbers; those must be the ones that libtorch draws singly.</summary>
public sealed class RandomKernelTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(623)]
    [InlineData(624)]
    [InlineData(100_003)]
    public void Uniform_IsWhatLibtorchDraws(long count)
    {
        using var scope = new TensorScope();
        foreach (var (from, to) in ((double, double)[])[(0, 1), (-0.25, 0.25), (-1.0 / 3, 0.7), (5, 5)])
        {
            foreach (int before in (int[])[0, 1, 623, 625])
            {
                // Two columns lie apart, which the block kernel does not take.
                Tensor singly = Column(count), together = Tensor.Zeros([count]);
                Assert.Equal(Draw("uniform_", singly, before, from, to), Draw("uniform_", together, before, from, to));
                Assert.Equal(singly.ToArray<float>(), together.ToArray<float>());
            }
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(1023)]
    [InlineData(100_003)]
    public void Bernoulli_IsWhatLibtorchDraws(long count)
    {
        using var scope = new TensorScope();
        foreach (double p in (double[])[0, 0.2, 0.5, 1.0 / 3, 0.8, 1])
        {
            foreach (int before in (int[])[0, 1, 623])
            {
                Tensor singly = Column(count), together = Tensor.Zeros([count]), halves = together.To(Dtype.BFloat16);
                float next = Draw("bernoulli_", singly, before, p);
                Assert.Equal(next, Draw("bernoulli_", together, before, p));
                Assert.Equal(next, Draw("bernoulli_", halves, before, p));
                Assert.Equal(singly.ToArray<float>(), together.ToArray<float>());
                Assert.Equal(singly.ToArray<float>(), halves.To(Dtype.Float32).ToArray<float>());
            }
        }
    }

    [Fact]
    public void Uniform_OfATurnedMatrix_FillsItsMemoryInOrderAsLibtorchDoes()
    {
        using var scope = new TensorScope();
        Tensor turned = (Tensor)Operators.Call("t", [Tensor.Zeros([30, 50])])!;
        Draw("uniform_", turned, 0, 0.0, 1.0);
        Tensor plain = Tensor.Zeros([30, 50]);
        Draw("uniform_", plain, 0, 0.0, 1.0);
        Assert.Equal(plain.ToArray<float>(), ((Tensor)Operators.Call("t", [turned])!).ToArray<float>());
        Tensor wide = (Tensor)Operators.Call("t", [(Tensor)Operators.Call("narrow", [Tensor.Zeros([30, 60]), 1L, 0L, 50L])!])!;
        Draw("uniform_", wide, 0, 0.0, 1.0);
        Assert.Equal(turned.ToArray<float>(), wide.ToArray<float>());
    }

    [Fact]
    public void Generator_OfItsOwn_IsDrawnFrom()
    {
        using var scope = new TensorScope();
        using Generator first = new(7), second = new(7);
        Tensor singly = Column(1000), together = Tensor.Zeros([1000]);
        Operators.Call("uniform_", [singly], new Dictionary<string, object?> { ["generator"] = first }, CallStyle.Method);
        Operators.Call("uniform_", [together], new Dictionary<string, object?> { ["generator"] = second }, CallStyle.Method);
        Assert.Equal(singly.ToArray<float>(), together.ToArray<float>());
    }

    [Fact]
    public void Arguments_OutOfRange_AreRefused()
    {
        using var scope = new TensorScope();
        Assert.Throws<TorchException>(() => Operators.Call("uniform_", [Tensor.Zeros([3]), 1.0, 0.0], style: CallStyle.Method));
        Assert.Throws<TorchException>(() => Operators.Call("bernoulli_", [Tensor.Zeros([3]), 1.5], style: CallStyle.Method));
        Assert.Throws<TorchException>(() => Operators.Call("bernoulli_", [Tensor.Zeros([3]), double.NaN], style: CallStyle.Method));
    }

    private static Tensor Column(long count) => (Tensor)Operators.Call("select", [Tensor.Zeros([count, 2]), 1L, 0L])!;

    // Fills the tensor after some numbers were drawn, and returns the number that comes next.
    private static float Draw(string name, Tensor tensor, int before, params object?[] arguments)
    {
        TorchRandom.ManualSeed(11);
        for (int i = 0; i < before; i++)
        {
            Operators.Call("uniform_", [Column(1)], style: CallStyle.Method);
        }
        Operators.Call(name, [tensor, .. arguments], style: CallStyle.Method);
        Tensor next = Column(1);
        Operators.Call("uniform_", [next], style: CallStyle.Method);
        return next.ToArray<float>()[0];
    }
}
