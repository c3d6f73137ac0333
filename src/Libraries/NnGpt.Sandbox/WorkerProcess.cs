using System.Diagnostics;
using System.Text;
using NnGpt.Protocol.V1;

namespace NnGpt.Sandbox;

/// <summary>One running worker: its pipes, its memory, its end.</summary>
internal sealed class WorkerProcess : IDisposable
{
    private const int KeptErrorCharacters = 4096;

    // For a pipe to end after its process: another process may hold it open.
    private static readonly TimeSpan s_grace = TimeSpan.FromSeconds(2);

    private readonly Process _process;
    private readonly Stream _input;
    private readonly Stream _output;
    private readonly StringBuilder _errors = new();
    private readonly Task _errorReader;
    private readonly Task _ended;
    private int _leaf;

    private WorkerProcess(Process process)
    {
        _process = process;
        _input = process.StandardInput.BaseStream;
        _output = process.StandardOutput.BaseStream;
        _errorReader = Task.Run(ReadErrorsAsync);
        _ended = process.WaitForExitAsync(CancellationToken.None);
        ProcessId = process.Id;
    }

    /// <summary>Id of the process started, which may be bubblewrap's.</summary>
    public int ProcessId { get; }

    /// <summary>Id of the worker itself as this machine sees it.</summary>
    public int LeafProcessId => _leaf != 0 ? _leaf : _leaf = ProcessTree.Leaf(ProcessId);

    /// <summary>What the worker said when it was warm.</summary>
    public WorkerReady Ready { get; private set; } = new();

    /// <summary>Candidates it has been given.</summary>
    public int Served { get; set; }

    public bool HasExited => _process.HasExited;

    /// <summary>Starts a process and waits until the worker in it is warm.</summary>
    /// <exception cref="WorkerStartException">It ended, or said something else, or took too long.</exception>
    public static async Task<WorkerProcess> StartAsync(ProcessStartInfo start, TimeSpan patience, TimeProvider time, CancellationToken cancellationToken)
    {
        WorkerProcess worker;
        try
        {
            worker = new WorkerProcess(await WorkerThread.Run(() => Process.Start(start)!));
        }
        catch (System.ComponentModel.Win32Exception error)
        {
            throw new WorkerStartException($"{start.FileName}: {error.Message}", error);
        }
        try
        {
            using var late = new CancellationTokenSource(patience, time);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(late.Token, cancellationToken);
            await using (either.Token.Register(worker.Kill))
            {
                worker.Ready = await worker.UntilEnd(WorkerFrames.ReadAsync(worker._output, WorkerReady.Parser, CancellationToken.None))
                    ?? throw new EndOfStreamException();
            }
            cancellationToken.ThrowIfCancellationRequested();
            if (late.IsCancellationRequested)
            {
                throw new EndOfStreamException();
            }
            return worker;
        }
        catch (Exception error) when (error is IOException or InvalidDataException)
        {
            worker.Kill();
            cancellationToken.ThrowIfCancellationRequested();
            string how = await worker.DescribeEndAsync();
            worker.Dispose();
            throw new WorkerStartException($"The worker did not become ready within {patience.TotalSeconds:0} s: {how}", error);
        }
        catch
        {
            worker.Kill();
            worker.Dispose();
            throw;
        }
    }

    /// <summary>Sends a request. The worker begins only when it has all of it.</summary>
    /// <exception cref="IOException">The worker has ended.</exception>
    public Task SendAsync(WorkerRequest request)
    {
        Served++;
        return UntilEnd(WriteAsync());

        async Task<bool> WriteAsync()
        {
            await WorkerFrames.WriteAsync(_input, request, CancellationToken.None);
            return true;
        }
    }

    /// <summary>Reads the answer. To give up, call <see cref="Kill"/>: the pipes then end.</summary>
    /// <exception cref="IOException">The worker ended.</exception>
    /// <exception cref="InvalidDataException">It answered something else.</exception>
    public async Task<WorkerResponse> ReceiveAsync(WorkerRequest request)
    {
        var response = await UntilEnd(WorkerFrames.ReadAsync(_output, WorkerResponse.Parser, CancellationToken.None)) ?? throw new EndOfStreamException();
        bool fits = response.Id == request.Id && request.WorkCase switch
        {
            WorkerRequest.WorkOneofCase.Validate => response.ResultCase == WorkerResponse.ResultOneofCase.Validation,
            WorkerRequest.WorkOneofCase.Train => response.ResultCase == WorkerResponse.ResultOneofCase.Training,
            _ => false,
        };
        return fits ? response : throw new InvalidDataException($"It answered {response.ResultCase} of request {response.Id} to request {request.Id}.");
    }

    /// <summary>Resident memory in bytes; 0 when it has ended.</summary>
    public long ResidentBytes() => ProcessTree.ResidentBytes(LeafProcessId);

    /// <summary>Kills it, and with it all that is inside its namespaces.</summary>
    public void Kill()
    {
        try
        {
            _process.Kill(entireProcessTree: true); // bubblewrap's child is on its own until it has set itself up
        }
        catch (Exception error) when (error is InvalidOperationException or System.ComponentModel.Win32Exception or AggregateException)
        {
            // It has ended already.
        }
    }

    /// <summary>How it ended, with the last it said on stderr.</summary>
    public async Task<string> DescribeEndAsync()
    {
        await _ended;
        await Task.WhenAny(_errorReader, Task.Delay(s_grace));
        string errors = ErrorText();
        string code = _process.ExitCode > 128 ? $"signal {_process.ExitCode - 128}" : $"exit code {_process.ExitCode}";
        return errors.Length > 0 ? $"{code}: {errors}" : code;
    }

    public void Dispose()
    {
        Kill();
        _process.Dispose();
    }

    private async Task<T> UntilEnd<T>(Task<T> transfer)
    {
        await Task.WhenAny(transfer, _ended);
        await Task.WhenAny(transfer, _ended.IsCompleted ? Task.Delay(s_grace) : transfer);
        return transfer.IsCompleted ? await transfer : throw new EndOfStreamException("The worker has ended.");
    }

    private string ErrorText()
    {
        lock (_errors)
        {
            return _errors.ToString().Trim();
        }
    }

    // Drained for ever, kept a little: a worker that floods stderr neither blocks nor costs memory.
    private async Task ReadErrorsAsync()
    {
        char[] buffer = new char[1024];
        try
        {
            while (await _process.StandardError.ReadAsync(buffer) is var count and > 0)
            {
                lock (_errors)
                {
                    _errors.Append(buffer, 0, count);
                    if (_errors.Length > KeptErrorCharacters)
                    {
                        _errors.Remove(0, _errors.Length - KeptErrorCharacters);
                    }
                }
            }
        }
        catch (Exception error) when (error is IOException or ObjectDisposedException or InvalidOperationException)
        {
            // The process and its pipes are gone.
        }
    }
}
