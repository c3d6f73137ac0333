using System.Globalization;
using NnGpt.Protocol.V1;

namespace NnGpt.Sandbox.Tests;

/// <summary>
/// Every attempt of the corpus through the real worker: it gets the verdict it deserves, no worker dies of it, and
/// the network validated next has the same numbers to the last bit.
/// </summary>
public sealed class HostileCorpusTests(HostileWorker worker) : IClassFixture<HostileWorker>
{
    public static TheoryData<string> Classes => [.. HostileAttempt.Classes];

    [Theory]
    [MemberData(nameof(Classes))]
    public async Task Validate_HostileClass_IsStoppedAndLeavesNothingBehind(string name)
    {
        var known = await worker.ValidateKnownAsync();
        Assert.True(known.Valid, $"{known.Reason} {known.Error?.Message}");
        List<string> failures = [];
        foreach (var attempt in HostileAttempt.Read(name))
        {
            var outcome = await worker.TryAsync(attempt);
            if (outcome.Valid || !Deserved(attempt, outcome.Reason))
            {
                failures.Add($"{attempt.Name}: {outcome.Reason} {outcome.Error?.Type}: {outcome.Error?.Message}");
            }
            var next = await worker.ValidateKnownAsync();
            if (!next.Valid || next.OutputSum != known.OutputSum || !next.Losses.SequenceEqual(known.Losses))
            {
                failures.Add($"after {attempt.Name}: {next.Reason} {next.Error?.Message}, sum {next.OutputSum}, was {known.OutputSum}");
            }
        }
        Assert.True(failures.Count == 0, string.Join('\n', failures));
    }

    [Fact]
    public void Attempts_OfTheCorpus_HaveNamesOfTheirOwn() => Assert.All(HostileAttempt.Classes, name =>
    {
        var attempts = HostileAttempt.Read(name);
        Assert.NotEmpty(attempts);
        Assert.Equal(attempts.Count, attempts.Select(attempt => attempt.Name).Distinct().Count());
    });

    [Fact]
    public void Document_CandidateTable_CountsTheCorpus()
    {
        var counts = HostileAttempt.Classes.Select(name => (name, HostileAttempt.Read(name).Count.ToString(CultureInfo.InvariantCulture)));
        Assert.Equal(counts, SecurityDocument.Table("class").Skip(1).Select(row => (row[0], row[1])));
    }

    private static bool Deserved(HostileAttempt attempt, RejectionReason reason) => attempt.Expected.Count > 0
        ? attempt.Expected.Contains(reason)
        : reason is not (RejectionReason.Unspecified or RejectionReason.WorkerDied);
}
