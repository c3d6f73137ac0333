using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;

namespace Aspire.Hosting.Orchestration;

/// <summary>
/// A process that dies with this one. It leads a session of its own: the terminal's Ctrl-C reaches only the AppHost,
/// and what it leaves behind is found by its process group.
/// </summary>
internal sealed partial class ChildProcess : IDisposable
{
    private const int Terminate = 15;
    private const int Kill = 9;

    // setpriv has set the parent-death signal by now: when the parent is still the AppHost, the signal will come.
    private const string ExecUnderParent = """test "$PPID" = "$0" || exit 125; exec "$@" </dev/null""";

    private static readonly string[] s_notForChildren = ["DOTNET_LAUNCH_PROFILE", "ASPNETCORE_URLS", "ASPNETCORE_HTTP_PORTS", "DOTNET_HOSTBUILDER__RELOADCONFIGONCHANGE"];

    private readonly Process _process;
    private readonly Task _output;

    private ChildProcess(Process process, Action<string> onLine)
    {
        _process = process;
        Id = process.Id;
        _output = Task.WhenAll(OutputPump.RunAsync(process.StandardOutput, onLine), OutputPump.RunAsync(process.StandardError, onLine));
    }

    public int Id { get; }

    /// <exception cref="DistributedApplicationException">setpriv, setsid or sh is missing.</exception>
    public static async Task<ChildProcess> StartAsync(ProcessCommand command, Action<string> onLine)
    {
        var start = new ProcessStartInfo(ProgramLocator.Find("setpriv", "util-linux"))
        {
            WorkingDirectory = command.WorkingDirectory,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (string argument in (ReadOnlySpan<string>)
            ["--pdeathsig", "KILL", "--", ProgramLocator.Find("setsid", "util-linux"), "/bin/sh", "-c", ExecUnderParent,
             Environment.ProcessId.ToString(CultureInfo.InvariantCulture), command.Program, .. command.Arguments])
        {
            start.ArgumentList.Add(argument);
        }

        foreach (string name in s_notForChildren)
        {
            start.Environment.Remove(name);
        }

        foreach (var (name, value) in command.Environment)
        {
            start.Environment[name] = value;
        }

        try
        {
            return new ChildProcess(await SpawnThread.RunAsync(() => Process.Start(start)!), onLine);
        }
        catch (Win32Exception failure)
        {
            throw new DistributedApplicationException($"cannot start {command.Program} in {command.WorkingDirectory}: {failure.Message}", failure);
        }
    }

    /// <summary>The exit code; 128 + N after signal N. What the process left in its group is gone by then.</summary>
    public async Task<int> WaitForExitAsync()
    {
        await _process.WaitForExitAsync(CancellationToken.None);
        SignalGroup(Kill);
        await _output;
        return _process.ExitCode;
    }

    public void RequestStop()
    {
        if (!_process.HasExited)
        {
            SendSignal(Id, Terminate);
        }
    }

    public void KillGroup() => SignalGroup(Kill);

    public void Dispose() => _process.Dispose();

    private void SignalGroup(int signal) => SendSignal(-Id, signal);

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    private static partial int SendSignal(int processId, int signal);
}
