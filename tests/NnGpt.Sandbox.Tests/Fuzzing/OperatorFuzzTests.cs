using System.Globalization;
using NnGpt.Data;
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

    // Those whose kernels are others in fast training.
    private static readonly string[] s_fast =
    [
        "torch.mm", "torch.bmm", "torch.addmm", "torch.baddbmm", "torch.batch_norm", "torch.layer_norm", "torch.softmax",
        "F.batch_norm", "F.layer_norm", "F.gelu", "F.softmax", "F.linear", "F.multi_head_attention_forward",
    ];

    [Theory]
    [InlineData("behind")]
    [InlineData("before")]
    public Task Call_AdversarialArguments_WorkerSurvives(string fence) =>
        AssertSurvivesAsync(fence, FuzzTargets.All, Setting("NNGPT_FUZZ_CALLS", 2), source => new WorkerRequest
        {
            Validate = new ValidateRequest
            {
                Source = source,
                Contract = new ContractSettings { InShape = { 1, 1, 8, 8 }, Classes = 10 },
                Limits = new LimitSettings { ValidationSeconds = 2, MemoryBytes = Memory },
            },
        });

    [Theory]
    [InlineData("behind")]
    [InlineData("before")]
    public Task Call_AdversarialArgumentsInFastTraining_WorkerSurvives(string fence)
    {
        Assert.SkipUnless(DatasetCatalog.Load("fashion-mnist", Environment.GetEnvironmentVariable("NNGPT_DATA")).Succeeded, "Fashion-MNIST is not installed.");
        return AssertSurvivesAsync(fence, s_fast, Setting("NNGPT_FUZZ_CALLS", 2) * 30, source => new WorkerRequest
        {
            Train = new TrainRequest
            {
                Source = source,
                Task = new TaskSettings { Dataset = "fashion-mnist", TrainImages = 100, ValidationImages = 100, BatchSize = 10 },
                Limits = new LimitSettings { Parameters = 1000, TrainingSeconds = 2, MemoryBytes = Memory },
                Training = new TrainingSettings { Seed = 1, EvaluateOn = "validation", Numerics = "fast" },
            },
        });
    }

    private static async Task AssertSurvivesAsync(string fence, IReadOnlyList<string> all, int calls, Func<string, WorkerRequest> request)
    {
        var fuzzer = new OperatorFuzzer(Setting("NNGPT_FUZZ_SEED", fence == "behind" ? 1 : 2));
        await using var pool = new WorkerPool(
            new WorkerPoolOptions { MemoryBytes = Memory, RecycleAfter = 1_000_000, Fence = fence },
            Microsoft.Extensions.Logging.Abstractions.NullLogger<WorkerPool>.Instance, TimeProvider.System);
        List<string> deaths = [];
        foreach (string[] targets in all.Chunk(Together))
        {
            if (await SurvivesAsync(pool, request(fuzzer.Write(targets, calls))))
            {
                continue;
            }
            foreach (string target in targets)
            {
                for (int call = 0; call < calls; call++)
                {
                    string source = fuzzer.Write([target], calls, call);
                    if (!await SurvivesAsync(pool, request(source)))
                    {
                        deaths.Add(source);
                        break;
                    }
                }
            }
        }
        Assert.True(deaths.Count == 0, string.Join("\n\n", deaths));
    }

    private static async Task<bool> SurvivesAsync(WorkerPool pool, WorkerRequest request)
    {
        var response = await pool.RunAsync(request, TimeSpan.FromSeconds(3), TestContext.Current.CancellationToken);
        return (response.Validation?.Reason ?? response.Training.Reason) != RejectionReason.WorkerDied;
    }

    private static int Setting(string variable, int fallback) =>
        Environment.GetEnvironmentVariable(variable) is { } text ? int.Parse(text, CultureInfo.InvariantCulture) : fallback;
}
