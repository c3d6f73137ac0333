using NnGpt.Dashboard.Live;

namespace NnGpt.Dashboard.Telemetry;

/// <summary>The last items of a stream, numbered from 1 in the order they came.</summary>
internal sealed class BoundedWindow<T>(int capacity)
{
    private readonly Lock _lock = new();
    private readonly T[] _items = new T[capacity];
    private long _count;

    /// <summary>Told after items were added.</summary>
    public ChangeSignal Changes { get; } = new();

    /// <summary>Adds items; hears of each that had to go.</summary>
    public void Add(IEnumerable<T> items, Action<T>? dropped = null)
    {
        lock (_lock)
        {
            foreach (var item in items)
            {
                int slot = (int)(_count % capacity);
                if (_count >= capacity)
                    dropped?.Invoke(_items[slot]);
                _items[slot] = item;
                _count++;
            }
        }
        Changes.Notify();
    }

    /// <summary>At most so many items after the one with this number, with the number of the last.</summary>
    public (IReadOnlyList<T> Items, long Last) After(long number, int count)
    {
        lock (_lock)
        {
            long first = Math.Max(number, _count - capacity);
            int take = (int)Math.Min(count, _count - first);
            var items = new T[take];
            for (int i = 0; i < take; i++)
                items[i] = _items[(first + i) % capacity];
            return (items, first + take);
        }
    }
}
