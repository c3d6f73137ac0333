using NnGpt.Python.Runtime;
using NnGpt.Python.Runtime.Formatting;

namespace NnGpt.Python.Builtins;

/// <summary>Methods of <c>object</c> and <c>type</c>.</summary>
internal static class ObjectMethods
{
    public static void Define()
    {
        var cls = PyTypes.Object;
        cls.New("cls, *args, **kwargs", a => ClassCalls.Allocate(a.As<PyClass>(0)));
        ClassCalls.ObjectNew = cls.Lookup("__new__");
        cls.Method("__init__", "self, *args, **kwargs", Initialize);
        ClassCalls.ObjectInit = cls.Lookup("__init__");
        cls.Method("__repr__", self => BuiltinRepr.Of(self));
        cls.Method("__str__", self => Py.Repr(self));
        BuiltinRepr.ObjectStr = cls.Lookup("__str__");
        cls.Method("__hash__", self => Py.Int(System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(self)));
        ClassCalls.ObjectHash = cls.Lookup("__hash__");
        cls.Method("__eq__", (self, other) => ReferenceEquals(self, other) ? Py.True : PyNotImplemented.Value);
        cls.Method("__ne__", NotEqual);
        cls.SetAttributeHook(Py.SetAttrGeneric);
        SpecialAttributes.DefaultSetAttr = cls.Lookup("__setattr__");
        cls.DeleteAttributeHook(Py.DelAttrGeneric);
        SpecialAttributes.DefaultDelAttr = cls.Lookup("__delattr__");
        cls.Method("__getattribute__", "self, name, /", a =>
            Py.FindGeneric(a[0], Py.TypeOf(a[0]), a.Text(1), PyHash.OfString(a.Text(1))) ?? throw PyErrors.NoAttribute(a[0], a.Text(1)));
        cls.Method("__format__", "self, spec, /", a => a.Text(1).Length == 0
            ? Py.Str(a[0])
            : throw PyErrors.TypeError($"unsupported format string passed to {Py.TypeName(a[0])}.__format__"));
        cls.ClassMethod("__init_subclass__", "cls", a => PyNone.Value);
        PyTypes.Type.Method("mro", self => new PyList(((PyClass)self).Mro));
        PyTypes.Type.Method("__call__", "cls, *args, **kwargs", a =>
            ClassCalls.Instantiate(a.As<PyClass>(0), a.Tuple(1).Items, Py.KeywordsOf(a.Dict(2)) is { Length: > 0 } k ? k : null));
    }

    private static object? Initialize(NativeArguments a)
    {
        var type = Py.TypeOf(a[0]);
        if ((a.Tuple(1).Count > 0 || a.Dict(2).Count > 0)
            && (!ReferenceEquals(type.Lookup("__init__"), ClassCalls.ObjectInit) || ReferenceEquals(type.Lookup("__new__"), ClassCalls.ObjectNew)))
        {
            throw PyErrors.TypeError("object.__init__() takes exactly one argument (the instance to initialize)");
        }

        return null;
    }

    private static object NotEqual(object self, object other)
    {
        var equal = Py.TypeOf(self).Lookup("__eq__");
        return equal is null || Py.CallSpecial(equal, self, other) is not { } result || result is PyNotImplemented
            ? PyNotImplemented.Value
            : Py.Bool(!Py.Truth(result));
    }
}
