namespace NnGpt.Python.Runtime;

/// <summary><c>range(start, stop, step)</c>.</summary>
public sealed class PyRange : PyObject
{
    /// <summary>Creates a range; a step of 0 raises ValueError.</summary>
    public PyRange(long start, long stop, long step) : base(PyTypes.Range)
    {
        if (step == 0)
            throw PyErrors.ValueError("range() arg 3 must not be zero");
        Start = start;
        Stop = stop;
        Step = step;
        if (step > 0 && start < stop)
            Count = (long)(((ulong)(stop - start) - 1) / (ulong)step) + 1;
        else if (step < 0 && start > stop)
            Count = (long)(((ulong)(start - stop) - 1) / (ulong)-step) + 1;
    }

    /// <summary>First number.</summary>
    public long Start { get; }

    /// <summary>End, exclusive.</summary>
    public long Stop { get; }

    /// <summary>Step.</summary>
    public long Step { get; }

    /// <summary>Number of items.</summary>
    public long Count { get; }

    /// <summary>The item at a position.</summary>
    public long this[long index] => Start + index * Step;

    internal IEnumerable<object> Items()
    {
        for (long i = 0; i < Count; i++)
            yield return Py.Int(this[i]);
    }
}
