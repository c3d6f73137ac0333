using NnGpt.Protocol.V1;

namespace NnGpt.Sandbox.Tests;

/// <summary>Limits of the real worker, and that nothing of one candidate reaches the next.</summary>
public sealed class HostileCandidateTests(RealWorker worker) : IClassFixture<RealWorker>
{
    [Fact]
    public async Task Validate_GiantLayer_IsRefusedBeforeItIsMade()
    {
        string source = RealWorker.Source("plain.py").Replace("nn.Linear(16 * 4 * 4,", "nn.Linear(16 * 4 * 4 * 10 ** 9,", StringComparison.Ordinal);
        var outcome = await worker.ValidateAsync(source);
        Assert.True(outcome.Reason is RejectionReason.Parameters or RejectionReason.Memory, $"{outcome.Reason}: {outcome.Error?.Message}");
    }

    [Fact]
    public async Task Validate_SameFileAfterOthers_GivesTheSameNumbers()
    {
        var first = await worker.ValidateAsync(RealWorker.Source("residual.py"));
        await worker.ValidateAsync("import torch\ntorch.manual_seed(99)\ntorch.nn.Linear = None\ntorch.set_grad_enabled(False)\ntorch.set_default_dtype(torch.float64)");
        await worker.ValidateAsync(RealWorker.Source("perceptron.py"));
        var again = await worker.ValidateAsync(RealWorker.Source("residual.py"));
        Assert.True(first.Valid, first.Error?.Message);
        Assert.True(again.Valid, again.Error?.Message);
        Assert.Equal(first.OutputSum, again.OutputSum);
        Assert.Equal(first.Losses, again.Losses);
    }
}
