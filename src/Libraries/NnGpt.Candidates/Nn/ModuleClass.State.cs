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
            var result = a[2] as PyDict;
            if (result is null)
            {
                result = PyDict.Ordered();
                result.SetAttribute("_metadata", PyDict.Ordered());
            }

            foreach (var (name, tensor) in State((ModuleObject)a[0], a.Text(3)))
                result.Set(name, a.Bool(4) || tensor.IsLazy ? tensor : Aten.Call("detach", tensor));
            if (result.GetAttribute("_metadata") is PyDict versions)
                Versions((ModuleObject)a[0], a.Text(3), versions, 0);
            return RunStateHooks((ModuleObject)a[0], result, a.Text(3), 0);
        });
        cls.Method("load_state_dict", "self, state_dict, strict=True", a => Load((ModuleObject)a[0], a[1], a.Bool(2)));
        cls.Method("_save_to_state_dict", "self, destination, prefix, keep_vars", a =>
        {
            foreach (var (name, tensor) in OwnState((ModuleObject)a[0]))
                a.As<PyDict>(1).Set(a.Text(2) + name, a.Bool(3) || tensor.IsLazy ? tensor : Aten.Call("detach", tensor));
            return null;
        });
        cls.Method("_load_from_state_dict", "self, state_dict, prefix, local_metadata, strict, missing_keys, unexpected_keys, error_msgs", a =>
        {
            LoadOwn((ModuleObject)a[0], a.As<PyDict>(1), a.Text(2), a[3] as PyDict, a.Bool(4), a.As<PyList>(5), a.As<PyList>(6), a.As<PyList>(7));
            return null;
        });
    }

    /// <summary>What load_state_dict returns.</summary>
    public static readonly PyClass IncompatibleKeys = new PyClass("_IncompatibleKeys", "torch.nn.modules.module", PyTypes.Tuple)
        .Property("missing_keys", self => ((PyTuple)self)[0])
        .Property("unexpected_keys", self => ((PyTuple)self)[1])
        .Method("__repr__", self => ((PyTuple)self).Items.All(keys => ((PyList)keys).Items.Count == 0)
            ? "<All keys matched successfully>"
            : $"_IncompatibleKeys(missing_keys={Py.Repr(((PyTuple)self)[0])}, unexpected_keys={Py.Repr(((PyTuple)self)[1])})");

    // Children first, as each of them ends its own state_dict before its parent does.
    private static PyDict RunStateHooks(ModuleObject self, PyDict state, string prefix, int depth)
    {
        // Hooks may have put a module into itself since the entries were listed.
        CheckDepth(depth);
        foreach (var (name, child) in self.Modules!.Entries.ToList())
        {
            if (child is ModuleObject module)
                state = RunStateHooks(module, state, $"{prefix}{name}.", depth + 1);
        }

        var version = (state.GetAttribute("_metadata") as PyDict)?.GetOrNull(prefix.TrimEnd('.')) ?? new PyDict();
        foreach (var hook in self.StateHooks?.Values.ToList() ?? [])
            state = Py.Call(hook, self, state, prefix, version) as PyDict ?? state;
        return state;
    }

    // state_dict()._metadata: the version of each module's own entries.
    private static void Versions(ModuleObject self, string prefix, PyDict versions, int depth)
    {
        CheckDepth(depth);
        var entry = new PyDict();
        entry.Set("version", self.Class.Lookup("_version") ?? Py.Int(1));
        versions.Set(prefix.TrimEnd('.'), entry);
        foreach (var (name, child) in self.Modules!.Entries)
        {
            if (child is ModuleObject module)
                Versions(module, $"{prefix}{name}.", versions, depth + 1);
        }
    }

    /// <summary>The entries of state_dict in order: each module's parameters, then its persistent buffers, then its children.</summary>
    public static IEnumerable<KeyValuePair<string, TensorObject>> State(ModuleObject self, string prefix = "", int depth = 0)
    {
        CheckDepth(depth);
        if (!self.Initialized)
            throw PyErrors.NoAttribute(self, "_parameters");
        if (self.Class.Lookup("_save_to_state_dict") is PyFunction save)
        {
            var saved = PyDict.Ordered();
            Py.Call(save, self, saved, prefix, Py.False);
            foreach (var (name, value) in saved.Entries.ToList())
            {
                if (value is TensorObject tensor && name is string key)
                    yield return new(key, tensor);
            }
        }
        else
        {
            foreach (var (name, tensor) in OwnState(self))
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

    // The module's own parameters and persistent buffers.
    private static IEnumerable<KeyValuePair<string, TensorObject>> OwnState(ModuleObject self)
    {
        foreach (var (name, value) in self.Parameters!.Entries)
        {
            if (value is TensorObject tensor)
                yield return new((string)name, tensor);
        }

        foreach (var (name, value) in self.Buffers!.Entries)
        {
            if (value is TensorObject tensor && !self.NonPersistent.Contains((string)name))
                yield return new((string)name, tensor);
        }
    }

    private static PyObject Load(ModuleObject self, object state, bool strict)
    {
        if (state is not PyDict given)
            throw PyErrors.TypeError($"Expected state_dict to be dict-like, got {Py.Repr(Py.TypeOf(state))}.");
        var versions = given.GetAttribute("_metadata") as PyDict;
        var copy = PyDict.Ordered();
        copy.Update(given);
        var (missing, unexpected, errors) = (new PyList(), new PyList(), new PyList());
        LoadTree(self, copy, "", versions, missing, unexpected, errors, 0);
        var texts = errors.Items.Select(Py.Str).ToList();
        if (strict)
        {
            if (unexpected.Items.Count > 0)
                texts.Insert(0, $"Unexpected key(s) in state_dict: {string.Join(", ", unexpected.Items.Select(n => $"\"{n}\""))}. ");
            if (missing.Items.Count > 0)
                texts.Insert(0, $"Missing key(s) in state_dict: {string.Join(", ", missing.Items.Select(n => $"\"{n}\""))}. ");
        }

        if (texts.Count > 0)
            throw PyErrors.RuntimeError($"Error(s) in loading state_dict for {self.Class.Name}:\n\t{string.Join("\n\t", texts)}");
        return new PyTuple(IncompatibleKeys, [missing, unexpected]);
    }

    private static void LoadTree(ModuleObject self, PyDict state, string prefix, PyDict? versions, PyList missing, PyList unexpected, PyList errors, int depth)
    {
        CheckDepth(depth);
        if (!self.Initialized)
            throw PyErrors.NoAttribute(self, "_parameters");
        var version = versions?.GetOrNull(prefix.TrimEnd('.')) as PyDict ?? new PyDict();
        foreach (var hook in self.LoadPreHooks?.Values.ToList() ?? [])
            Py.Call(hook, state, prefix, version, Py.True, missing, unexpected, errors);
        if (self.Class.Lookup("_load_from_state_dict") is PyFunction load)
            Py.Call(load, self, state, prefix, version, Py.True, missing, unexpected, errors);
        else
            LoadOwn(self, state, prefix, version, true, missing, unexpected, errors);
        foreach (var (name, child) in self.Modules!.Entries.ToList())
        {
            if (child is ModuleObject module)
                LoadTree(module, state, $"{prefix}{name}.", versions, missing, unexpected, errors, depth + 1);
        }

        foreach (var hook in self.LoadPostHooks?.Values.ToList() ?? [])
            Py.Call(hook, self, new PyTuple(IncompatibleKeys, [missing, unexpected]));
    }

    private static void LoadOwn(ModuleObject self, PyDict state, string prefix, PyDict? version, bool strict, PyList missing, PyList unexpected, PyList errors)
    {
        var own = new Dictionary<string, TensorObject>(StringComparer.Ordinal);
        foreach (var (name, tensor) in OwnState(self))
            own[name] = tensor;
        foreach (var (name, target) in own)
        {
            var key = prefix + name;
            if (state.GetOrNull(key) is not { } value)
            {
                // What carries no versions may lack the counter of batches, as in old checkpoints.
                if (strict && !(name == "num_batches_tracked" && version?.GetOrNull("version") is null))
                    missing.Items.Add(key);
                continue;
            }

            if (value is not TensorObject source)
            {
                errors.Items.Add($"While copying the parameter named \"{key}\", expected torch.Tensor or Tensor-like object from checkpoint but received {Py.Repr(Py.TypeOf(value))}");
                continue;
            }

            if (target.IsLazy && !source.IsLazy)
                target.Materialize(Aten.Call("empty.memory_format", source.Shape, target.Tensor.Dtype));
            if (!source.Shape.AsSpan().SequenceEqual(target.Shape))
            {
                errors.Items.Add($"size mismatch for {key}: copying a param with shape {Py.Repr(SizeObject.Of(source.Shape))} from checkpoint, the shape in current model is {Py.Repr(SizeObject.Of(target.Shape))}.");
                continue;
            }

            using var guard = NoGrad.Enter();
            Aten.InPlace("copy_", target, source);
        }

        if (!strict)
            return;
        foreach (var key in state.Keys.OfType<string>().Where(key => key.StartsWith(prefix, StringComparison.Ordinal)).ToList())
        {
            var first = key[prefix.Length..].Split('.')[0];
            if (!own.ContainsKey(first) && self.Modules!.GetOrNull(first) is null)
                unexpected.Items.Add(key);
        }
    }
}
