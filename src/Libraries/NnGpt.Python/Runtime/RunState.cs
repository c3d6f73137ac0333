using System.Runtime.CompilerServices;
using System.Text;

namespace NnGpt.Python.Runtime;

/// <summary>The running interpreter's budgets, output and exception state on the current thread.</summary>
internal sealed class RunState
{
    [ThreadStatic]
    private static RunState? t_current;

    private const int CheckInterval = 128;
    private readonly TimeProvider _time;
    private readonly CancellationToken _cancellation;
    private readonly long _deadline;
    private readonly StringBuilder _output = new();
    private long _allocationBase;
    private int _allocationThread;
    private long _stepsLeft;
    private int _untilCheck = CheckInterval;

    public RunState(ExecutionLimits limits, TimeProvider time, CancellationToken cancellation)
    {
        Limits = limits;
        _time = time;
        _cancellation = cancellation;
        _stepsLeft = limits.Steps;
        _deadline = limits.Time is { } span
            ? time.GetTimestamp() + (long)(span.TotalSeconds * time.TimestampFrequency)
            : long.MaxValue;
    }

    public ExecutionLimits Limits { get; }

    public int Depth { get; set; }

    /// <summary>The exception that the innermost running except clause handles.</summary>
    public PyExceptionObject? Handling { get; set; }

    public Interpreter? Interpreter { get; init; }

    public string Output => _output.ToString();

    public long StepsUsed => Limits.Steps - _stepsLeft;

    public static RunState? CurrentOrNull => t_current;

    public static RunState Current => t_current
        ?? throw new InvalidOperationException("Python code runs only inside Interpreter.Execute or Interpreter.Enter");

    public static RunState? Exchange(RunState? context)
    {
        var previous = t_current;
        t_current = context;
        return previous;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Step()
    {
        _stepsLeft--;
        if (--_untilCheck <= 0)
            Check();
    }

    /// <summary>Counts many steps at once, for native loops of known length.</summary>
    public void Steps(long count)
    {
        _stepsLeft -= count;
        Check();
    }

    /// <summary>Refuses an allocation that is too large, before it is made.</summary>
    public static void ChargeElements(long count, int bytesEach)
    {
        if (count <= 1024)
            return;
        var limit = t_current?.Limits.SingleAllocation ?? int.MaxValue;
        if (count > limit / bytesEach)
            throw PyErrors.New(PyErrors.MemoryErrorClass);
        t_current?.Steps(count * bytesEach / 1024);
    }

    public void Write(string text)
    {
        var room = Limits.OutputCharacters - _output.Length;
        if (room > 0)
            _output.Append(text, 0, Math.Min(room, text.Length));
    }

    private void Check()
    {
        _untilCheck = CheckInterval;
        if (_stepsLeft < 0)
            throw new ExecutionLimitException(ExecutionLimit.Steps);
        if (_cancellation.IsCancellationRequested)
            throw new ExecutionLimitException(ExecutionLimit.Cancelled);
        if (_deadline != long.MaxValue && _time.GetTimestamp() > _deadline)
            throw new ExecutionLimitException(ExecutionLimit.Time);
        var allocated = GC.GetAllocatedBytesForCurrentThread();
        if (_allocationThread != Environment.CurrentManagedThreadId)
        {
            _allocationThread = Environment.CurrentManagedThreadId;
            _allocationBase = allocated;
        }
        else if (allocated - _allocationBase > Limits.TotalAllocation)
        {
            throw new ExecutionLimitException(ExecutionLimit.Memory);
        }
    }
}
