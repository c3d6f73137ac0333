using System.Net;
using System.Net.Sockets;

namespace Aspire.Hosting.Orchestration;

/// <summary>Finds free ports below the kernel's own range, so that no outgoing connection takes one while its service restarts.</summary>
internal sealed class LoopbackPorts
{
    private const int Lowest = 12000;
    private const int DefaultEphemeralStart = 32768;
    private const string EphemeralRangeFile = "/proc/sys/net/ipv4/ip_local_port_range";

    private readonly HashSet<int> _taken = [];
    private readonly int _end = FindEphemeralStart();

    /// <exception cref="DistributedApplicationException">No port is free.</exception>
    public int Allocate()
    {
        int span = _end - Lowest;
        int start = Random.Shared.Next(span);
        for (int i = 0; i < span; i++)
        {
            int port = Lowest + ((start + i) % span);
            if (!_taken.Contains(port) && IsFree(port))
            {
                _taken.Add(port);
                return port;
            }
        }

        throw new DistributedApplicationException($"no port of 127.0.0.1 between {Lowest} and {_end} is free");
    }

    /// <exception cref="DistributedApplicationException">The port is in use.</exception>
    public int Claim(int port, string resource, string endpoint) =>
        !_taken.Add(port) ? throw new DistributedApplicationException($"port {port} was given to two endpoints, one of them '{endpoint}' of '{resource}'")
        : IsFree(port) ? port
        : throw new DistributedApplicationException($"port {port} for endpoint '{endpoint}' of '{resource}' is already used by another program");

    private static bool IsFree(int port)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            socket.Bind(new IPEndPoint(IPAddress.Loopback, port));
            socket.Listen(1);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    // "32768	60999"
    private static int FindEphemeralStart() =>
        File.Exists(EphemeralRangeFile)
            && int.TryParse(File.ReadAllText(EphemeralRangeFile).Split('\t', ' ')[0], out int start) && start > Lowest + 1000
            ? start
            : DefaultEphemeralStart;
}
