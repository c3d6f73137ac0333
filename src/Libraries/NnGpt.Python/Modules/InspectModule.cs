using NnGpt.Python.Runtime;

namespace NnGpt.Python.Modules;

/// <summary><c>inspect</c>: parameters of functions and simple questions.</summary>
internal static class InspectModule
{
    private static readonly PyClass s_signature = new("Signature", "inspect");
    private static readonly PyClass s_parameter = new PyClass("Parameter", "inspect").Attribute("empty", new PyClass("_empty", "inspect"));

    public static PyModule Create() => new PyModule("inspect")
        .Add(s_signature)
        .Add(s_parameter)
        .Function("signature", "obj", a => SignatureOf(a[0]))
        .Function("isclass", "object", a => a[0] is PyClass)
        .Function("isfunction", "object", a => a[0] is PyFunction)
        .Function("ismethod", "object", a => a[0] is PyBoundMethod)
        .Function("isbuiltin", "object", a => a[0] is NativeFunction)
        .Function("isgenerator", "object", a => a[0] is PyGenerator)
        .Function("getdoc", "object", a => Py.FindAttr(a[0], "__doc__") ?? PyNone.Value);

    private static PyInstance SignatureOf(object function)
    {
        var skip = 0;
        if (function is PyClass cls)
        {
            function = cls.Lookup("__init__")!;
            skip = 1;
        }

        if (function is PyBoundMethod bound)
        {
            function = bound.Function;
            skip = 1;
        }

        var (parameters, defaults) = function switch
        {
            PyFunction python => (python.Code.Signature.Parameters, python.Defaults),
            NativeFunction native => (native.Signature.Parameters, native.Signature.Parameters.Select(p => p.Default).ToArray()),
            _ => throw PyErrors.TypeError($"{Py.Repr(function)} is not a callable object"),
        };
        var table = new PyDict();
        for (var i = skip; i < parameters.Length; i++)
        {
            var parameter = new PyInstance(s_parameter);
            parameter.SetAttribute("name", parameters[i].Name);
            parameter.SetAttribute("default", defaults[i] ?? s_parameter.Lookup("empty")!);
            parameter.SetAttribute("kind", Py.Int((int)parameters[i].Kind));
            table.Set(parameters[i].Name, parameter);
        }

        var signature = new PyInstance(s_signature);
        signature.SetAttribute("parameters", table);
        return signature;
    }
}
