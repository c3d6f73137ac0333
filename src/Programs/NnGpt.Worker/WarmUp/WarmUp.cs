using NnGpt.Candidates;

namespace NnGpt.Worker;

/// <summary>
/// Small networks validated and trained before the first request: loads libraries and compiles what every candidate
/// needs, and finds out that the runtime works at all.
/// </summary>
internal static class WarmUp
{
    // What every candidate uses reaches its final compiled form, which the runtime makes after thirty calls.
    private const int Rounds = 4;

    // Whoever starts a worker waits for as long as it wants; a busy machine is no fault of the runtime.
    private static readonly CandidateLimits s_limits = new() { Time = TimeSpan.FromMinutes(10) };

    private static readonly string[] s_sources = ["plain.py", "convolutional.py", "attention.py"];

    /// <summary>Null, or why the runtime does not work.</summary>
    public static string? Run()
    {
        try
        {
            for (int round = 0; round < Rounds; round++)
            {
                foreach (string name in s_sources)
                {
                    string source = Read(name);
                    var validation = CandidateValidator.Validate(source, new ValidationRequest { InShape = [4, 1, 8, 8] }, s_limits, CancellationToken.None);
                    if (validation.Rejection is { } invalid)
                    {
                        return Describe("valid", invalid);
                    }
                    if (round == 0 && CandidateTrainer.Train(source, Training(), s_limits, CancellationToken.None).Rejection is { } untrained)
                    {
                        return Describe("trained", untrained);
                    }
                }
            }
            return null;
        }
        catch (Exception error)
        {
            return $"The candidate runtime does not work: {error}";
        }
    }

    private static TrainingRequest Training()
    {
        var batches = new BatchSource(2, _ => 4, Fill);
        return new TrainingRequest
        {
            InShape = [4, 1, 8, 8],
            Classes = 10,
            Prm = new Dictionary<string, double> { ["lr"] = 0.01, ["momentum"] = 0.9, ["dropout"] = 0.2, ["batch"] = 4 },
            Training = batches,
            Evaluation = batches,
        };
    }

    private static string Read(string name)
    {
        using var stream = typeof(WarmUp).Assembly.GetManifestResourceStream("NnGpt.Worker.WarmUp." + name)!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }

    private static int Fill(int batch, Span<float> images, Span<long> labels)
    {
        for (int i = 0; i < images.Length; i++)
        {
            images[i] = (i * 37 + batch) % 11 / 5f - 1;
        }
        for (int i = 0; i < labels.Length; i++)
        {
            labels[i] = i % 10;
        }
        return 4;
    }

    private static string Describe(string what, CandidateRejection rejection) =>
        $"The candidate runtime does not work: a plain network cannot be {what}: {rejection.ErrorType}: {rejection.Message} (line {rejection.Line}).";
}
