using NnGpt.Candidates.Dispatch;
using NnGpt.Candidates.Execution;
using NnGpt.Candidates.Nn;
using NnGpt.Candidates.Tensors;
using NnGpt.Python.Runtime;
using NnGpt.Torch;

namespace NnGpt.Candidates.Optim;

/// <summary>One update of one parameter.</summary>
/// <param name="Parameter">The parameter.</param>
/// <param name="Gradient">Its gradient, to read only.</param>
/// <param name="State">Its state, kept between steps.</param>
/// <param name="Group">The settings of its group.</param>
internal readonly record struct Update(Tensor Parameter, Tensor Gradient, ParameterState State, PyDict Group)
{
    public double Number(string name) => Py.ToDouble(Group.GetOrNull(name)!);

    public bool Flag(string name) => Group.GetOrNull(name) is { } value && Py.Truth(value);

    public (double First, double Second) Betas()
    {
        var items = Py.ToList(Group.GetOrNull("betas")!);
        return (Py.ToDouble(items[0]), Py.ToDouble(items[1]));
    }
}

/// <summary>torch.optim.Optimizer.</summary>
internal static class OptimizerClass
{
    public static readonly PyClass Type = Define();

    private static PyClass Define()
    {
        var cls = new PyClass("Optimizer", "torch.optim.optimizer");
        cls.Method("__init__", "self, params, defaults", a =>
        {
            Initialize((PyInstance)a[0], a[1], a.Dict(2));
            return null;
        });
        cls.Method("zero_grad", "self, set_to_none=False", a =>
        {
            // It asks the defaults for "foreach": an optimiser that wraps another without super().__init__() ends here.
            Py.CallMethod(Py.GetAttr(a[0], "defaults"), "get", "foreach", Py.False);
            foreach (var parameter in Parameters((PyObject)a[0]))
                Aten.Guard(() => ModuleClass.ZeroGradient(parameter, a.Bool(1)));
            return null;
        });
        cls.Method("step", "self, closure=None", _ => throw PyErrors.NotImplementedError(""));
        cls.Method("add_param_group", "self, param_group", a =>
        {
            AddGroup((PyInstance)a[0], a[1] as PyDict ?? throw PyErrors.AssertionError("param group must be a dict"), ((PyObject)a[0]).GetAttribute("defaults") as PyDict ?? new PyDict());
            return null;
        });
        cls.Method("state_dict", self => StateDict((PyObject)self));
        cls.Method("load_state_dict", "self, state_dict", a =>
        {
            Load((PyInstance)a[0], a.Dict(1));
            return null;
        });
        cls.Method("__repr__", self =>
        {
            var text = new System.Text.StringBuilder(((PyObject)self).Class.Name).Append(" (");
            var index = 0;
            foreach (var group in Groups((PyObject)self))
            {
                text.Append(System.Globalization.CultureInfo.InvariantCulture, $"\nParameter Group {index++}\n");
                foreach (var (name, value) in group.Entries.Where(e => (string)e.Key != "params").OrderBy(e => (string)e.Key, StringComparer.Ordinal))
                    text.Append(System.Globalization.CultureInfo.InvariantCulture, $"    {name}: {Py.Str(value)}\n");
            }

            return text.Append(')').ToString();
        });
        return cls;
    }

    /// <summary>Declares an optimiser; every parameter of the signature after params becomes a default of the groups.</summary>
    public static PyClass Declare(string name, string signature, Action<PyDict> check, Action<Update> update)
    {
        var cls = new PyClass(name, "torch.optim." + name.ToLowerInvariant(), Type);
        var names = signature.Split(", ").Select(part => part.Split('=')[0]).Where(part => part != "*").ToArray();
        // Tuples in the signature contain ", " too.
        names = [.. names.Where(n => n.Length > 0 && (char.IsLetter(n[0]) || n[0] == '_'))];
        cls.Method("__init__", $"self, params, {signature}", a =>
        {
            var defaults = new PyDict();
            for (var i = 0; i < names.Length; i++)
                defaults.Set(names[i], a[i + 2]);
            check(defaults);
            Initialize((PyInstance)a[0], a[1], defaults);
            return null;
        });
        cls.Method("step", "self, closure=None", a =>
        {
            object result = Py.None;
            if (!a.IsNone(1))
            {
                using var enabled = NoGrad.EnableGrad();
                result = Py.Call(a[1]);
            }

            Step((PyInstance)a[0], update);
            return result;
        });
        return cls;
    }

    public static IEnumerable<PyDict> Groups(PyObject self) =>
        Py.ToList(self.GetAttribute("param_groups") ?? throw PyErrors.NoAttribute(self, "param_groups")).OfType<PyDict>();

    private static IEnumerable<TensorObject> Parameters(PyObject self) =>
        Groups(self).SelectMany(group => Py.ToList(group.GetOrNull("params")!)).OfType<TensorObject>();

    private static void Initialize(PyInstance self, object parameters, PyDict defaults)
    {
        self.SetAttribute("defaults", defaults);
        self.SetAttribute("param_groups", new PyList());
        // An optimiser of the candidate's own keeps its state here: a defaultdict of dicts.
        self.SetAttribute("state", Py.CallMethod(CandidateSession.Current.Interpreter!.FindModule("collections")!, "defaultdict", PyTypes.Dict));
        self.NativeState = new Dictionary<TensorObject, ParameterState>(ReferenceEqualityComparer.Instance);
        if (parameters is TensorObject tensor)
            throw PyErrors.TypeError($"params argument given to the optimizer should be an iterable of Tensors or dicts, but got torch.{Indexing.TypeName(tensor)}");
        var items = Py.ToList(parameters);
        if (items.Count == 0)
            throw PyErrors.ValueError("optimizer got an empty parameter list");
        if (items[0] is PyDict)
        {
            foreach (var group in items)
                AddGroup(self, group as PyDict ?? throw PyErrors.AssertionError("param group must be a dict"), defaults);
            return;
        }

        var single = new PyDict();
        single.Set("params", new PyList(items));
        AddGroup(self, single, defaults);
    }

    private static void AddGroup(PyInstance self, PyDict group, PyDict defaults)
    {
        var given = group.GetOrNull("params") ?? throw PyErrors.KeyError("params");
        var parameters = given is TensorObject ? [given] : Py.ToList(given);
        foreach (var parameter in parameters)
        {
            if (parameter is not TensorObject tensor)
                throw PyErrors.TypeError($"optimizer can only optimize Tensors, but one of the params is {ModuleClass.TypeName(parameter)}");
            if (!tensor.Tensor.IsLeaf)
                throw PyErrors.ValueError("can't optimize a non-leaf Tensor");
        }

        group.Set("params", new PyList(parameters));
        foreach (var (name, value) in defaults.Entries)
        {
            if (group.GetOrNull((string)name) is null)
                group.Set(name, value);
        }

        var known = new HashSet<object>(Parameters(self), ReferenceEqualityComparer.Instance);
        if (parameters.Any(known.Contains))
            throw PyErrors.ValueError("some parameters appear in more than one parameter group");
        ((PyList)self.GetAttribute("param_groups")!).Items.Add(group);
    }

    // The entries of state[parameter], made when there are none.
    private static PyDict Entries(PyInstance self, TensorObject parameter)
    {
        var state = self.GetAttribute("state") as PyDict ?? new PyDict();
        if (state.TryGet(parameter, out var found) && found is PyDict known)
            return known;
        var made = new PyDict();
        state.Set(parameter, made);
        return made;
    }

    private static PyDict StateDict(PyObject self)
    {
        var groups = new PyList();
        var places = new Dictionary<object, object>(ReferenceEqualityComparer.Instance);
        foreach (var group in Groups(self))
        {
            var copy = group.Copy();
            var parameters = Py.ToList(group.GetOrNull("params")!);
            foreach (var parameter in parameters)
                places.TryAdd(parameter, Py.Int(places.Count));
            copy.Set("params", new PyList(parameters.Select(parameter => places[parameter])));
            groups.Items.Add(copy);
        }

        var state = new PyDict();
        foreach (var (parameter, entries) in (self.GetAttribute("state") as PyDict ?? new PyDict()).Entries)
            state.Set(places.TryGetValue(parameter, out var place) ? place : parameter, entries);
        var result = new PyDict();
        result.Set("state", state);
        result.Set("param_groups", groups);
        return result;
    }

    private static void Load(PyInstance self, PyDict saved)
    {
        var given = Py.ToList(saved.GetOrNull("param_groups") ?? throw PyErrors.KeyError("param_groups")).OfType<PyDict>().ToList();
        var own = Groups(self).ToList();
        if (given.Count != own.Count)
            throw PyErrors.ValueError("loaded state dict has a different number of parameter groups");
        if (given.Zip(own).Any(pair => Py.Len(pair.First.GetOrNull("params")!) != Py.Len(pair.Second.GetOrNull("params")!)))
            throw PyErrors.ValueError("loaded state dict contains a parameter group that doesn't match the size of optimizer's group");
        var places = new Dictionary<object, TensorObject>();
        foreach (var (source, target) in given.Zip(own))
        {
            foreach (var (place, parameter) in Py.ToList(source.GetOrNull("params")!).Zip(Py.ToList(target.GetOrNull("params")!)))
                places[place] = (TensorObject)parameter;
            foreach (var (name, value) in source.Entries.ToList())
            {
                if (name is not "params")
                    target.Set(name, value);
            }
        }

        var states = self.NativeState as Dictionary<TensorObject, ParameterState>;
        var copy = Py.CallMethod(CandidateSession.Current.Interpreter!.FindModule("copy")!, "deepcopy", saved.GetOrNull("state") ?? new PyDict());
        var state = (PyDict)Py.CallMethod(CandidateSession.Current.Interpreter!.FindModule("collections")!, "defaultdict", PyTypes.Dict);
        foreach (var (place, entries) in ((PyDict)copy).Entries)
        {
            if (!places.TryGetValue(place, out var parameter))
            {
                state.Set(place, entries);
                continue;
            }

            state.Set(parameter, entries);
            if (entries is PyDict values && states?.TryGetValue(parameter, out var known) == true)
                known.Load(values);
        }

        self.SetAttribute("state", state);
    }

    private static void Step(PyInstance self, Action<Update> update)
    {
        CandidateSession.Current.Check();
        var states = (Dictionary<TensorObject, ParameterState>)self.NativeState!;
        using var guard = NoGrad.Enter();
        // What an update makes on its way is freed at its end; its state is moved out.
        foreach (var group in Groups(self))
        {
            foreach (var parameter in Py.ToList(group.GetOrNull("params")!).OfType<TensorObject>())
            {
                using var scope = new TensorScope();
                var gradient = parameter.Gradient;
                if (gradient is null)
                    continue;
                if (!states.TryGetValue(parameter, out var state))
                    states[parameter] = state = new ParameterState(Entries(self, parameter));
                Aten.Guard(() => update(new Update(parameter.Tensor, gradient, state, group)));
            }
        }

        self.SetAttribute("_step_count", Py.Int(self.GetAttribute("_step_count") is long steps ? steps + 1 : 1));
    }
}
