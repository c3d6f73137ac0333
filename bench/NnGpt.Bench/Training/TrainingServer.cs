using System.Globalization;
using NnGpt.Candidates;
using NnGpt.Torch;

namespace NnGpt.Bench.Training;

/// <summary>The other side of train.py: the same lines, answered by <see cref="CandidateTrainer"/> in a process set up as the worker is.</summary>
internal static class TrainingServer
{
    public const string Command = "serve-training";

    public static void Serve(TextReader input, TextWriter output)
    {
        var torch = TorchRuntime.SelfCheck();
        if (!torch.IsHealthy)
        {
            throw new InvalidOperationException(torch.Message);
        }
        TorchThreads.Count = 1;
        while (input.ReadLine() is { } line)
        {
            string[] parts = line.Split(' ');
            int batch = int.Parse(parts[2], CultureInfo.InvariantCulture), steps = int.Parse(parts[3], CultureInfo.InvariantCulture);
            output.WriteLine(Train(File.ReadAllText(parts[0]), parts[1], batch, steps));
            output.Flush();
        }
    }

    private static string Train(string source, string precision, int batch, int steps)
    {
        List<TimeSpan> begins = [];
        // Made before, as on the other side: a step copies its batch and does not compute it.
        var made = Enumerable.Range(0, steps + 1).Select(step => Batch(step, batch)).ToArray();
        var request = new TrainingRequest
        {
            InShape = [batch, 3, 32, 32],
            Classes = 10,
            Numerics = Enum.Parse<TrainingNumerics>(precision, ignoreCase: true),
            Prm = new Dictionary<string, double> { ["lr"] = 0.01, ["momentum"] = 0.9, ["dropout"] = 0.2, ["batch"] = batch },
            // One more batch than steps: asking for it ends the last step.
            Training = new BatchSource(steps + 1, _ => batch, (step, images, labels) =>
            {
                begins.Add(Environment.CpuUsage.TotalTime);
                made[step].Images.CopyTo(images);
                made[step].Labels.CopyTo(labels);
                return batch;
            }),
            Evaluation = new BatchSource(0, _ => batch, (_, _, _) => 0),
        };
        var limits = new CandidateLimits { MaxParameters = long.MaxValue, Time = TimeSpan.FromMinutes(10), Steps = long.MaxValue };
        var report = CandidateTrainer.Train(source, request, limits, CancellationToken.None);
        if (report.Rejection is { } rejection)
        {
            throw new InvalidOperationException($"{rejection.ErrorType}: {rejection.Message} (line {rejection.Line})");
        }
        var times = begins.Zip(begins.Skip(1), (a, b) => (b - a).TotalMilliseconds.ToString("0.000", CultureInfo.InvariantCulture));
        var losses = report.Losses.Take(steps).Select(loss => loss.ToString("0.000000", CultureInfo.InvariantCulture));
        return $"{string.Join(' ', times)} | {string.Join(' ', losses)}";
    }

    private static (float[] Images, long[] Labels) Batch(int step, int batch) =>
    (
        [.. Enumerable.Range(0, batch * 3 * 32 * 32).Select(i => (((i * 37L) + (step * 11)) % 101 / 50f) - 1)],
        [.. Enumerable.Range(0, batch).Select(i => (long)(((i * 7) + step) % 10))]
    );
}
