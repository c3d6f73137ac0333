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

    /// <summary>The class or, for special forms, their name.</summary>
    public object Origin { get; }

    public PyTuple Arguments { get; }
}
