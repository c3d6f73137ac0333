using System.Net.Sockets;
using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Orchestration;

/// <summary>Connects to a loopback port, says a protocol's first words and looks at how the answer begins.</summary>
internal sealed class GreetingProbe(int port, byte[] greeting, byte[] expectedStart) : IHealthProbe
{
    public async Task<string?> CheckAsync(CancellationToken cancellationToken)
    {
        try
        {
            using var client = new TcpClient();
            await client.ConnectAsync(EndpointAnnotation.Loopback, port, cancellationToken);
            var stream = client.GetStream();
            await stream.WriteAsync(greeting, cancellationToken);
            byte[] answer = new byte[expectedStart.Length];
            int length = await stream.ReadAtLeastAsync(answer, answer.Length, throwOnEndOfStream: false, cancellationToken);
            return answer.AsSpan(0, length).SequenceEqual(expectedStart) ? null : "not ready yet";
        }
        catch (Exception failure) when (failure is SocketException or IOException)
        {
            return failure.Message;
        }
    }
}
