namespace NnGpt.Python.Runtime;

/// <summary>A set or frozenset. Iteration order is CPython's for numbers: an open table of CPython's layout.</summary>
public class PySet : PyObject
{
    /// <summary>A frozenset of the given items.</summary>
    internal static PySet Frozen(IEnumerable<object> items)
    {
        var set = new PySet(PyTypes.FrozenSet);
        foreach (var item in items)
            set.Add(item);
        return set;
    }

    private const int LinearProbes = 9;
    private Slot[] _table = new Slot[8];
    private int _fill;

    private struct Slot
    {
        public object? Key;
        public long Hash;
        public bool Deleted;
    }

    /// <summary>An empty set.</summary>
    public PySet() : base(PyTypes.Set)
    {
    }

    /// <summary>An empty set of a subclass of set or frozenset.</summary>
    public PySet(PyClass cls) : base(cls)
    {
    }

    /// <summary>A set of items.</summary>
    public PySet(IEnumerable<object> items) : this()
    {
        foreach (var item in items)
            Add(item);
    }

    /// <summary>Number of items.</summary>
    public int Count { get; private set; }

    /// <summary>Whether this is a frozenset.</summary>
    public bool IsFrozen => Class.IsSubclassOf(PyTypes.FrozenSet);

    /// <summary>The items.</summary>
    public IEnumerable<object> Items
    {
        get
        {
            var table = _table;
            for (var i = 0; i < table.Length; i++)
            {
                if (table[i].Key is { } key)
                    yield return key;
            }
        }
    }

    /// <summary>Whether an item is present.</summary>
    public bool Contains(object item) => Find(item, PyHash.Of(item), out _);

    /// <summary>Adds an item; false when it was there.</summary>
    public bool Add(object item)
    {
        var hash = PyHash.Of(item);
        if (Find(item, hash, out var free))
            return false;
        if (!_table[free].Deleted)
            _fill++;
        _table[free] = new Slot { Key = item, Hash = hash };
        Count++;
        if (_fill * 5 >= (_table.Length - 1) * 3)
            Resize(Count > 50000 ? Count * 2 : Count * 4);
        return true;
    }

    /// <summary>Removes an item; false when it was absent.</summary>
    public bool Remove(object item)
    {
        if (!Find(item, PyHash.Of(item), out var index))
            return false;
        _table[index] = new Slot { Deleted = true };
        Count--;
        return true;
    }

    /// <summary>Removes every item.</summary>
    public void Clear()
    {
        _table = new Slot[8];
        _fill = 0;
        Count = 0;
    }

    private bool Find(object item, long hash, out int index)
    {
        var mask = _table.Length - 1;
        var perturb = (ulong)hash;
        var i = (int)((ulong)hash & (ulong)mask);
        var free = -1;
        while (true)
        {
            var probes = i + LinearProbes <= mask ? LinearProbes : 0;
            for (var j = i; j <= i + probes; j++)
            {
                ref var slot = ref _table[j];
                if (slot.Key is null)
                {
                    if (!slot.Deleted)
                    {
                        index = free >= 0 ? free : j;
                        return false;
                    }

                    if (free < 0)
                        free = j;
                }
                else if (slot.Hash == hash && (ReferenceEquals(slot.Key, item) || Py.AreEqual(slot.Key, item)))
                {
                    index = j;
                    return true;
                }
            }

            perturb >>= 5;
            i = (int)(((ulong)i * 5 + 1 + perturb) & (ulong)mask);
        }
    }

    private void Resize(int minimum)
    {
        var size = 8;
        while (size <= minimum)
            size <<= 1;
        RunState.ChargeElements(size, 24);
        var old = _table;
        _table = new Slot[size];
        _fill = Count;
        foreach (var slot in old)
        {
            if (slot.Key is null)
                continue;
            InsertClean(slot);
        }
    }

    private void InsertClean(Slot slot)
    {
        var mask = _table.Length - 1;
        var perturb = (ulong)slot.Hash;
        var i = (int)((ulong)slot.Hash & (ulong)mask);
        while (true)
        {
            var probes = i + LinearProbes <= mask ? LinearProbes : 0;
            for (var j = i; j <= i + probes; j++)
            {
                if (_table[j].Key is not null)
                    continue;
                _table[j] = slot;
                return;
            }

            perturb >>= 5;
            i = (int)(((ulong)i * 5 + 1 + perturb) & (ulong)mask);
        }
    }
}
