using System.Text.Json;
using NnGpt.Protocol.V1;

namespace NnGpt.Cli.Tests;

public sealed class CompareCommandTests
{
    // Two cycles of four: cycle 1 writes network 0 again, its own first network twice, and one that is invalid.
    private static readonly (int Cycle, int Network, bool Valid, double Accuracy, bool Admitted)[] s_written =
    [
        (0, 0, true, 0.2, false), (0, 1, true, 0.4, true), (0, 2, true, 0.3, false), (0, 3, false, 0, false),
        (1, 0, true, 0.5, false), (1, 4, true, 0.6, true), (1, 4, true, 0.6, false), (1, 5, false, 0, false),
    ];

    [Fact]
    public async Task Compare_OfTwoCycles_CountsRepeatsAndWhatTheNetworksAmountTo()
    {
        var token = TestContext.Current.CancellationToken;
        await using var coordinator = new RecordedExperiment(
            new Experiment { Id = "e", Seed = 7, Cycles = { new Cycle { Number = 0, Requested = 4, Finished = 4 }, new Cycle { Number = 1, Requested = 4, Finished = 4 } } },
            [.. s_written.Select((_, i) => Written(i))]);
        string address = await coordinator.ListenAsync(token);
        string csv = Path.Combine(Directory.CreateTempSubdirectory("compare").FullName, "e.csv");

        var (code, output, error) = await CommandLine.RunAsync(token, "run", "compare", "e", "--coordinator", address, "--output", "json", "--csv", csv);

        Assert.True(code == 0, error);
        using var document = JsonDocument.Parse(output);
        JsonElement[] cycles = [.. document.RootElement.GetProperty("experiments")[0].GetProperty("cycles").EnumerateArray()];
        Assert.Equal([0.75, 0.75], cycles.Select(cycle => cycle.GetProperty("valid_rate").GetProperty("value").GetDouble()));
        Assert.Equal([0.4, 0.6], cycles.Select(cycle => cycle.GetProperty("best_accuracy").GetDouble()));
        Assert.Equal([0, 2d / 3], cycles.Select(cycle => cycle.GetProperty("repeats").GetProperty("value").GetDouble()));
        Assert.Equal(3, cycles[0].GetProperty("vendi_score").GetDouble(), 2);
        // Shares 1/3 and 2/3 of two that have nothing in common.
        Assert.Equal(Math.Exp((Math.Log(3) / 3) + (2 * Math.Log(1.5) / 3)), cycles[1].GetProperty("vendi_score").GetDouble(), 2);
        Assert.Equal([1, 2], cycles.Select(cycle => cycle.GetProperty("distinct_so_far").GetInt32()));
        string[] lines = await File.ReadAllLinesAsync(csv, token);
        Assert.Equal(3, lines.Length);
        Assert.All(lines, line => Assert.Equal(lines[0].Count(','.Equals), line.Count(','.Equals)));
        Directory.Delete(Path.GetDirectoryName(csv)!, recursive: true);
    }

    private static Candidate Written(int index)
    {
        var (cycle, network, valid, accuracy, admitted) = s_written[index];
        var candidate = new Candidate
        {
            Ref = new CandidateRef { Experiment = "e", Cycle = cycle, Index = index % 4, Id = $"e-{index}" },
            // No ten tokens of two of them are the same.
            Source = string.Join('\n', Enumerable.Range(0, 40).Select(line => $"n{network}_{line} = {line}")),
            Origin = new Origin(),
            Validation = new ValidationOutcome { Valid = valid, Family = "residual" },
        };
        if (valid)
        {
            candidate.Training = new TrainingOutcome { Scored = true, Accuracy = accuracy };
            candidate.Novelty = new NoveltyOutcome { Novel = admitted, Admitted = admitted, AboveThreshold = true };
        }

        return candidate;
    }
}
