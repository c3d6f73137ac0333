using NnGpt.Python.Runtime;

namespace NnGpt.Python.Builtins;

/// <summary>property, staticmethod, classmethod, super, function, slice, module.</summary>
internal static class DescriptorMethods
{
    private static readonly PyClass s_unboundSuper = new PyClass("super", "builtins").Method("__init__", "self, *args", _ => null);

    public static void Define()
    {
        PyTypes.Property
            .New("cls, fget=None, fset=None, fdel=None, doc=None", a => new PyProperty(a[1], a[2], a[3], a[4]))
            .Method("getter", (self, f) => With(self, p => new PyProperty(f, p.Setter, p.Deleter, p.Doc)))
            .Method("setter", (self, f) => With(self, p => new PyProperty(p.Getter, f, p.Deleter, p.Doc)))
            .Method("deleter", (self, f) => With(self, p => new PyProperty(p.Getter, p.Setter, f, p.Doc)))
            .Property("fget", self => ((PyProperty)self).Getter)
            .Property("fset", self => ((PyProperty)self).Setter)
            .Property("fdel", self => ((PyProperty)self).Deleter)
            .Method("__get__", "self, obj, cls=None", a => a.IsNone(1) ? a[0] : Py.Call(((PyProperty)a[0]).Getter, a[1]));
        PyTypes.StaticMethod.New("cls, function, /", a => new PyStaticMethod(a[1]));
        PyTypes.ClassMethod.New("cls, function, /", a => new PyClassMethod(a[1]));
        PyTypes.Super.New("cls, type=..., obj=..., /", a =>
        {
            if (a[1] is not PyClass cls)
            {
                throw a[1] is PyEllipsis
                    ? PyErrors.RuntimeError("super(): no arguments")
                    : PyErrors.TypeError($"super() argument 1 must be a type, not {Py.TypeName(a[1])}");
            }

            // Without an object its attributes are its own: super(Net).__init__() does nothing.
            return a[2] is PyEllipsis ? new PyInstance(s_unboundSuper) : new PySuper(cls, a[2]);
        });
        foreach (var cls in (PyClass[])[PyTypes.Function, PyTypes.BuiltinFunction, PyTypes.BoundMethod])
            cls.Method("__call__", "self, *args, **kwargs", a => Py.CallWith(a[0], a.Tuple(1).Items, a.Dict(2)));
        PyTypes.Function.Method("__get__", "self, obj, cls=None", a => a.IsNone(1) ? a[0] : new PyBoundMethod(a[0], a[1]));
        PyTypes.BoundMethod.New("cls, function, instance, /", a => new PyBoundMethod(a[1], a[2]));
        foreach (var cls in (PyClass[])[PyTypes.BoundMethod, PyTypes.BuiltinFunction])
        {
            cls.Method("__eq__", (a, b) => Py.Bool(ReferenceEquals(a, b) || (b is PyBoundMethod other && a is PyBoundMethod method
                && ReferenceEquals(method.Self, other.Self) && ReferenceEquals(method.Function, other.Function))));
            cls.Method("__hash__", self => Py.Int(
                System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode((self as PyBoundMethod)?.Function ?? self)));
        }

        PyTypes.Slice.New("cls, *args", a => a.Tuple(1).Count switch
        {
            1 => new PySlice(PyNone.Value, a.Tuple(1)[0], PyNone.Value),
            2 => new PySlice(a.Tuple(1)[0], a.Tuple(1)[1], PyNone.Value),
            3 => new PySlice(a.Tuple(1)[0], a.Tuple(1)[1], a.Tuple(1)[2]),
            var count => throw PyErrors.TypeError($"slice expected at least 1 argument, got {count}"),
        });
        PyTypes.Slice.Method("indices", (self, length) =>
        {
            var (start, stop, step, _) = ((PySlice)self).Indices(Py.ToLong(length));
            return new PyTuple(Py.Int(start), Py.Int(stop), Py.Int(step));
        });
        PyTypes.Slice.Method("__eq__", (a, b) => a is PySlice x && b is PySlice y
            ? Py.Bool(Py.AreEqual(x.Start, y.Start) && Py.AreEqual(x.Stop, y.Stop) && Py.AreEqual(x.Step, y.Step))
            : PyNotImplemented.Value);
        PyTypes.Slice.Attribute("__hash__", PyNone.Value);
        PyTypes.Module.New("cls, name, doc=None", a => new PyModule(a.Text(1)));
        PyTypes.NoneType.New("cls", _ => null).Method("__bool__", _ => Py.False);
        foreach (var cls in (PyClass[])[
                     PyTypes.Function, PyTypes.BuiltinFunction, PyTypes.Generator, PyTypes.Iterator, PyTypes.DictKeys, PyTypes.DictValues,
                     PyTypes.DictItems, PyTypes.NotImplementedType, PyTypes.EllipsisType, PyTypes.GenericAlias])
        {
            cls.IsAbstractNative = true;
        }

        PyTypes.Type.New("cls, *args, **kwargs", NewType).Method("__init__", "cls, *args, **kwargs", _ => null);
        PyTypes.Type.Method("__or__", (a, b) => Union(a, b)).Method("__ror__", (a, b) => Union(b, a));
        PyTypes.NoneType.Method("__ror__", (a, b) => Union(b, a));
        foreach (var cls in (PyClass[])[PyTypes.List, PyTypes.Tuple, PyTypes.Dict, PyTypes.Set, PyTypes.FrozenSet, PyTypes.Type])
            cls.ClassMethod("__class_getitem__", "cls, item", a => new PyGenericAlias(a[0], a[1]));
        GenericAliasMethods.Define();
    }

    private static object Union(object a, object b) => a is PyClass or PyGenericAlias or PyNone && b is PyClass or PyGenericAlias or PyNone
        ? PyGenericAlias.Union(a, b)
        : PyNotImplemented.Value;

    private static object With(object self, Func<PyProperty, PyProperty> change)
    {
        var changed = change((PyProperty)self);
        changed.Name = ((PyProperty)self).Name;
        return changed;
    }

    private static object NewType(NativeArguments a)
    {
        var arguments = a.Tuple(1);
        if (arguments.Count == 1 && ReferenceEquals(a[0], PyTypes.Type))
            return Py.TypeOf(arguments[0]);
        if (arguments.Count != 3)
            throw PyErrors.TypeError("type() takes 1 or 3 arguments");
        if (!Py.TryText(arguments[0], out var name) || arguments[1] is not PyTuple bases || arguments[2] is not PyDict names)
            throw PyErrors.TypeError("type.__new__() arguments must be str, tuple, dict");
        var copy = names.Copy();
        if (copy.GetOrNull("__module__") is null)
            copy.Set("__module__", "__main__");
        return ClassCreation.Create(a.As<PyClass>(0), name, bases.Items, copy, Py.KeywordsOf(a.Dict(2)) is { Length: > 0 } k ? k : null);
    }
}
