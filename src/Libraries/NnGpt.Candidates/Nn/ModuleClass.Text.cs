using System.Text;
using NnGpt.Python.Runtime;

namespace NnGpt.Candidates.Nn;

internal static partial class ModuleClass
{
    private static void DefineText(PyClass cls)
    {
        cls.Method("extra_repr", "self", a => LayerTable.ExtraRepr((ModuleObject)a[0]));
        cls.Method("_get_name", self => Py.TypeOf(self).Name);
        cls.Method("__repr__", self => Repr((ModuleObject)self));
        cls.Method("__dir__", self =>
        {
            var module = (ModuleObject)self;
            var names = new PyList();
            foreach (var table in (PyDict?[])[module.Attributes, module.Parameters, module.Buffers, module.Modules])
                names.Items.AddRange(table?.Keys ?? []);
            foreach (var ancestor in module.Class.MethodResolutionOrder)
                names.Items.AddRange(ancestor.Attributes?.Keys ?? []);
            return names;
        });
    }

    /// <summary>repr(module), as PyTorch lays it out.</summary>
    public static string Repr(ModuleObject self)
    {
        System.Runtime.CompilerServices.RuntimeHelpers.EnsureSufficientExecutionStack();
        var extra = Py.Str(Py.CallMethod(self, "extra_repr"));
        var extraLines = extra.Length == 0 ? [] : extra.Split('\n');
        var lines = new List<string>();
        foreach (var (name, child) in self.Modules?.Entries ?? [])
            lines.Add($"({name}): {Indent(Py.Repr(child))}");
        var text = new StringBuilder(Py.Str(Py.CallMethod(self, "_get_name"))).Append('(');
        if (extraLines.Length == 1 && lines.Count == 0)
            text.Append(extraLines[0]);
        else if (extraLines.Length + lines.Count > 0)
            text.Append("\n  ").AppendJoin("\n  ", extraLines.Concat(lines)).Append('\n');
        return text.Append(')').ToString();
    }

    private static string Indent(string text) => text.Replace("\n", "\n  ", StringComparison.Ordinal);
}
