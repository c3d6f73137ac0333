using NnGpt.LanguageModel.Llama;
using NnGpt.Torch;

namespace NnGpt.LanguageModel.Tests.Llama;

/// <summary>The fused operators against the same mathematics in ATen's operators, values and gradients.</summary>
public sealed class TransformerKernelTests
{
    private const double Tolerance = 2e-5;

    [Fact]
    public void AddRmsNorm_InFloat32_EqualsPlainOperators()
    {
        using var scope = new TensorScope();
        Tensor[] inputs = Inputs([5, 7, 48], [5, 7, 48], [48]);
        Compare(inputs,
            x =>
            {
                (Tensor sum, Tensor normed) = TransformerKernels.AddRmsNorm(x[0], x[1], x[2], 1e-5);
                return [sum, normed];
            },
            x =>
            {
                Tensor sum = x[0] + x[1];
                return [sum, sum * (sum.Square().Mean(-1, keepDim: true) + 1e-5).Rsqrt() * x[2]];
            });
    }

    [Fact]
    public void RmsNorm_InFloat32_EqualsPlainOperators()
    {
        using var scope = new TensorScope();
        Compare(Inputs([9, 33], [33]),
            x => [TransformerKernels.RmsNorm(x[0], x[1], 1e-6, Dtype.Float32)],
            x => [x[0] * (x[0].Square().Mean(-1, keepDim: true) + 1e-6).Rsqrt() * x[1]]);
    }

    [Fact]
    public void SwiGlu_InFloat32_EqualsPlainOperators()
    {
        using var scope = new TensorScope();
        Compare(Inputs([3, 5, 74]),
            x => [TransformerKernels.SwiGlu(x[0])],
            x =>
            {
                Tensor[] halves = x[0].Chunk(2, -1);
                return [halves[0].Silu() * halves[1]];
            });
    }

    [Theory]
    [InlineData(4, 4, 6)]
    [InlineData(4, 2, 6)]
    [InlineData(6, 1, 9)]
    [InlineData(2, 2, 256)]
    [InlineData(2, 2, 331)]
    [InlineData(2, 1, 300)]
    public void RotaryHeadsAndAttention_InFloat32_EqualPlainOperators(int heads, int keyHeads, int time)
    {
        using var scope = new TensorScope();
        const int Size = 8;
        using RotaryTable rotary = RotaryTable.Create(TinyModel.Config() with { HiddenSize = heads * Size, NumAttentionHeads = heads }, time, Device.Cpu);
        Compare(Inputs([2, time, (heads + (2 * keyHeads)) * Size]),
            x =>
            {
                (Tensor query, Tensor key, Tensor value) = TransformerKernels.RotaryHeads(x[0], rotary.Cos, rotary.Sin, keyHeads, Size);
                return [TransformerKernels.CausalAttention(query, key, value)];
            },
            x => [PlainAttention(x[0], rotary, heads, keyHeads, time, Size)]);
    }

    [Fact]
    public void CrossEntropy_WithIgnoredTargets_EqualsPlainOperators()
    {
        using var scope = new TensorScope();
        Tensor targets = Tensor.FromArray([3L, -100L, 0L, 10L]);
        Compare(Inputs([4, 11]),
            x => [TransformerKernels.CrossEntropy(x[0] * 1, targets)],
            x => [x[0].CrossEntropy(targets)]);
    }

    [Fact]
    public void SwiGlu_InBFloat16_IsCloseToFloat32()
    {
        using var scope = new TensorScope();
        Tensor x = Inputs([4, 64])[0].Detach();
        Tensor exact = TransformerKernels.SwiGlu(x);
        Tensor rounded = TransformerKernels.SwiGlu(x.To(Dtype.BFloat16));
        Assert.Equal(Dtype.BFloat16, rounded.Dtype);
        Assert.True((rounded.To(Dtype.Float32) - exact).Abs().Max().Item<double>() < 0.05);
    }

    private static Tensor PlainAttention(Tensor qkv, RotaryTable rotary, int heads, int keyHeads, int time, int size)
    {
        Tensor all = qkv.View(2, time, -1, size).Transpose(1, 2);
        Tensor Rotate(Tensor part)
        {
            Tensor[] halves = part.Chunk(2, -1);
            return Tensor.Cat([(halves[0] * rotary.Cos) - (halves[1] * rotary.Sin), (halves[1] * rotary.Cos) + (halves[0] * rotary.Sin)], -1);
        }
        Tensor query = Rotate(all.Narrow(1, 0, heads));
        Tensor key = Rotate(all.Narrow(1, heads, keyHeads)).RepeatInterleave(heads / keyHeads, 1);
        Tensor value = all.Narrow(1, heads + keyHeads, keyHeads).RepeatInterleave(heads / keyHeads, 1);
        Tensor mask = Tensor.Ones([time, time], Dtype.Bool).Triu(1);
        Tensor scores = (query.MatMul(key.Transpose(2, 3)) / Math.Sqrt(size)).MaskedFill(mask, double.NegativeInfinity);
        return scores.Softmax(-1).MatMul(value).Transpose(1, 2).Reshape(2, time, heads * size);
    }

    private static Tensor[] Inputs(params long[][] shapes)
    {
        using Generator generator = new(7);
        Tensor[] tensors = [.. shapes.Select(shape => Tensor.Randn(shape, generator))];
        foreach (Tensor tensor in tensors)
        {
            tensor.RequiresGrad = true;
        }
        return tensors;
    }

    private static void Compare(Tensor[] inputs, Func<Tensor[], Tensor[]> fused, Func<Tensor[], Tensor[]> plain)
    {
        Tensor[] left = fused(inputs);
        Tensor?[] leftGradients = Gradients(left, inputs);
        Tensor[] right = plain(inputs);
        Tensor?[] rightGradients = Gradients(right, inputs);
        foreach ((Tensor a, Tensor b) in left.Zip(right).Concat(leftGradients.Zip(rightGradients).Select(pair => (pair.First!, pair.Second!))))
        {
            Assert.Equal(b.Shape, a.Shape);
            double difference = (a - b).Abs().Max().Item<double>();
            Assert.True(difference < Tolerance, $"differs by {difference}");
        }
    }

    private static Tensor?[] Gradients(Tensor[] outputs, Tensor[] inputs)
    {
        using Generator generator = new(8);
        Tensor[] weights = [.. outputs.Select(output => output.Dim == 0 ? Tensor.Ones([]) : Tensor.Randn(output.Shape, generator))];
        return Tensor.Gradients(outputs, inputs, weights);
    }
}
