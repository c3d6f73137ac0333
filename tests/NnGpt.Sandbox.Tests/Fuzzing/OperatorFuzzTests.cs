using System.Globalization;
using NnGpt.Protocol.V1;

namespace NnGpt.Sandbox.Tests.Fuzzing;

/// <summary>
/// Operators with adversarial arguments in a worker whose tensors are fenced in: one access out of bounds ends it. A
/// short run by default; NNGPT_FUZZ_CALLS calls of each operator and NNGPT_FUZZ_SEED for a longer one.
/// </summary>
public sealed class OperatorFuzzTests
{
    private const long Memory = 2L << 30;

    // Operators of one candidate; those of one whose worker dies are then called one by one.
    private const int Together = 8;

    [Theory]
    [InlineData("behind")]
    [InlineData("before")]
    public async Task Call_AdversarialArguments_WorkerSurvives(string fence)
    {
        int calls = Setting("NNGPT_FUZZ_CALLS", 2);
        var fuzzer = new OperatorFuzzer(Setting("NNGPT_FUZZ_SEED", fence == "behind" ? 1 : 2));
        await using var pool = new WorkerPool(
            new WorkerPoolOptions { MemoryBytes = Memory, RecycleAfter = 1_000_000, Fence = fence },
            Microsoft.Extensions.Logging.Abstractions.NullLogger<WorkerPool>.Instance, TimeProvider.System);
        List<string> deaths = [];
        foreach (string[] targets in FuzzTargets.All.Chunk(Together))
        {
            if (await SurvivesAsync(pool, fuzzer.Write(targets, calls)))
            {
                continue;
            }
            foreach (string target in targets)
            {
                for (int call = 0; call < calls; call++)
                {
                    string source = fuzzer.Write([target], calls, call);
                    if (!await SurvivesAsync(pool, source))
                    {
                        deaths.Add(source);
                        break;
                    }
                }
            }
        }
        Assert.True(deaths.Count == 0, string.Join("\n\n", deaths));
    }

    private static async Task<bool> SurvivesAsync(WorkerPool pool, string source)
    {
        var request = new ValidateRequest
        {
            Source = source,
            Contract = new ContractSettings { InShape = { 1, 1, 8, 8 }, Classes = 10 },
            Limits = new LimitSettings { ValidationSeconds = 2, MemoryBytes = Memory },
        };
        var response = await pool.RunAsync(new WorkerRequest { Validate = request }, TimeSpan.FromSeconds(3), TestContext.Current.CancellationToken);
        return response.Validation.Reason != RejectionReason.WorkerDied;
    }

    private static int Setting(string variable, int fallback) =>
        Environment.GetEnvironmentVariable(variable) is { } text ? int.Parse(text, CultureInfo.InvariantCulture) : fallback;
}
