using NnGpt.Experiments.Profiles;
using NnGpt.Experiments.Stopping;

namespace NnGpt.Experiments.Tests.Stopping;

public sealed class StopRuleTests
{
    private static readonly StoppingProfile s_rule = new(Enabled: true, Epsilon: 0.005, Patience: 3);

    [Fact]
    public void ShouldStop_MeanAndShareHaveSettled_IsTrue() =>
        Assert.True(StopRule.ShouldStop(s_rule, [new(.2, 2, 50), new(.500, 30, 60), new(.503, 31, 60), new(.5049, 32, 60)]));

    [Fact]
    public void ShouldStop_MeanImprovedByEpsilon_IsFalse() =>
        Assert.False(StopRule.ShouldStop(s_rule, [new(.500, 30, 60), new(.503, 31, 60), new(.506, 32, 60)]));

    [Fact]
    public void ShouldStop_MeanFell_IsTrue() =>
        Assert.True(StopRule.ShouldStop(s_rule, [new(.500, 30, 60), new(.49, 31, 60), new(.48, 29, 60)]));

    // The Wilson interval of 30/60 is 0.377..0.623; 38/60 = 0.633 lies outside.
    [Theory]
    [InlineData(38, 30)]
    [InlineData(30, 38)]
    [InlineData(22, 30)]
    public void ShouldStop_ShareLeftItsInterval_IsFalse(int second, int third) =>
        Assert.False(StopRule.ShouldStop(s_rule, [new(.500, 30, 60), new(.500, second, 60), new(.500, third, 60)]));

    [Fact]
    public void ShouldStop_FewerCyclesThanPatience_IsFalse() =>
        Assert.False(StopRule.ShouldStop(s_rule, [new(.5, 30, 60), new(.5, 30, 60)]));

    [Fact]
    public void ShouldStop_CycleWithoutScores_IsFalse() =>
        Assert.False(StopRule.ShouldStop(s_rule, [new(.5, 30, 60), new(double.NaN, 0, 0), new(.5, 30, 60)]));

    [Fact]
    public void ShouldStop_Disabled_IsFalse() =>
        Assert.False(StopRule.ShouldStop(s_rule with { Enabled = false }, [new(.5, 30, 60), new(.5, 30, 60), new(.5, 30, 60)]));
}
