namespace NnGpt.Python.Runtime;

/// <summary>A slice as it reaches <c>__getitem__</c>; the parts are None when left out.</summary>
public sealed class PySlice : PyObject
{
    /// <summary>Creates <c>slice(start, stop, step)</c>.</summary>
    public PySlice(object start, object stop, object step) : base(PyTypes.Slice)
    {
        Start = start;
        Stop = stop;
        Step = step;
    }

    /// <summary>First index, or None.</summary>
    public object Start { get; }

    /// <summary>End, exclusive, or None.</summary>
    public object Stop { get; }

    /// <summary>Step, or None.</summary>
    public object Step { get; }

    /// <summary>The clipped indices for a sequence of a length, as <c>slice.indices</c>, and the number of items.</summary>
    public (long Start, long Stop, long Step, long Count) Indices(long length)
    {
        var step = Step is PyNone ? 1 : ToIndex(Step);
        if (step == 0)
            throw PyErrors.ValueError("slice step cannot be zero");
        var (low, high) = step < 0 ? (-1L, length - 1) : (0L, length);
        var start = Start is PyNone ? (step < 0 ? high : low) : Clip(ToIndex(Start), length, low, high);
        var stop = Stop is PyNone ? (step < 0 ? low : high) : Clip(ToIndex(Stop), length, low, high);
        long count = 0;
        if (step > 0 && start < stop)
            count = (stop - start - 1) / step + 1;
        else if (step < 0 && stop < start)
            count = (start - stop - 1) / -step + 1;
        return (start, stop, step, count);
    }

    private static long ToIndex(object value)
    {
        if (value is long number)
            return number;
        return Py.TryIndex(value, out var index)
            ? index
            : throw PyErrors.TypeError("slice indices must be integers or None or have an __index__ method");
    }

    private static long Clip(long index, long length, long low, long high)
    {
        if (index < 0)
            index += length;
        return Math.Clamp(index, low, Math.Max(low, high));
    }
}
