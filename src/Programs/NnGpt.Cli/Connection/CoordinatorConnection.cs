using System.CommandLine;
using Grpc.Net.Client;
using NnGpt.Protocol.V1;

namespace NnGpt.Cli.Connection;

/// <summary>A channel to the Coordinator of the running system.</summary>
internal sealed class CoordinatorConnection : IDisposable
{
    private const int MaxMessageBytes = 64 * 1024 * 1024;

    private readonly GrpcChannel _channel;

    private CoordinatorConnection(Uri address)
    {
        _channel = GrpcChannel.ForAddress(address, new GrpcChannelOptions
        {
            MaxReceiveMessageSize = MaxMessageBytes,
            HttpHandler = new SocketsHttpHandler
            {
                ConnectTimeout = TimeSpan.FromSeconds(5),
                KeepAlivePingDelay = TimeSpan.FromSeconds(20),
                KeepAlivePingTimeout = TimeSpan.FromSeconds(20),
            },
        });
        Experiments = new Protocol.V1.Experiments.ExperimentsClient(_channel);
        Artifacts = new Artifacts.ArtifactsClient(_channel);
    }

    public static Option<string?> AddressOption { get; } = new("--coordinator")
    {
        Description = "Address of the Coordinator's gRPC endpoint, e.g. http://127.0.0.1:5001. "
            + "Default: NNGPT_COORDINATOR, else the running AppHost of this data directory (NNGPT_HOME, else .nngpt in the checkout).",
        HelpName = "URL",
        Recursive = true,
    };

    public Protocol.V1.Experiments.ExperimentsClient Experiments { get; }

    public Artifacts.ArtifactsClient Artifacts { get; }

    /// <summary>Deadline of a call that answers at once.</summary>
    public static DateTime Deadline => TimeProvider.System.GetUtcNow().UtcDateTime.AddSeconds(30);

    public static async Task<CoordinatorConnection> OpenAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        string text = parsed.GetValue(AddressOption)
            ?? Environment.GetEnvironmentVariable("NNGPT_COORDINATOR")
            ?? await AppHostState.FindCoordinatorAsync(TimeProvider.System, cancellationToken)
            ?? throw new CommandFailedException(
                $"no running system found ({AppHostState.StateFile} is missing or stale). Start it with ./run.sh or `dotnet run --project NnGpt.AppHost`, or give --coordinator URL",
                ExitCode.Unreachable);
        return Uri.TryCreate(text, UriKind.Absolute, out var address) && address.Scheme is "http" or "https"
            ? new CoordinatorConnection(address)
            : throw new CommandFailedException($"'{text}' is not an http address of a coordinator", ExitCode.Usage);
    }

    public void Dispose() => _channel.Dispose();
}
