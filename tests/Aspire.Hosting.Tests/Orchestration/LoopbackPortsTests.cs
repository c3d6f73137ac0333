using System.Net;
using System.Net.Sockets;
using Aspire.Hosting.Orchestration;

namespace Aspire.Hosting.Tests.Orchestration;

public sealed class LoopbackPortsTests
{
    [Fact]
    public void Allocate_Often_GivesEachPortOnceAndCanBeBound()
    {
        var ports = new LoopbackPorts();
        var allocated = Enumerable.Range(0, 50).Select(_ => ports.Allocate()).ToList();

        Assert.Equal(allocated.Count, allocated.Distinct().Count());
        foreach (int port in allocated)
        {
            using var listener = new TcpListener(IPAddress.Loopback, port);
            listener.Start();
        }
    }

    [Fact]
    public void Claim_PortInUse_SaysWhichPortOfWhom()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        int port = ((IPEndPoint)listener.LocalEndpoint).Port;

        var failure = Assert.Throws<DistributedApplicationException>(() => new LoopbackPorts().Claim(port, "coordinator", "http"));

        Assert.Equal($"port {port} for endpoint 'http' of 'coordinator' is already used by another program", failure.Message);
    }

    [Fact]
    public void Claim_SamePortTwice_IsRefused()
    {
        var ports = new LoopbackPorts();
        int port = ports.Allocate();

        Assert.Contains("two endpoints", Assert.Throws<DistributedApplicationException>(() => ports.Claim(port, "a", "http")).Message, StringComparison.Ordinal);
    }
}
