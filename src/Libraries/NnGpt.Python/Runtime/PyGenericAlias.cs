namespace NnGpt.Python.Runtime;

/// <summary>
/// A subscripted type: <c>list[int]</c>, <c>Optional[str]</c>, <c>int | None</c>. It matters only as an annotation, as a
/// base class (the origin counts) and in isinstance for unions.
/// </summary>
internal sealed class PyGenericAlias : PyObject
{
    public PyGenericAlias(object origin, object arguments) : base(PyTypes.GenericAlias)
    {
        Origin = origin;
        Arguments = arguments as PyTuple ?? new PyTuple(arguments);
    }

    /// <summary>The origin of unions.</summary>
    public static string UnionOrigin => "Union";

    /// <summary>A union: nested unions are flattened, duplicates dropped, and a union of one is that one.</summary>
    public static object Union(params object[] members)
    {
        var flat = new List<object>();
        foreach (var member in members)
        {
            foreach (var item in member is PyGenericAlias { Origin: string origin } alias && origin == UnionOrigin ? alias.Arguments.Items : [member])
            {
                var known = item is PyNone ? PyTypes.NoneType : item;
                if (!flat.Exists(f => Py.AreEqual(f, known)))
                    flat.Add(known);
            }
        }

        return flat.Count == 1 ? flat[0] : new PyGenericAlias(UnionOrigin, PyTuple.From(flat));
    }

    /// <summary>A union as typing writes it.</summary>
    public static object TypingUnion(params object[] members) => Union(members) is PyGenericAlias { Origin: string } union
        ? new PyGenericAlias(UnionOrigin, union.Arguments) { TypingName = UnionOrigin }
        : Union(members);

    /// <summary>The name that typing gives it (<c>List</c>, <c>Optional</c>), for its repr; null for <c>list[int]</c> and <c>int | str</c>.</summary>
    public string? TypingName { get; init; }

    /// <summary>The class or, for special forms, their name.</summary>
    public object Origin { get; }

    public PyTuple Arguments { get; }
}
