using NnGpt.Torch.Optim;

namespace NnGpt.Torch.Tests.Optim;

public sealed class AdamW8BitTests
{
    private const double Rate = 1e-2, Decay = 0.1, Beta1 = 0.9, Beta2 = 0.999, Eps = 1e-8;

    [Theory]
    [InlineData(true, 0.993, -0.993)]
    [InlineData(false, 0.9965, 0)]
    public void Codes_OfDynamicTreeQuantization_AscendFromLeastToOne(bool signed, double largestBelowOne, double least)
    {
        float[] codes = AdamW8Bit.Codes(signed);
        Assert.Equal(codes.Order(), codes);
        Assert.Equal(256, codes.Distinct().Count());
        Assert.Equal(1f, codes[255]);
        Assert.Contains(0f, codes);
        Assert.Equal(largestBelowOne, codes[254], 1e-3);
        Assert.Equal(least, codes[0], 1e-3);
        // In the smallest decade one value of each sign, or two.
        Assert.Equal(signed ? [0.55e-6f] : [0.325e-6f, 0.775e-6f], codes.Where(static code => code is > 0 and < 1e-6f));
    }

    [Theory]
    [InlineData(false, 256)]
    [InlineData(true, 256)]
    [InlineData(false, 100)]
    [InlineData(false, 4096)]
    public void Step_SeveralTimes_EqualsTheDefinition(bool plain, int block)
    {
        const int Count = 5000;
        using var scope = new TensorScope();
        using Generator generator = new(5);
        Tensor parameter = Tensor.Randn([50, 100], generator);
        float[] expected = parameter.ToArray<float>();
        Reference reference = new(Count, block);
        using AdamW8Bit optimizer = new([parameter], static _ => Decay, blockSize: block) { Plain = plain };
        for (int step = 1; step <= 6; step++)
        {
            // Magnitudes over many decades, and zeros, as gradients have them.
            Tensor gradient = Tensor.Randn([50, 100], generator) * (Tensor.Randn([50, 100], generator) * 4).Exp();
            gradient.AsSpan<float>()[..300].Clear();
            parameter.Grad = gradient;
            optimizer.Step(Rate, gradientScale: 0.5);
            reference.Step(expected, gradient.ToArray<float>(), step, 0.5);
        }
        float[] actual = parameter.ToArray<float>();
        for (int i = 0; i < Count; i++)
        {
            Assert.True(Math.Abs(expected[i] - actual[i]) < 2e-4, $"element {i}: {expected[i]} where the optimiser has {actual[i]}");
        }
        Dictionary<string, Tensor> state = optimizer.State(["w"]).ToDictionary();
        // A value between two codes may fall to either side when the last digit differs.
        Assert.InRange(state["first.w"].ToArray<byte>().Zip(reference.FirstCodes).Count(static pair => pair.First != pair.Second), 0, 5);
        Assert.InRange(state["second.w"].ToArray<byte>().Zip(reference.SecondCodes).Count(static pair => pair.First != pair.Second), 0, 5);
    }

    [Fact]
    public void Step_OnSmallParameters_IsThatOfAdamW()
    {
        using var scope = new TensorScope();
        using Generator generator = new(5);
        Tensor one = Tensor.Randn([1000], generator), other = one.Clone();
        using AdamW8Bit optimizer = new([one], static _ => Decay);
        using AdamW reference = new([other], static _ => Decay);
        for (int step = 0; step < 3; step++)
        {
            one.Grad = other.Grad = Tensor.Randn([1000], generator);
            optimizer.Step(Rate);
            reference.Step(Rate);
        }
        Assert.Equal(other.ToArray<float>(), one.ToArray<float>());
        Assert.Equal(reference.StateBytes, optimizer.StateBytes);
    }

    [Fact]
    public void State_OfLargeParameters_IsAQuarterAndGoesOnElsewhere()
    {
        using var scope = new TensorScope();
        using Generator generator = new(5);
        Tensor[] parameters = [Tensor.Randn([64, 64], generator), Tensor.Randn([10], generator)];
        Tensor[] copies = [.. parameters.Select(static parameter => parameter.Clone())];
        using AdamW8Bit optimizer = new(parameters), other = new(copies);
        using AdamW full = new(parameters);
        Assert.InRange(optimizer.StateBytes, 0, 0.3 * full.StateBytes);
        Tensor[][] gradients = [.. Enumerable.Range(0, 4).Select(_ => parameters.Select(parameter => Tensor.Randn(parameter.Shape, generator)).ToArray())];
        void Step(AdamW8Bit target, Tensor[] weights, int number)
        {
            foreach ((Tensor weight, Tensor gradient) in weights.Zip(gradients[number]))
            {
                weight.Grad = gradient;
            }
            target.Step(Rate);
        }
        Step(optimizer, parameters, 0);
        Step(optimizer, parameters, 1);
        string[] names = ["a", "b"];
        foreach ((string name, Tensor tensor) in other.State(names))
        {
            tensor.CopyInPlace(optimizer.State(names).Single(pair => pair.Key == name).Value);
        }
        other.StepCount = optimizer.StepCount;
        foreach ((Tensor copy, Tensor parameter) in copies.Zip(parameters))
        {
            copy.CopyInPlace(parameter);
        }
        for (int step = 2; step < 4; step++)
        {
            Step(optimizer, parameters, step);
            Step(other, copies, step);
        }
        Assert.Equal(parameters[0].ToArray<float>(), copies[0].ToArray<float>());
        Assert.Equal(parameters[1].ToArray<float>(), copies[1].ToArray<float>());
    }

    // The paper's steps in doubles, with the nearest code found by looking at all.
    private sealed class Reference(int count, int block)
    {
        private readonly float[] _signed = AdamW8Bit.Codes(signed: true), _unsigned = AdamW8Bit.Codes(signed: false);
        private readonly double[] _first = new double[count], _second = new double[count];

        public byte[] FirstCodes { get; } = new byte[count];

        public byte[] SecondCodes { get; } = new byte[count];

        public void Step(float[] parameter, float[] gradient, int step, double scale)
        {
            for (int i = 0; i < count; i++)
            {
                double g = gradient[i] * scale;
                _first[i] = (Beta1 * _first[i]) + ((1 - Beta1) * g);
                _second[i] = (Beta2 * _second[i]) + ((1 - Beta2) * g * g);
                double m = _first[i] / (1 - Math.Pow(Beta1, step)), v = _second[i] / (1 - Math.Pow(Beta2, step));
                parameter[i] = (float)((parameter[i] * (1 - (Rate * Decay))) - (Rate * m / (Math.Sqrt(v) + Eps)));
            }
            Quantize(_first, _signed, FirstCodes, keepsPositive: false);
            Quantize(_second, _unsigned, SecondCodes, keepsPositive: true);
        }

        private void Quantize(double[] moment, float[] codes, byte[] chosen, bool keepsPositive)
        {
            for (int start = 0; start < count; start += block)
            {
                Span<double> part = moment.AsSpan(start, Math.Min(block, count - start));
                double top = 0;
                foreach (double value in part)
                {
                    top = Math.Max(top, Math.Abs(value));
                }
                for (int i = 0; i < part.Length; i++)
                {
                    double x = top > 0 ? part[i] / top : 0;
                    int code = Enumerable.Range(0, 256).MinBy(c => Math.Abs(codes[c] - x));
                    code = keepsPositive && code == 0 && x > 0 ? 1 : code;
                    chosen[start + i] = (byte)code;
                    part[i] = codes[code] * top;
                }
            }
        }
    }
}
