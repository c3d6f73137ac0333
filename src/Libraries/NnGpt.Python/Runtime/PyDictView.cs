namespace NnGpt.Python.Runtime;

/// <summary><c>dict.keys()</c>, <c>values()</c> or <c>items()</c>.</summary>
internal sealed class PyDictView(PyClass cls, PyDict dict) : PyObject(cls)
{
    public PyDict Dict { get; } = dict;

    public bool IsKeys => ReferenceEquals(Class, PyTypes.DictKeys);

    public bool IsItems => ReferenceEquals(Class, PyTypes.DictItems);

    /// <summary>The items; a change of the dict's keys meanwhile raises RuntimeError.</summary>
    public IEnumerable<object> Items()
    {
        var version = Dict.Version;
        var size = Dict.Count;
        foreach (var entry in Dict.Entries)
        {
            if (Dict.Version != version)
                throw Changed(size);
            yield return IsKeys ? entry.Key : IsItems ? new PyTuple(entry.Key, entry.Value) : entry.Value;
        }

        if (Dict.Version != version && Dict.Count != size)
            throw Changed(size);
    }

    private PyException Changed(int size) => PyErrors.RuntimeError(Dict.Count != size
        ? "dictionary changed size during iteration"
        : "dictionary keys changed during iteration");
}
