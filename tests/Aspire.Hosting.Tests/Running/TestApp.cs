using System.Diagnostics;
using System.Runtime.InteropServices;
using Aspire.Hosting.Orchestration;

namespace Aspire.Hosting.Tests.Running;

/// <summary>The test AppHost as a process of its own.</summary>
internal sealed partial class TestApp : IDisposable
{
    private readonly Process _process;
    private readonly Task<string> _output;
    private readonly Task<string> _error;

    private TestApp(Process process, string dataDirectory)
    {
        _process = process;
        DataDirectory = dataDirectory;
        _output = process.StandardOutput.ReadToEndAsync();
        _error = process.StandardError.ReadToEndAsync();
    }

    public static string Assembly { get; } = AppContext.BaseDirectory.Replace("Aspire.Hosting.Tests", "Aspire.Hosting.TestApp", StringComparison.Ordinal) + "Aspire.Hosting.TestApp.dll";

    /// <summary>.../tests/Aspire.Hosting.TestApp/Aspire.Hosting.TestApp.csproj</summary>
    public static string Project { get; } = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(Assembly)!, "..", "..", "..", "Aspire.Hosting.TestApp.csproj"));

    public string DataDirectory { get; }

    public int Id => _process.Id;

    public static TestApp Start(string dataDirectory, params string[] settings)
    {
        var start = new ProcessStartInfo(ProgramLocator.DotNet, [Assembly, $"--Aspire:Store:Path={dataDirectory}", .. settings])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment.Remove("HTTP_PORT");
        return new TestApp(Process.Start(start)!, dataDirectory);
    }

    public ApplicationState? ReadState() => StateReader.TryRead(Path.Combine(DataDirectory, "apphost.json")) is { } state && state.Pid == Id ? state : null;

    public async Task UntilRunningAsync() =>
        await Eventually.TrueAsync("the AppHost runs", () =>
            _process.HasExited ? throw new InvalidOperationException($"the AppHost ended: {_error.Result}") : ReadState()?.Status == "running");

    /// <summary>Sends a signal and waits for the end: exit code, output, errors.</summary>
    public async Task<(int ExitCode, string Output, string Error)> EndAsync(int? signal = null)
    {
        if (signal is { } number)
        {
            SendSignal(_process.Id, number);
        }

        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(90));
        await _process.WaitForExitAsync(deadline.Token);
        return (_process.ExitCode, await _output, await _error);
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            SendSignal(_process.Id, 9);
            _process.WaitForExit();
        }

        _process.Dispose();
    }

    public static void Signal(int processId, int signal) => SendSignal(processId, signal);

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    private static partial int SendSignal(int processId, int signal);
}
