namespace NnGpt.Torch.Tests;

public sealed class TorchRuntimeTests
{
    [Fact]
    public void SelfCheck_WithInstalledPackages_IsHealthy()
    {
        TorchCheck check = TorchRuntime.SelfCheck();
        Assert.True(check.IsHealthy, check.Message);
        Assert.Contains("openblas", check.Blas);
        Assert.NotEmpty(check.CpuCapability);
    }
}
