using System.Diagnostics;
using System.Globalization;
using NnGpt.Torch.Optim;

namespace NnGpt.Torch.Tests.Training;

/// <summary>The same training as small_cnn.py, which PyTorch runs.</summary>
public sealed class SmallCnnTests
{
    private const string Python = "/usr/bin/python3";

    [Fact]
    public async Task Training_ByCSharp_HasTheLossesOfPyTorch()
    {
        Assert.SkipUnless(File.Exists(Python), "Python with torch is not installed");
        using Process process = Process.Start(new ProcessStartInfo(Python, Path.Combine(AppContext.BaseDirectory, "Training", "small_cnn.py")) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        Task<string> error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        string output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.SkipWhen((await error).Contains("No module named 'torch'", StringComparison.Ordinal), "Python with torch is not installed");
        double[] expected = [.. output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => double.Parse(line, CultureInfo.InvariantCulture))];
        double[] actual = Train();
        Assert.Equal(15, expected.Length);
        for (int i = 0; i < expected.Length; i++)
        {
            Assert.True(Math.Abs(expected[i] - actual[i]) < 2e-6 * Math.Max(1, expected[i]), $"number {i}: PyTorch {expected[i]}, here {actual[i]}");
        }
    }

    private static double[] Train()
    {
        using var scope = new TensorScope();
        using Generator generator = new(3);
        List<double> numbers = [];
        Tensor x = Tensor.Randn([16, 3, 12, 12], generator);
        Tensor y = Tensor.FromArray(Enumerable.Range(0, 16).Select(static i => i % 5L).ToArray());
        Tensor[] parameters =
        [
            Tensor.Randn([8, 3, 3, 3], generator) * 0.2, Tensor.Zeros([8]), Tensor.Randn([5, 8 * 36], generator) * 0.05, Tensor.Zeros([5]),
        ];
        foreach (Tensor parameter in parameters)
        {
            parameter.RequiresGrad = true;
        }
        Tensor Loss()
        {
            Tensor hidden = x.Conv2d(parameters[0], parameters[1], padding: 1).Relu().MaxPool2d(2);
            return hidden.Flatten(1).Linear(parameters[2], parameters[3]).CrossEntropy(y);
        }
        using Sgd sgd = new(parameters, momentum: 0.9, weightDecay: 1e-3);
        for (int step = 0; step < 5; step++)
        {
            Tensor loss = Loss();
            sgd.ZeroGrad();
            loss.Backward();
            sgd.Step(0.05);
            numbers.Add(loss.Item<double>());
        }
        using AdamW adamW = new(parameters, static _ => 0.1);
        for (int step = 0; step < 5; step++)
        {
            Tensor loss = Loss();
            adamW.ZeroGrad();
            loss.Backward();
            numbers.Add(GradientNorm.Clip(parameters, 0.5));
            adamW.Step(0.01);
            numbers.Add(loss.Item<double>());
        }
        return [.. numbers];
    }
}
