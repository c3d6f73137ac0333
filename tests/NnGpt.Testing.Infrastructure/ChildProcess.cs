using System.Collections.Concurrent;
using System.Diagnostics;
using System.Runtime.InteropServices;

namespace NnGpt.Testing.Infrastructure;

/// <summary>
/// A process that dies with the test process. PR_SET_PDEATHSIG, which setpriv sets, follows the thread that started
/// the child, so one thread that never ends starts them all.
/// </summary>
public sealed class ChildProcess : IAsyncDisposable
{
    private static readonly BlockingCollection<Action> s_starts = [];
    private readonly ConcurrentQueue<string> _output = new();
    private readonly Process _process;

    static ChildProcess()
    {
        var thread = new Thread(() =>
        {
            foreach (var start in s_starts.GetConsumingEnumerable())
                start();
        })
        { IsBackground = true, Name = "child processes" };
        thread.Start();
    }

    private ChildProcess(Process process) => _process = process;

    /// <summary>Process id.</summary>
    public int Id => _process.Id;

    /// <summary>True once the process has ended.</summary>
    public bool HasExited => _process.HasExited;

    /// <summary>Everything it has written so far.</summary>
    public string Output => string.Join('\n', _output);

    /// <summary>Starts a program with its own environment on top of the caller's.</summary>
    public static Task<ChildProcess> StartAsync(
        string fileName, IEnumerable<string> arguments, IReadOnlyDictionary<string, string?>? environment = null) =>
        StartAsync(fileName, arguments, environment, readyLine: null, CancellationToken.None);

    /// <summary>Starts a program and returns when it has written a line with the given text.</summary>
    /// <exception cref="InvalidOperationException">It ended first; the message holds its output.</exception>
    public static async Task<ChildProcess> StartAsync(
        string fileName,
        IEnumerable<string> arguments,
        IReadOnlyDictionary<string, string?>? environment,
        string? readyLine,
        CancellationToken cancellationToken)
    {
        var info = new ProcessStartInfo("setpriv", ["--pdeathsig", "KILL", fileName, .. arguments])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in environment ?? new Dictionary<string, string?>())
            info.Environment[name] = value;

        var ready = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var process = new Process { StartInfo = info, EnableRaisingEvents = true };
        var child = new ChildProcess(process);
        void OnLine(object sender, DataReceivedEventArgs line)
        {
            if (line.Data is null)
                return;
            child._output.Enqueue(line.Data);
            if (readyLine is not null && line.Data.Contains(readyLine, StringComparison.Ordinal))
                ready.TrySetResult();
        }
        process.OutputDataReceived += OnLine;
        process.ErrorDataReceived += OnLine;
        process.Exited += (_, _) => ready.TrySetException(new InvalidOperationException($"{fileName} ended with code {process.ExitCode}:\n{child.Output}"));

        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        s_starts.Add(() =>
        {
            try
            {
                process.Start();
                process.StandardInput.Close();
                process.BeginOutputReadLine();
                process.BeginErrorReadLine();
                started.SetResult();
            }
            catch (Exception e)
            {
                started.SetException(e);
            }
        }, cancellationToken);
        await started.Task;
        if (readyLine is not null)
        {
            try
            {
                await ready.Task.WaitAsync(cancellationToken);
            }
            catch
            {
                await child.KillAsync();
                throw;
            }
        }
        return child;
    }

    /// <summary>SIGKILL to it and what it started, and waits for its end.</summary>
    public async Task KillAsync()
    {
        if (!_process.HasExited)
            _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
    }

    /// <summary>SIGTERM, and waits for its end.</summary>
    public async Task TerminateAsync()
    {
        if (!_process.HasExited)
            _ = Kill(_process.Id, 15);
        await _process.WaitForExitAsync();
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        _process.Dispose();
    }

    [DllImport("libc", EntryPoint = "kill", SetLastError = true)]
    private static extern int Kill(int pid, int signal);
}
