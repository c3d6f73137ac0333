using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using NnGpt.Protocol.V1;

namespace NnGpt.Sandbox;

/// <summary>
/// Warm, confined worker processes that judge candidates, one at a time each. A worker that dies, hangs, takes too
/// much memory or answers nonsense is killed and replaced; its candidate gets that as its verdict.
/// </summary>
public sealed partial class WorkerPool : IAsyncDisposable
{
    private const int StartAttempts = 3;
    private static readonly TimeSpan s_memoryInterval = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan s_longestBackOff = TimeSpan.FromSeconds(30);

    private readonly WorkerPoolOptions _options;
    private readonly ILogger _logger;
    private readonly TimeProvider _time;
    private readonly WorkerCommand _command;
    private readonly Channel<WorkerJob> _jobs = Channel.CreateUnbounded<WorkerJob>();
    private readonly CancellationTokenSource _stop = new();
    private readonly TaskCompletionSource _warm = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly WorkerProcess?[] _workers;
    private readonly Task[] _slots;
    private ulong _lastId;

    /// <summary>Chooses the sandbox and begins to start the workers.</summary>
    /// <exception cref="SandboxUnavailableException">This machine has no sufficient sandbox.</exception>
    /// <exception cref="WorkerStartException">The worker's files are missing.</exception>
    public WorkerPool(WorkerPoolOptions options, ILogger<WorkerPool> logger, TimeProvider time)
    {
        _options = options;
        _logger = logger;
        _time = time;
        _command = WorkerCommand.Create(options);
        if (!SandboxCapabilities.IsSufficient(_command.Layers))
        {
            LogUnsandboxed(_logger);
        }
        _workers = new WorkerProcess?[options.Workers];
        _slots = [.. Enumerable.Range(0, options.Workers).Select(slot => Task.Run(() => RunSlotAsync(slot)))];
    }

    /// <summary>Workers that are ready or at work.</summary>
    public int WarmWorkers => _workers.Count(worker => worker is { HasExited: false });

    /// <summary>The layers around every worker.</summary>
    public SandboxLayers Layers => _command.Layers;

    /// <summary>Why the last attempt to start a worker failed; null when it did not.</summary>
    public string? LastStartFailure { get; private set; }

    /// <summary>Ids of the worker processes, as this machine sees them.</summary>
    public IReadOnlyList<int> ProcessIds => [.. _workers.OfType<WorkerProcess>().Where(worker => !worker.HasExited).Select(worker => worker.LeafProcessId)];

    /// <summary>Waits for the first warm worker.</summary>
    /// <exception cref="WorkerStartException">Several attempts to start one failed.</exception>
    public Task WarmUpAsync(CancellationToken cancellationToken) => _warm.Task.WaitAsync(cancellationToken);

    /// <summary>
    /// Has a worker do the work; waits for a free one first. Whatever the candidate does, the result is a response:
    /// TIME past the deadline, MEMORY above the limit (the lower of the pool's and the request's), WORKER_DIED when
    /// the worker ended or answered nonsense.
    /// </summary>
    /// <param name="request">The work; its id is set by the pool.</param>
    /// <param name="deadline">From the moment a worker begins. The worker's own limits should be a little lower.</param>
    /// <param name="cancellationToken">Gives the work up; its worker is replaced.</param>
    /// <exception cref="WorkerStartException">No worker can be started.</exception>
    public async Task<WorkerResponse> RunAsync(WorkerRequest request, TimeSpan deadline, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(deadline, TimeSpan.Zero);
        request = request.Clone();
        request.Id = Interlocked.Increment(ref _lastId);
        if (request.CalculateSize() > WorkerFrames.MaximumBytes)
        {
            return WorkerVerdicts.Of(request, RejectionReason.Memory, $"The source is larger than {WorkerFrames.MaximumBytes} bytes.");
        }
        var job = new WorkerJob(request, deadline, cancellationToken);
        if (!_jobs.Writer.TryWrite(job))
        {
            throw new ObjectDisposedException(nameof(WorkerPool));
        }
        await using (cancellationToken.Register(() => job.Completion.TrySetCanceled(cancellationToken)))
        {
            return await job.Completion.Task;
        }
    }

    /// <summary>Kills all workers. Work that waits is given up.</summary>
    public async ValueTask DisposeAsync()
    {
        if (!_jobs.Writer.TryComplete())
        {
            return;
        }
        await _stop.CancelAsync();
        await Task.WhenAll(_slots);
        while (_jobs.Reader.TryRead(out var job))
        {
            job.Completion.TrySetException(new ObjectDisposedException(nameof(WorkerPool)));
        }
        _stop.Dispose();
    }

    private async Task RunSlotAsync(int slot)
    {
        int failures = 0;
        try
        {
            while (!_stop.IsCancellationRequested)
            {
                try
                {
                    _workers[slot] = await StartWorkerAsync();
                    failures = 0;
                    LastStartFailure = null;
                    _warm.TrySetResult();
                }
                catch (WorkerStartException error)
                {
                    await RecoverAsync(++failures, error);
                    continue;
                }
                await ServeAsync(_workers[slot]!);
                _workers[slot]!.Dispose();
            }
        }
        catch (Exception error) when (error is OperationCanceledException or ChannelClosedException)
        {
            // The pool is being disposed of.
        }
        finally
        {
            _workers[slot]?.Dispose();
        }
    }

    private async Task<WorkerProcess> StartWorkerAsync()
    {
        List<string> arguments = ["--torch-threads", _options.WorkerTorchThreads.ToString(), "--memory", _options.MemoryBytes.ToString()];
        if (_options.DataDirectory is { Length: > 0 } data)
        {
            arguments.AddRange(["--data", Path.GetFullPath(data)]);
        }
        if (_options.Fence is { } fence)
        {
            arguments.AddRange(["--fence", fence]);
        }
        if (_options.WarmDataset is { Length: > 0 } dataset)
        {
            arguments.AddRange(["--dataset", dataset]);
        }
        long begin = _time.GetTimestamp();
        var worker = await WorkerProcess.StartAsync(
            _command.StartInfo(arguments), TimeSpan.FromSeconds(_options.StartSeconds), _time, _stop.Token);
        LogWarm(_logger, worker.ProcessId, _time.GetElapsedTime(begin).TotalSeconds, worker.Ready.Sandbox);
        return worker;
    }

    // A start can fail by bad luck (a machine short of memory for a moment) or for good: waiting work learns of the latter.
    private async Task RecoverAsync(int failures, WorkerStartException error)
    {
        LastStartFailure = error.Message;
        LogStartFailed(_logger, failures, error.Message);
        if (failures >= StartAttempts)
        {
            _warm.TrySetException(error);
            while (WarmWorkers == 0 && _jobs.Reader.TryRead(out var job))
            {
                job.Completion.TrySetException(error);
            }
        }
        double seconds = Math.Min(s_longestBackOff.TotalSeconds, Math.Pow(2, failures - 1));
        await Task.Delay(TimeSpan.FromSeconds(seconds), _time, _stop.Token);
    }

    private async Task ServeAsync(WorkerProcess worker)
    {
        while (worker.Served < _options.RecycleAfter)
        {
            if (!await _jobs.Reader.WaitToReadAsync(_stop.Token) || worker.HasExited || worker.ResidentBytes() == 0)
            {
                return; // killed while it had nothing to do: no candidate's matter
            }
            if (!_jobs.Reader.TryRead(out var job) || job.Completion.Task.IsCompleted)
            {
                continue;
            }
            if (!await ExecuteAsync(worker, job))
            {
                return;
            }
        }
    }

    // Whether the worker can go on.
    private async Task<bool> ExecuteAsync(WorkerProcess worker, WorkerJob job)
    {
        using var late = new CancellationTokenSource(job.Deadline, _time);
        using var done = new CancellationTokenSource();
        var killLate = late.Token.Register(worker.Kill);
        var killUnwanted = job.CancellationToken.Register(worker.Kill);
        var killStopping = _stop.Token.Register(worker.Kill);
        var memory = WatchMemoryAsync(worker, MemoryLimitOf(job.Request), done.Token);
        WorkerResponse? response = null;
        Exception? failure = null;
        bool began = false;
        try
        {
            await worker.SendAsync(job.Request);
            began = true;
            response = await worker.ReceiveAsync(job.Request);
        }
        catch (Exception error) when (error is IOException or InvalidDataException)
        {
            failure = error;
            worker.Kill();
        }
        await done.CancelAsync();
        bool overMemory = await memory;
        await killLate.DisposeAsync(); // waits for a callback that runs: from here on nothing kills this worker
        await killUnwanted.DisposeAsync();
        await killStopping.DisposeAsync();
        bool wasKilled = overMemory || late.IsCancellationRequested || job.CancellationToken.IsCancellationRequested || _stop.IsCancellationRequested;
        if (response is not null)
        {
            job.Completion.TrySetResult(response);
            return !wasKilled;
        }

        string end = await worker.DescribeEndAsync();
        if (_stop.IsCancellationRequested)
        {
            job.Completion.TrySetException(new ObjectDisposedException(nameof(WorkerPool)));
        }
        else if (!began && !wasKilled && !job.GivenBack)
        {
            job.GivenBack = true;
            if (!_jobs.Writer.TryWrite(job))
            {
                job.Completion.TrySetException(new ObjectDisposedException(nameof(WorkerPool)));
            }
        }
        else
        {
            var (reason, message) = overMemory ? (RejectionReason.Memory, $"more than {MemoryLimitOf(job.Request) >> 20} MiB of memory")
                : late.IsCancellationRequested ? (RejectionReason.Time, $"no answer within {job.Deadline.TotalSeconds:0.#} s")
                : failure is InvalidDataException ? (RejectionReason.WorkerDied, $"The worker answered nonsense. {failure.Message}")
                : RanOutOfMemory(end) ? (RejectionReason.Memory, "out of memory")
                : (RejectionReason.WorkerDied, $"The worker ended: {FirstLine(end)}");
            LogLost(_logger, worker.ProcessId, reason, end);
            job.Completion.TrySetResult(WorkerVerdicts.Of(job.Request, reason, message));
        }
        return false;
    }

    private static bool RanOutOfMemory(string end) =>
        end.Contains("OutOfMemoryException", StringComparison.Ordinal) || end.Contains("Out of memory", StringComparison.Ordinal);

    private long MemoryLimitOf(WorkerRequest request)
    {
        long asked = request.WorkCase switch
        {
            WorkerRequest.WorkOneofCase.Validate => request.Validate.Limits?.MemoryBytes ?? 0,
            WorkerRequest.WorkOneofCase.Train => request.Train.Limits?.MemoryBytes ?? 0,
            _ => 0,
        };
        return asked > 0 ? Math.Min(asked, _options.MemoryBytes) : _options.MemoryBytes;
    }

    // Whether it was killed for its memory.
    private async Task<bool> WatchMemoryAsync(WorkerProcess worker, long limit, CancellationToken done)
    {
        using var timer = new PeriodicTimer(s_memoryInterval, _time);
        try
        {
            while (await timer.WaitForNextTickAsync(done))
            {
                if (worker.ResidentBytes() > limit)
                {
                    worker.Kill();
                    return true;
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The worker has answered or ended.
        }
        return false;
    }

    private static string FirstLine(string text) => text.Split('\n', 2)[0].Trim();
}
