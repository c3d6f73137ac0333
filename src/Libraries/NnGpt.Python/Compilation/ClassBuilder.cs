using NnGpt.Python.Runtime;

namespace NnGpt.Python.Compilation;

/// <summary>Makes the class of a class statement: resolves bases, finds the metaclass and calls it.</summary>
internal sealed class ClassBuilder
{
    private readonly string _name;
    private readonly object[] _bases;
    private readonly Keyword[]? _keywords;
    private readonly object _metaclass;

    public ClassBuilder(string name, object[] bases, Keyword[]? keywords)
    {
        _name = name;
        _bases = [.. bases.SelectMany(b => ResolveBase(b, bases))];
        object metaclass = PyTypes.Type;
        if (keywords?.FirstOrDefault(k => k.Name == "metaclass") is { Name: not null } given)
        {
            metaclass = given.Value;
            keywords = [.. keywords.Where(k => k.Name != "metaclass")];
        }

        _keywords = keywords is { Length: 0 } ? null : keywords;
        _metaclass = metaclass is PyClass cls ? ClassCreation.MostDerivedMetaclass(cls, _bases) : metaclass;
        Namespace = Prepare();
    }

    /// <summary>Where the class body runs.</summary>
    public PyDict Namespace { get; }

    /// <summary>Calls the metaclass. The cell gives the methods' <c>__class__</c> and <c>super()</c> their class.</summary>
    public object Build(Cell? cell)
    {
        if (cell is not null)
            Namespace.Set(ClassCreation.ClassCellName, new ClassCell(cell));
        object[] arguments = [_name, new PyTuple(_bases), Namespace];
        return ReferenceEquals(_metaclass, PyTypes.Type)
            ? ClassCreation.Create(PyTypes.Type, _name, _bases, Namespace, _keywords)
            : Py.Call(_metaclass, arguments, _keywords);
    }

    private PyDict Prepare() =>
        _metaclass is PyClass { IsNative: false } meta && meta.Lookup("__prepare__") is { } prepare
        && Py.Call(Py.BindDescriptor(prepare, null, meta), [_name, new PyTuple(_bases)], _keywords) is PyDict names
            ? names
            : new PyDict();

    private static IEnumerable<object> ResolveBase(object value, object[] all)
    {
        if (value is PyClass || Py.FindAttr(value, "__mro_entries__") is not { } entries)
            return [value];
        return Py.Iterate(Py.Call(entries, new PyTuple(all)));
    }
}
