namespace Aspire.Hosting.Orchestration;

/// <summary>The last lines that a process printed, numbered from 1; older ones are only in the log file.</summary>
internal sealed class ConsoleHistory
{
    public const int Capacity = 10_000;

    private readonly Lock _lock = new();
    private readonly Queue<Line> _lines = new();
    private long _count;

    /// <summary>Told after each line.</summary>
    public ChangeSignal Changes { get; } = new();

    public void Add(string text, DateTimeOffset at)
    {
        lock (_lock)
        {
            _lines.Enqueue(new Line(++_count, text, at));
            if (_lines.Count > Capacity)
            {
                _lines.Dequeue();
            }
        }

        Changes.Notify();
    }

    /// <summary>At most so many lines after the one with this number.</summary>
    public IReadOnlyList<Line> After(long number, int count)
    {
        lock (_lock)
        {
            long first = _count - _lines.Count + 1;
            int skip = (int)Math.Clamp(number + 1 - first, 0, _lines.Count);
            return [.. _lines.Skip(skip).Take(count)];
        }
    }

    internal readonly record struct Line(long Number, string Text, DateTimeOffset At);
}
