using NnGpt.Candidates.Dispatch;
using NnGpt.Candidates.Execution;
using NnGpt.Candidates.Tensors;
using NnGpt.Python.Runtime;
using NnGpt.Torch;

namespace NnGpt.Candidates.Nn;

internal static partial class ModuleClass
{
    private static void DefineState(PyClass cls)
    {
        cls.Method("state_dict", "self, *args, destination=None, prefix='', keep_vars=False", a =>
        {
            var result = a[2] as PyDict ?? new PyDict();
            foreach (var (name, tensor) in State((ModuleObject)a[0], a.Text(3)))
                result.Set(name, a.Bool(4) ? tensor : Aten.Call("detach", tensor));
            return result;
        });
        cls.Method("load_state_dict", "self, state_dict, strict=True", a => Load((ModuleObject)a[0], a[1], a.Bool(2)));
    }

    /// <summary>The entries of state_dict in order: each module's parameters, then its persistent buffers, then its children.</summary>
    public static IEnumerable<KeyValuePair<string, TensorObject>> State(ModuleObject self, string prefix = "", int depth = 0)
    {
        CheckDepth(depth);
        if (!self.Initialized)
            throw PyErrors.NoAttribute(self, "_parameters");
        foreach (var (name, value) in self.Parameters!.Entries)
        {
            if (value is TensorObject tensor)
                yield return new(prefix + name, tensor);
        }

        foreach (var (name, value) in self.Buffers!.Entries)
        {
            if (value is TensorObject tensor && !self.NonPersistent.Contains((string)name))
                yield return new(prefix + name, tensor);
        }

        foreach (var (name, value) in self.Modules!.Entries)
        {
            if (value is not ModuleObject child)
                continue;
            foreach (var entry in State(child, $"{prefix}{name}.", depth + 1))
                yield return entry;
        }
    }

    private static PyObject Load(ModuleObject self, object state, bool strict)
    {
        if (state is not PyDict given)
            throw PyErrors.TypeError($"Expected state_dict to be dict-like, got {Py.Repr(Py.TypeOf(state))}.");
        var own = State(self).ToDictionary(pair => pair.Key, pair => pair.Value, StringComparer.Ordinal);
        var missing = own.Keys.Where(name => given.GetOrNull(name) is null
            // Plain dicts carry no version: the counter of batches may be absent, as in old checkpoints.
            && !(given.Class.IsNative && name.EndsWith("num_batches_tracked", StringComparison.Ordinal))).ToList();
        var unexpected = given.Keys.OfType<string>().Where(name => !own.ContainsKey(name)).ToList();
        var errors = new List<string>();
        foreach (var (name, target) in own)
        {
            if (given.GetOrNull(name) is not TensorObject source)
                continue;
            if (!source.Shape.AsSpan().SequenceEqual(target.Shape))
            {
                errors.Add($"size mismatch for {name}: copying a param with shape {Py.Repr(SizeObject.Of(source.Shape))} from checkpoint, the shape in current model is {Py.Repr(SizeObject.Of(target.Shape))}.");
                continue;
            }

            using var guard = NoGrad.Enter();
            Aten.InPlace("copy_", target, source);
        }

        if (strict)
        {
            if (missing.Count > 0)
                errors.Insert(0, $"Missing key(s) in state_dict: {string.Join(", ", missing.Select(n => $"\"{n}\""))}. ");
            if (unexpected.Count > 0)
                errors.Insert(0, $"Unexpected key(s) in state_dict: {string.Join(", ", unexpected.Select(n => $"\"{n}\""))}. ");
        }

        if (errors.Count > 0)
            throw PyErrors.RuntimeError($"Error(s) in loading state_dict for {self.Class.Name}:\n\t{string.Join("\n\t", errors)}");
        return new PyTuple(new PyList(missing.Cast<object>().ToList()), new PyList(unexpected.Cast<object>().ToList()));
    }
}
