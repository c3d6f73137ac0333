namespace NnGpt.Python.Runtime;

/// <summary><c>super(cls, obj)</c>: attribute lookup after a class in the order of the object's class.</summary>
public sealed class PySuper : PyObject
{
    /// <summary>Creates a super object; <paramref name="self"/> is an instance or a class.</summary>
    public PySuper(PyClass start, object self) : base(PyTypes.Super)
    {
        Start = start;
        Self = self;
        if (self is PyClass cls && cls.IsSubclassOf(start))
            SelfClass = cls;
        else if (Py.TypeOf(self).IsSubclassOf(start))
            SelfClass = Py.TypeOf(self);
        else
            throw PyErrors.TypeError("super(type, obj): obj must be an instance or subtype of type");
    }

    internal PyClass Start { get; }

    internal object Self { get; }

    internal PyClass SelfClass { get; }
}
