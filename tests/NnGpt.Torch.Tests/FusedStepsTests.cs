using NnGpt.Torch.Optim;

namespace NnGpt.Torch.Tests;

public sealed class FusedStepsTests
{
    [Theory]
    [InlineData(0, 0, 0, false)]
    [InlineData(0, 0, 0.01, false)]
    [InlineData(0.9, 0.1, 0.01, false)]
    [InlineData(0.9, 0, 0.01, true)]
    public void Sgd_IsTheFormulaOfTorchOptim(double momentum, double dampening, double decay, bool nesterov)
    {
        using var scope = new TensorScope();
        TorchRandom.ManualSeed(1);
        Tensor parameter = Tensor.Randn([1001]), gradient = Tensor.Randn([1001]), buffer = Tensor.Randn([1001]);
        float[] p = parameter.ToArray<float>(), g = gradient.ToArray<float>(), b = buffer.ToArray<float>();
        Assert.True(FusedSteps.TrySgd(parameter, gradient, momentum == 0 ? null : buffer, 0.1, momentum, dampening, decay, nesterov));
        float[] updated = parameter.ToArray<float>(), kept = buffer.ToArray<float>();
        for (int i = 0; i < p.Length; i++)
        {
            double d = g[i] + (decay * p[i]), next = momentum == 0 ? b[i] : (momentum * b[i]) + ((1 - dampening) * d);
            Assert.Equal(next, kept[i], 1e-5);
            Assert.Equal(p[i] - (0.1 * (momentum == 0 ? d : nesterov ? d + (momentum * next) : next)), updated[i], 1e-5);
        }
        Assert.Equal(g, gradient.ToArray<float>());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Adam_IsTheFormulaOfTorchOptim(bool decoupled)
    {
        using var scope = new TensorScope();
        TorchRandom.ManualSeed(2);
        Tensor parameter = Tensor.Randn([1001]), gradient = Tensor.Randn([1001]), first = Tensor.Randn([1001]), second = Tensor.Rand([1001]);
        float[] p = parameter.ToArray<float>(), g = gradient.ToArray<float>(), m = first.ToArray<float>(), v = second.ToArray<float>();
        Assert.True(FusedSteps.TryAdam(parameter, gradient, first, second, 3, 0.1, (0.8, 0.95), 1e-6, 0.2, decoupled));
        float[] updated = parameter.ToArray<float>(), means = first.ToArray<float>(), squares = second.ToArray<float>();
        for (int i = 0; i < p.Length; i++)
        {
            double start = decoupled ? p[i] * (1 - (0.1 * 0.2)) : p[i], d = decoupled ? g[i] : g[i] + (0.2 * p[i]);
            double mean = (0.8 * m[i]) + (0.2 * d), square = (0.95 * v[i]) + (0.05 * d * d);
            Assert.Equal(mean, means[i], 1e-5);
            Assert.Equal(square, squares[i], 1e-5);
            double denominator = (Math.Sqrt(square) / Math.Sqrt(1 - Math.Pow(0.95, 3))) + 1e-6;
            Assert.Equal(start - (0.1 / (1 - Math.Pow(0.8, 3)) * mean / denominator), updated[i], 1e-4);
        }
    }

    [Fact]
    public void Norm_IsThatOfAllTensorsTogether()
    {
        using var scope = new TensorScope();
        TorchRandom.ManualSeed(3);
        Tensor[] tensors = [Tensor.Randn([100, 101]), Tensor.Randn([3]), Tensor.Zeros([0])];
        Assert.True(FusedSteps.TryNorm(tensors, out double norm));
        Assert.Equal(Math.Sqrt(tensors.SelectMany(tensor => tensor.ToArray<float>()).Sum(value => (double)value * value)), norm, 1e-4);
    }

    [Fact]
    public void Tensors_ThatDoNotLieAlike_AreLeftAlone()
    {
        using var scope = new TensorScope();
        Tensor parameter = Tensor.Ones([4, 6]), turned = (Tensor)Operators.Call("t", [Tensor.Ones([6, 4])])!;
        foreach (Tensor other in (Tensor[])[turned, Tensor.Ones([4, 5]), Tensor.Ones([4, 6]).To(Dtype.Float64), (Tensor)Operators.Call("expand", [Tensor.Ones([1, 6]), new[] { 4L, 6L }], style: CallStyle.Method)!])
        {
            Assert.False(FusedSteps.TrySgd(parameter, other, null, 0.1, 0, 0, 0, false));
            Assert.False(FusedSteps.TrySgd(parameter, Tensor.Ones([4, 6]), other, 0.1, 0.9, 0, 0, false));
            Assert.False(FusedSteps.TryAdam(parameter, Tensor.Ones([4, 6]), Tensor.Ones([4, 6]), other, 1, 0.1, (0.9, 0.999), 1e-8, 0, false));
        }
        Assert.False(FusedSteps.TryNorm([Tensor.Ones([3]).To(Dtype.BFloat16)], out _));
        Assert.All(parameter.ToArray<float>(), value => Assert.Equal(1f, value));
        Assert.True(FusedSteps.TrySgd(turned, turned.Clone(), null, 0.1, 0, 0, 0, false));
    }
}
