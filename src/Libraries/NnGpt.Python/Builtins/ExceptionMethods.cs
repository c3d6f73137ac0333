using NnGpt.Python.Runtime;
using NnGpt.Python.Runtime.Formatting;

namespace NnGpt.Python.Builtins;

/// <summary>Methods of BaseException.</summary>
internal static class ExceptionMethods
{
    public static void Define() => PyTypes.BaseException
        .Allocate(cls => new PyExceptionObject(cls))
        .New("cls, *args, **kwargs", a => new PyExceptionObject(a.As<PyClass>(0), a.Tuple(1).Items))
        .Method("__init__", "self, *args", a =>
        {
            a.As<PyExceptionObject>(0).Arguments = a.Tuple(1);
            return null;
        })
        .Method("__str__", self => ((PyExceptionObject)self).Message)
        .Method("__repr__", self => BuiltinRepr.Of(self))
        .Method("with_traceback", (self, _) => self)
        .Method("add_note", "self, note, /", a =>
        {
            var self = a.As<PyExceptionObject>(0);
            if (self.GetAttribute("__notes__") is PyList notes)
                notes.Items.Add(a[1]);
            else
                self.SetAttribute("__notes__", new PyList(new List<object> { a[1] }));
            return null;
        });
}
