using NnGpt.Python.Runtime;

namespace NnGpt.Python.Modules;

/// <summary>The results that lru_cache keeps, least recently used first.</summary>
internal sealed class MemoTable(object function, long size)
{
    private readonly PyDict _results = new();
    private long _hits;
    private long _misses;

    public object Call(PyTuple arguments, PyDict keywords)
    {
        var key = keywords.Count == 0
            ? arguments
            : new PyTuple([arguments, PyTuple.From(keywords.Entries.Select(e => new PyTuple(e.Key, e.Value)))]);
        if (_results.TryGet(key, out var known))
        {
            _hits++;
            if (size != long.MaxValue)
                _results.MoveToEnd(key, true);
            return known;
        }

        _misses++;
        var value = Py.CallWith(function, arguments.Items, keywords);
        if (size <= 0)
            return value;
        if (_results.Count >= size && !_results.ContainsKey(key))
            _results.Remove(_results.Keys.First());
        _results.Set(key, value);
        return value;
    }

    public void Clear()
    {
        _results.Clear();
        (_hits, _misses) = (0, 0);
    }

    public PyDict Parameters()
    {
        var parameters = new PyDict();
        parameters.Set("maxsize", size == long.MaxValue ? PyNone.Value : Py.Int(size));
        parameters.Set("typed", Py.False);
        return parameters;
    }

    public object Describe() => NamedTuples.Make(
        "CacheInfo", ["hits", "misses", "maxsize", "currsize"],
        [Py.Int(_hits), Py.Int(_misses), size == long.MaxValue ? PyNone.Value : Py.Int(size), Py.Int(_results.Count)]);
}
