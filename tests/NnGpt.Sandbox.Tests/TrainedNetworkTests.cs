using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text.Json;
using NnGpt.Data;
using NnGpt.Protocol.V1;

namespace NnGpt.Sandbox.Tests;

/// <summary>The score of a candidate is what PyTorch itself measures on the same batches.</summary>
public sealed class TrainedNetworkTests(RealWorker worker) : IClassFixture<RealWorker>
{
    private static readonly TaskSettings s_task = new()
    {
        Dataset = "fashion-mnist",
        TrainImages = 3000,
        ValidationImages = 1000,
        SplitSeed = 3,
        BatchSize = 64,
        Hyperparameters = { ["lr"] = 0.01, ["momentum"] = 0.9, ["dropout"] = 0.2, ["batch"] = 64 },
    };

    [Theory]
    [InlineData("plain.py")]
    [InlineData("residual.py")]
    [InlineData("perceptron.py")]
    [InlineData("admitted_residual.py")]
    [InlineData("admitted_attention.py")]
    [InlineData("admitted_grouped.py")]
    public async Task Train_Network_EqualsPyTorch(string network)
    {
        Assert.SkipUnless(File.Exists("/usr/bin/python3") && Directory.Exists("/usr/lib/python3/dist-packages/torch"), "The package python3-torch is not installed.");
        var data = DatasetCatalog.Load("fashion-mnist", Environment.GetEnvironmentVariable("NNGPT_DATA"));
        Assert.SkipUnless(data.Succeeded, data.Failure?.Message ?? "");

        var request = new TrainRequest
        {
            Source = RealWorker.Source(network),
            Task = s_task,
            Limits = new LimitSettings { Parameters = 500_000, TrainingSeconds = 300, MemoryBytes = 2L << 30 },
            Training = new TrainingSettings { Seed = 7, EvaluateOn = "validation" },
        };
        var response = await worker.Pool.RunAsync(new WorkerRequest { Train = request }, TimeSpan.FromSeconds(330), TestContext.Current.CancellationToken);
        var outcome = response.Training;
        Assert.True(outcome.Scored, $"{outcome.Reason}: {outcome.Error?.Type} {outcome.Error?.Message} (line {outcome.Error?.Line})");

        var reference = await ReferenceAsync(data.Dataset, network);
        double[] losses = [.. reference.GetProperty("losses").EnumerateArray().Select(l => l.GetDouble())];
        Assert.Equal(47, losses.Length);
        Assert.Equal(losses.Length, outcome.Losses.Count);
        double[] deviations = [.. losses.Zip(outcome.Losses, (expected, actual) => Math.Abs(expected - actual) / Math.Max(1, expected))];
        Assert.True(deviations.Max() <= 1e-4, $"relative deviations of the losses: {string.Join(' ', deviations.Select(d => d.ToString("0.0e0")))}");
        Assert.Equal(1000, outcome.Images);
        Assert.Equal("validation", outcome.EvaluatedOn);
        Assert.Equal(reference.GetProperty("correct").GetInt32() / 1000.0, outcome.Accuracy, 3);
        Assert.True(outcome.Accuracy > 0.2, $"accuracy {outcome.Accuracy}");
    }

    [Fact]
    public async Task Train_MoreImagesThanThereAre_SaysSo()
    {
        Assert.SkipUnless(DatasetCatalog.Load("fashion-mnist", Environment.GetEnvironmentVariable("NNGPT_DATA")).Succeeded, "Fashion-MNIST is not installed.");
        var request = new TrainRequest
        {
            Source = RealWorker.Source("plain.py"),
            Task = new TaskSettings { Dataset = "fashion-mnist", TrainImages = 60_000, ValidationImages = 10 },
            Limits = new LimitSettings { TrainingSeconds = 10 },
            Training = new TrainingSettings(),
        };
        var response = await worker.Pool.RunAsync(new WorkerRequest { Train = request }, TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);
        Assert.False(response.Training.Scored);
        Assert.Contains("60000 training images; 60000 to train on and 10", response.Training.Error.Message);
    }

    private static async Task<JsonElement> ReferenceAsync(ImageDataset dataset, string network)
    {
        string path = Path.GetTempFileName();
        try
        {
            Export(dataset, path);
            var start = new ProcessStartInfo("/usr/bin/python3", [RealWorker.PathOf("train_reference.py"), RealWorker.PathOf(network), path])
            {
                RedirectStandardOutput = true,
            };
            using var python = Process.Start(start)!;
            string output = await python.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
            await python.WaitForExitAsync(TestContext.Current.CancellationToken);
            return JsonDocument.Parse(output).RootElement;
        }
        finally
        {
            File.Delete(path);
        }
    }

    private static void Export(ImageDataset dataset, string path)
    {
        var split = DatasetSplit.Create(dataset, s_task.TrainImages, s_task.ValidationImages, s_task.SplitSeed);
        Batches[] parts = [Batches.Shuffled(split.Train, split.Normalisation, 64, 7), Batches.InOrder(split.Validation, split.Normalisation, 256)];
        using var writer = new BinaryWriter(File.Create(path));
        writer.Write(parts.Sum(p => p.Count));
        for (int part = 0; part < parts.Length; part++)
        {
            for (int batch = 0; batch < parts[part].Count; batch++)
            {
                int count = parts[part].SizeOf(batch);
                float[] images = new float[count * parts[part].ImageSize];
                long[] labels = new long[count];
                parts[part].Fill(batch, images, labels);
                foreach (int number in new[] { part, count, dataset.Channels, dataset.Height, dataset.Width })
                {
                    writer.Write(number);
                }
                writer.Write(MemoryMarshal.AsBytes<float>(images));
                writer.Write(MemoryMarshal.AsBytes<long>(labels));
            }
        }
    }
}
