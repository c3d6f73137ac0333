using NnGpt.Candidates.Tensors;
using NnGpt.Python.Runtime;

namespace NnGpt.Candidates.Nn;

internal static partial class ModuleClass
{
    private static void DefineTraversal(PyClass cls)
    {
        cls.Method("named_children", "self", a => Iterator(NamedChildren((ModuleObject)a[0]).Select(Pair)));
        cls.Method("children", "self", a => Iterator(NamedChildren((ModuleObject)a[0]).Select(pair => (object)pair.Value)));
        cls.Method("named_modules", "self, memo=None, prefix='', remove_duplicate=True", a =>
            Iterator(NamedModules((ModuleObject)a[0], a.Text(2), a.Bool(3)).Select(Pair)));
        cls.Method("modules", "self", a => Iterator(NamedModules((ModuleObject)a[0]).Select(pair => (object)pair.Value)));
        cls.Method("named_parameters", "self, prefix='', recurse=True, remove_duplicate=True", a =>
            Iterator(NamedTensors((ModuleObject)a[0], a.Text(1), a.Bool(2), m => m.Parameters).Select(Pair)));
        cls.Method("parameters", "self, recurse=True", a =>
            Iterator(NamedTensors((ModuleObject)a[0], "", a.Bool(1), m => m.Parameters).Select(pair => (object)pair.Value)));
        cls.Method("named_buffers", "self, prefix='', recurse=True, remove_duplicate=True", a =>
            Iterator(NamedTensors((ModuleObject)a[0], a.Text(1), a.Bool(2), m => m.Buffers).Select(Pair)));
        cls.Method("buffers", "self, recurse=True", a =>
            Iterator(NamedTensors((ModuleObject)a[0], "", a.Bool(1), m => m.Buffers).Select(pair => (object)pair.Value)));
        cls.Method("get_submodule", "self, target", a => Find((ModuleObject)a[0], a.Text(1)));
        cls.Methods(["get_parameter", "get_buffer"], "self, target", a =>
        {
            var path = a.Text(1);
            var dot = path.LastIndexOf('.');
            return Py.GetAttr(dot < 0 ? a[0] : Find((ModuleObject)a[0], path[..dot]), path[(dot + 1)..]);
        });
        cls.Method("apply", "self, fn", a =>
        {
            Apply((ModuleObject)a[0], a[1]);
            return a[0];
        });
    }

    public static IEnumerable<KeyValuePair<string, ModuleObject>> NamedChildren(ModuleObject self)
    {
        var seen = new HashSet<ModuleObject>(ReferenceEqualityComparer.Instance);
        if (!self.Initialized)
            throw PyErrors.NoAttribute(self, "_modules");
        foreach (var (name, child) in self.Modules!.Entries)
        {
            if (child is ModuleObject module && seen.Add(module))
                yield return new((string)name, module);
        }
    }

    public static IEnumerable<KeyValuePair<string, ModuleObject>> NamedModules(ModuleObject self, string prefix = "", bool removeDuplicates = true) =>
        NamedModules(self, prefix, removeDuplicates, new HashSet<ModuleObject>(ReferenceEqualityComparer.Instance));

    private static IEnumerable<KeyValuePair<string, ModuleObject>> NamedModules(
        ModuleObject self, string prefix, bool removeDuplicates, HashSet<ModuleObject> seen)
    {
        // PyTorch keeps the modules it has seen in a set.
        if (self.Class.Lookup("__hash__") is PyNone)
            throw PyErrors.TypeError($"unhashable type: '{self.Class.Name}'");
        if (!seen.Add(self) && removeDuplicates)
            yield break;
        System.Runtime.CompilerServices.RuntimeHelpers.EnsureSufficientExecutionStack();
        yield return new(prefix, self);
        if (!self.Initialized)
            throw PyErrors.NoAttribute(self, "_modules");
        foreach (var (name, child) in self.Modules!.Entries)
        {
            if (child is not ModuleObject module)
                continue;
            foreach (var found in NamedModules(module, Join(prefix, (string)name), removeDuplicates, seen))
                yield return found;
        }
    }

    public static IEnumerable<KeyValuePair<string, TensorObject>> NamedTensors(
        ModuleObject self, string prefix, bool recurse, Func<ModuleObject, PyDict?> table)
    {
        var seen = new HashSet<TensorObject>(ReferenceEqualityComparer.Instance);
        var modules = recurse ? NamedModules(self, prefix) : [new(prefix, self)];
        foreach (var (path, module) in modules)
        {
            foreach (var (name, value) in (table(module) ?? throw PyErrors.NoAttribute(module, "_parameters")).Entries)
            {
                if (value is TensorObject tensor && seen.Add(tensor))
                    yield return new(Join(path, (string)name), tensor);
            }
        }
    }

    public static IEnumerable<TensorObject> Parameters(ModuleObject self) =>
        NamedTensors(self, "", true, m => m.Parameters).Select(pair => pair.Value);

    // A module that is its own descendant has no end.
    private static void CheckDepth(int depth)
    {
        if (depth >= Execution.CandidateSession.Current.Limits.CallDepth)
            throw PyErrors.New(PyErrors.RecursionErrorClass, "maximum recursion depth exceeded while calling a Python object");
    }

    private static void Apply(ModuleObject self, object function, int depth = 0)
    {
        CheckDepth(depth);
        foreach (var (_, child) in NamedChildren(self).ToList())
        {
            if (child.Class.Lookup("apply") is NativeFunction)
                Apply(child, function, depth + 1);
            else
                Py.CallMethod(child, "apply", function);
        }

        Py.Call(function, self);
    }

    private static ModuleObject Find(ModuleObject self, string path)
    {
        var module = self;
        foreach (var part in path.Split('.', StringSplitOptions.RemoveEmptyEntries))
        {
            module = Py.FindAttr(module, part) switch
            {
                ModuleObject child => child,
                null => throw PyErrors.AttributeError($"{module.Class.Name} has no attribute `{part}`"),
                _ => throw PyErrors.AttributeError($"`{part}` is not an nn.Module"),
            };
        }

        return module;
    }

    public static string Join(string prefix, string name) => prefix.Length == 0 ? name : $"{prefix}.{name}";

    private static object Pair<T>(KeyValuePair<string, T> pair) => new PyTuple(pair.Key, pair.Value!);

    /// <summary>A Python generator over native items.</summary>
    public static object Iterator(IEnumerable<object> items) => new NativeIterator("generator", items);
}
