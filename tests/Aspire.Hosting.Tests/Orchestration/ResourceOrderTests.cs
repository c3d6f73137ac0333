using Aspire.Hosting.Orchestration;
using Aspire.Hosting.Tests.Running;

namespace Aspire.Hosting.Tests.Orchestration;

public sealed class ResourceOrderTests
{
    [Fact]
    public void StopGroups_WaitingResources_StopBeforeWhatTheyWaitFor()
    {
        var builder = RunningApplication.CreateBuilder();
        var redis = builder.AddExecutable("redis", "x", ".");
        var broker = builder.AddExecutable("broker", "x", ".");
        var coordinator = builder.AddExecutable("coordinator", "x", ".").WaitFor(broker);
        builder.AddExecutable("novelty", "x", ".").WaitFor(coordinator).WaitFor(redis);

        var groups = ResourceOrder.StopGroups([.. builder.Resources]);

        Assert.Equal(["novelty", "coordinator", "redis broker"], groups.Select(group => string.Join(' ', group.Select(resource => resource.Name))));
    }

    [Fact]
    public void StopGroups_Circle_NamesIt()
    {
        var builder = RunningApplication.CreateBuilder();
        var a = builder.AddExecutable("a", "x", ".");
        var b = builder.AddExecutable("b", "x", ".").WaitFor(a);
        a.WaitFor(b);

        var failure = Assert.Throws<DistributedApplicationException>(() => ResourceOrder.StopGroups([.. builder.Resources]));

        Assert.Equal("resources wait for each other: a -> b -> a", failure.Message);
    }
}
