using System.Diagnostics;
using System.Text.Json;

namespace NnGpt.Cli.Connection;

/// <summary>The state file that a running AppHost keeps in its data directory.</summary>
internal static class AppHostState
{
    private static readonly TimeSpan s_startLimit = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan s_interval = TimeSpan.FromMilliseconds(200);

    public static string StateFile => Path.Combine(Checkout.DataDirectory, "apphost.json");

    /// <summary>
    /// The Coordinator's gRPC address of the AppHost that runs now; null when none does. While the system starts, it is
    /// waited for.
    /// </summary>
    public static async Task<string?> FindCoordinatorAsync(TimeProvider time, CancellationToken cancellationToken)
    {
        long start = time.GetTimestamp();
        while (true)
        {
            var (address, isReady) = Read();
            if (address is null || isReady || time.GetElapsedTime(start) > s_startLimit)
            {
                return address;
            }

            await Task.Delay(s_interval, time, cancellationToken);
        }
    }

    private static (string? Address, bool IsReady) Read()
    {
        if (!File.Exists(StateFile))
        {
            return (null, false);
        }

        try
        {
            using var state = JsonDocument.Parse(File.ReadAllBytes(StateFile));
            var coordinator = !IsAlive(state.RootElement.GetProperty("pid").GetInt32())
                ? default
                : state.RootElement.GetProperty("resources").EnumerateArray()
                    .FirstOrDefault(resource => resource.GetProperty("resource").GetString() == "coordinator");
            return coordinator.ValueKind == JsonValueKind.Object && coordinator.GetProperty("endpoints").TryGetProperty("grpc", out var endpoint)
                ? (endpoint.GetString(), coordinator.GetProperty("health").GetString() == "healthy")
                : (null, false);
        }
        catch (Exception failure) when (failure is JsonException or KeyNotFoundException or InvalidOperationException or IOException)
        {
            throw new CommandFailedException($"{StateFile} is damaged ({failure.Message}); restart the system", ExitCode.Unreachable);
        }
    }

    private static bool IsAlive(int processId)
    {
        try
        {
            using var process = Process.GetProcessById(processId);
            return !process.HasExited;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }
}
