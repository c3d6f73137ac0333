using System.Diagnostics.CodeAnalysis;

namespace NnGpt.Python.Runtime;

/// <summary>
/// A Python dict: insertion order, Python's hash and equality (1, 1.0 and True are one key). Also the table behind
/// instance, class and module attributes.
/// </summary>
public class PyDict : PyObject
{
    private int[] _buckets = s_emptyBuckets;
    private Entry[] _entries = [];
    private int _used;
    private static readonly int[] s_emptyBuckets = [];

    private struct Entry
    {
        public long Hash;
        public object? Key;
        public object? Value;
        public int Next;
    }

    /// <summary>An empty dict.</summary>
    public PyDict() : base(PyTypes.Dict)
    {
    }

    /// <summary>An empty dict of a subclass of dict.</summary>
    public PyDict(PyClass cls) : base(cls)
    {
    }

    /// <summary>An empty <c>collections.OrderedDict</c>.</summary>
    public static PyDict Ordered() => new(Modules.CollectionsModule.OrderedDict);

    /// <summary>Number of entries.</summary>
    public int Count { get; private set; }

    /// <summary>Grows with every insertion and removal; iteration watches it.</summary>
    internal int Version { get; private set; }

    /// <summary>The value of a string key, or null when it is absent.</summary>
    public object? GetOrNull(string key) => GetOrNull(key, PyHash.OfString(key));

    internal object? GetOrNull(string key, long hash)
    {
        var index = FindString(key, hash);
        return index < 0 ? null : _entries[index].Value;
    }

    /// <summary>The value of any hashable key.</summary>
    public bool TryGet(object key, [NotNullWhen(true)] out object? value)
    {
        var index = Find(key, PyHash.Of(key));
        value = index < 0 ? null : _entries[index].Value;
        return index >= 0;
    }

    /// <summary>Whether the key is present.</summary>
    public bool ContainsKey(object key) => Find(key, PyHash.Of(key)) >= 0;

    /// <summary>Adds or replaces an entry; a replaced entry keeps its place.</summary>
    public void Set(object key, object value) => Set(key, PyHash.Of(key), value);

    /// <summary>Adds or replaces the entry of a string key.</summary>
    public void Set(string key, object value) => Set(key, PyHash.OfString(key), value);

    internal void Set(object key, long hash, object value)
    {
        var index = Find(key, hash);
        if (index >= 0)
        {
            _entries[index].Value = value;
            return;
        }

        if (_used == _entries.Length)
            Resize();
        ref var bucket = ref _buckets[(int)((ulong)hash % (uint)_buckets.Length)];
        _entries[_used] = new Entry { Hash = hash, Key = key, Value = value, Next = bucket - 1 };
        bucket = ++_used;
        Count++;
        Version++;
    }

    /// <summary>Removes a key; false when it was absent.</summary>
    public bool Remove(object key) => Remove(key, out _);

    /// <summary>Removes a key and gives its value; false when it was absent.</summary>
    public bool Remove(object key, [NotNullWhen(true)] out object? value)
    {
        var hash = PyHash.Of(key);
        var index = Find(key, hash);
        if (index < 0)
        {
            value = null;
            return false;
        }

        value = _entries[index].Value!;
        ref var bucket = ref _buckets[(int)((ulong)hash % (uint)_buckets.Length)];
        if (bucket - 1 == index)
        {
            bucket = _entries[index].Next + 1;
        }
        else
        {
            var i = bucket - 1;
            while (_entries[i].Next != index)
                i = _entries[i].Next;
            _entries[i].Next = _entries[index].Next;
        }

        _entries[index] = new Entry { Next = -1 };
        Count--;
        Version++;
        if (index == _used - 1)
            _used--;
        return true;
    }

    /// <summary>Removes every entry.</summary>
    public void Clear()
    {
        _buckets = s_emptyBuckets;
        _entries = [];
        _used = 0;
        Count = 0;
        Version++;
    }

    /// <summary>The entries in insertion order. Later entries appear when they are added during the enumeration.</summary>
    public IEnumerable<KeyValuePair<object, object>> Entries
    {
        get
        {
            for (var i = 0; i < _used; i++)
            {
                if (_entries[i].Key is { } key)
                    yield return new KeyValuePair<object, object>(key, _entries[i].Value!);
            }
        }
    }

    /// <summary>The keys in insertion order.</summary>
    public IEnumerable<object> Keys => Entries.Select(entry => entry.Key);

    /// <summary>The values in insertion order.</summary>
    public IEnumerable<object> Values => Entries.Select(entry => entry.Value);

    /// <summary>A shallow copy as a plain dict.</summary>
    public PyDict Copy()
    {
        var copy = new PyDict();
        copy.Update(this);
        return copy;
    }

    /// <summary>Sets every entry of another dict.</summary>
    public void Update(PyDict other)
    {
        for (var i = 0; i < other._used; i++)
        {
            if (other._entries[i].Key is { } key)
                Set(key, other._entries[i].Hash, other._entries[i].Value!);
        }
    }

    /// <summary>Moves a key to the end or to the beginning (OrderedDict.move_to_end).</summary>
    internal bool MoveToEnd(object key, bool last)
    {
        if (!Remove(key, out var value))
            return false;
        if (last)
        {
            Set(key, value);
            return true;
        }

        var rest = Entries.ToList();
        Clear();
        Set(key, value);
        foreach (var entry in rest)
            Set(entry.Key, entry.Value);
        return true;
    }

    private int FindString(string key, long hash)
    {
        if (_buckets.Length == 0)
            return -1;
        var i = _buckets[(int)((ulong)hash % (uint)_buckets.Length)] - 1;
        while (i >= 0)
        {
            ref var entry = ref _entries[i];
            if (entry.Hash == hash && ((object)key == entry.Key || (entry.Key is { } other && Matches(other, key))))
                return i;
            i = entry.Next;
        }

        return -1;
    }

    private int Find(object key, long hash)
    {
        if (key is string text)
            return FindString(text, hash);
        if (_buckets.Length == 0)
            return -1;
        var i = _buckets[(int)((ulong)hash % (uint)_buckets.Length)] - 1;
        while (i >= 0)
        {
            ref var entry = ref _entries[i];
            if (entry.Hash == hash && (ReferenceEquals(key, entry.Key) || Py.AreEqual(entry.Key!, key)))
                return i;
            i = entry.Next;
        }

        return -1;
    }

    private static bool Matches(object candidate, string key) =>
        candidate is string text ? string.Equals(text, key) : candidate is PyInstance && Py.AreEqual(candidate, key);

    private void Resize()
    {
        var live = Count;
        var size = live < 4 ? 8 : live * 2;
        RunState.ChargeElements(size, 40);
        var entries = new Entry[size];
        var buckets = new int[Prime(size)];
        var next = 0;
        for (var i = 0; i < _used; i++)
        {
            if (_entries[i].Key is null)
                continue;
            ref var bucket = ref buckets[(int)((ulong)_entries[i].Hash % (uint)buckets.Length)];
            entries[next] = _entries[i];
            entries[next].Next = bucket - 1;
            bucket = ++next;
        }

        _entries = entries;
        _buckets = buckets;
        _used = next;
    }

    private static int Prime(int size) => size switch
    {
        <= 8 => 11,
        <= 16 => 23,
        <= 32 => 47,
        <= 64 => 97,
        _ => size | 1,
    };
}
