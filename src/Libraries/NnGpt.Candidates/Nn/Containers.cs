using NnGpt.Candidates.Execution;
using NnGpt.Candidates.Tensors;
using NnGpt.Python.Runtime;
using NnGpt.Torch;

namespace NnGpt.Candidates.Nn;

/// <summary>Sequential, ModuleList, ModuleDict, ParameterList, ParameterDict.</summary>
internal static class Containers
{
    public static void Define()
    {
        DefineSequential();
        DefineModuleList();
        DefineModuleDict();
        DefineParameterList();
        DefineParameterDict();
    }

    private static PyDict Children(object self) => ((ModuleObject)self).Modules ?? throw PyErrors.NoAttribute(self, "_modules");

    private static void DefineSequential()
    {
        var cls = LayerTable.Layer("Sequential", "container", "", null, "input", Run);
        cls.Method("__init__", "self, *args", a =>
        {
            var self = (ModuleObject)a[0];
            self.Initialize();
            var items = a.Tuple(1).Items;
            if (items is [PyDict named] && named.Class.Name == "OrderedDict")
            {
                foreach (var (name, module) in named.Entries)
                    ModuleClass.AddModule(self, name, module);
            }
            else
            {
                for (var i = 0; i < items.Length; i++)
                    ModuleClass.AddModule(self, Index(i), items[i]);
            }

            return null;
        });
        cls.Method("__len__", self => Py.Int(Children(self).Count));
        cls.Method("__add__", (self, other) => other is ModuleObject { Modules: not null } right && Py.IsInstance(other, cls)
            ? Py.Call(cls, [.. Children(self).Values, .. right.Modules.Values], (Keyword[]?)null)
            : throw PyErrors.ValueError($"add operator supports only objects of Sequential class, but {Py.Str(Py.TypeOf(other))} is given."));
        cls.Method("__iadd__", (self, other) =>
        {
            foreach (var child in Py.IsInstance(other, cls) ? Children(other).Values.ToList()
                : throw PyErrors.ValueError($"add operator supports only objects of Sequential class, but {Py.Str(Py.TypeOf(other))} is given."))
                ModuleClass.AddModule((ModuleObject)self, Index(Children(self).Count), child);
            return self;
        });
        cls.Methods(["__mul__", "__rmul__"], "self, other", a => Py.TryIndex(a[1], out var times) && a[1] is not double
            ? times > 0
                ? Py.Call(cls, [.. Enumerable.Repeat(Children(a[0]).Values, (int)Math.Min(times, 1 << 16)).SelectMany(all => all)], (Keyword[]?)null)
                : throw PyErrors.ValueError($"Non-positive multiplication factor {times} for {Py.Str(Py.TypeOf(a[0]))}")
            : throw PyErrors.TypeError($"unsupported operand type(s) for *: {Py.Str(Py.TypeOf(a[0]))} and {Py.Str(Py.TypeOf(a[1]))}"));
        cls.Method("__iter__", self => Py.GetIter(new PyList(Children(self).Values.ToList())));
        cls.Method("__getitem__", (self, key) =>
        {
            var module = (ModuleObject)self;
            if (key is not PySlice slice)
                return At(Children(self), key);
            var made = new PyDict(CandidateSession.Current.OrderedDict);
            foreach (var (name, child) in Slice(Children(self), slice))
                made.Set(name, child);
            return Py.Call(module.Class, made);
        });
        cls.Method("__setitem__", "self, idx, module", a =>
        {
            var name = Children(a[0]).Keys.ElementAt(Position(Children(a[0]), a[1]));
            Py.SetAttr(a[0], (string)name, a[2]);
            return null;
        });
        cls.Method("__delitem__", (self, key) =>
        {
            var children = Children(self);
            if (key is PySlice slice)
            {
                foreach (var (name, _) in Slice(children, slice).ToList())
                    children.Remove(name);
            }
            else
            {
                children.Remove(children.Keys.ElementAt(Position(children, key)));
            }

            Renumber(children);
            return Py.None;
        });
        cls.Method("append", (self, module) =>
        {
            ModuleClass.AddModule((ModuleObject)self, Index(Children(self).Count), module);
            return self;
        });
        cls.Method("extend", (self, modules) =>
        {
            foreach (var module in Py.ToList(modules))
                ModuleClass.AddModule((ModuleObject)self, Index(Children(self).Count), module);
            return self;
        });
        cls.Method("insert", "self, index, module", a =>
        {
            Insert((ModuleObject)a[0], a.Int(1), a[2]);
            return a[0];
        });
        cls.Method("pop", "self, key", a =>
        {
            var module = At(Children(a[0]), a[1]);
            Py.DelItem(a[0], a[1]);
            return module;
        });
    }

    private static object? Run(ModuleObject self, NativeArguments a)
    {
        var value = a[1];
        foreach (var module in Children(self).Values)
            value = ModuleClass.Call(module, value);
        return value;
    }

    private static void DefineModuleList()
    {
        var cls = LayerTable.Layer("ModuleList", "container", "", null, "input", null);
        cls.Method("__init__", "self, modules=None", a =>
        {
            var self = (ModuleObject)a[0];
            self.Initialize();
            if (!a.IsNone(1))
                Extend(self, a[1]);
            return null;
        });
        cls.Method("__len__", self => Py.Int(Children(self).Count));
        cls.Method("__iter__", self => Py.GetIter(new PyList(Children(self).Values.ToList())));
        cls.Method("__getitem__", (self, key) => key is PySlice slice
            ? Py.Call(((ModuleObject)self).Class, new PyList(Slice(Children(self), slice).Select(pair => pair.Value).ToList()))
            : At(Children(self), key));
        cls.Method("__setitem__", "self, idx, module", a =>
        {
            Py.SetAttr(a[0], (string)Index(Position(Children(a[0]), a[1])), a[2]);
            return null;
        });
        cls.Method("__delitem__", (self, key) =>
        {
            var children = Children(self);
            var names = key is PySlice slice ? Slice(children, slice).Select(p => p.Key).ToList() : [children.Keys.ElementAt(Position(children, key))];
            foreach (var name in names)
                children.Remove(name);
            Renumber(children);
            return Py.None;
        });
        cls.Method("__add__", (self, other) =>
        {
            var made = (ModuleObject)Py.Call(((ModuleObject)self).Class);
            Extend(made, self);
            Extend(made, other);
            return made;
        });
        cls.Methods(["extend", "__iadd__"], "self, modules", a =>
        {
            Extend((ModuleObject)a[0], a[1]);
            return a[0];
        });
        cls.Method("append", (self, module) =>
        {
            ModuleClass.AddModule((ModuleObject)self, Index(Children(self).Count), module);
            return self;
        });
        cls.Method("insert", "self, index, module", a =>
        {
            Insert((ModuleObject)a[0], a.Int(1), a[2]);
            return null;
        });
        cls.Method("pop", "self, key", a =>
        {
            var module = At(Children(a[0]), a[1]);
            Py.DelItem(a[0], a[1]);
            return module;
        });
    }

    private static void DefineModuleDict()
    {
        var cls = LayerTable.Layer("ModuleDict", "container", "", null, "input", null);
        cls.Method("__init__", "self, modules=None", a =>
        {
            ((ModuleObject)a[0]).Initialize();
            if (!a.IsNone(1))
                Update((ModuleObject)a[0], a[1]);
            return null;
        });
        cls.Method("__getitem__", (self, key) => Children(self).TryGet(key, out var module) ? module : throw PyErrors.KeyError(key));
        cls.Method("__setitem__", "self, key, module", a =>
        {
            ModuleClass.AddModule((ModuleObject)a[0], a[1], a[2]);
            return null;
        });
        cls.Method("__delitem__", (self, key) => Children(self).Remove(key) ? Py.None : throw PyErrors.KeyError(key));
        cls.Method("__len__", self => Py.Int(Children(self).Count));
        cls.Method("__iter__", self => Py.GetIter(new PyList(Children(self).Keys.ToList())));
        cls.Method("__contains__", (self, key) => Py.Bool(Children(self).ContainsKey(key)));
        cls.Method("keys", self => Py.CallMethod(Children(self), "keys"));
        cls.Method("values", self => Py.CallMethod(Children(self), "values"));
        cls.Method("items", self => Py.CallMethod(Children(self), "items"));
        cls.Method("clear", self =>
        {
            Children(self).Clear();
            return Py.None;
        });
        cls.Method("pop", (self, key) => Children(self).Remove(key, out var module) ? module : throw PyErrors.KeyError(key));
        cls.Method("update", (self, modules) =>
        {
            Update((ModuleObject)self, modules);
            return Py.None;
        });
    }

    private static void DefineParameterList()
    {
        var cls = LayerTable.Layer("ParameterList", "container", "", null, "input", null);
        cls.Method("__init__", "self, values=None", a =>
        {
            var self = (ModuleObject)a[0];
            self.Initialize();
            self.SetAttribute("_size", Py.Int(0));
            if (!a.IsNone(1))
                ExtendParameters(self, a[1]);
            return null;
        });
        cls.Method("__len__", self => ((ModuleObject)self).Get("_size"));
        cls.Method("__getitem__", (self, key) =>
        {
            var module = (ModuleObject)self;
            if (key is PySlice slice)
            {
                var (start, _, step, count) = slice.Indices(module.Long("_size"));
                return Py.Call(module.Class, new PyList(Enumerable.Range(0, (int)count).Select(i => Py.GetAttr(self, $"{start + i * step}")).ToList()));
            }

            return Py.GetAttr(self, $"{ListPosition(module, key)}");
        });
        cls.Method("__setitem__", "self, idx, param", a =>
        {
            var module = (ModuleObject)a[0];
            Py.SetAttr(module, $"{ListPosition(module, a[1])}", AsParameter(a[2]));
            return null;
        });
        cls.Method("__iter__", self => Py.GetIter(new PyList(
            Enumerable.Range(0, (int)((ModuleObject)self).Long("_size")).Select(i => Py.GetAttr(self, $"{i}")).ToList())));
        cls.Method("extra_repr", "self", a => Describe(((ModuleObject)a[0]).Parameters!, tensor =>
            $"{(tensor.IsParameter ? "Parameter" : "Tensor")} containing: [torch.{tensor.Tensor.Dtype.PythonName()} of size {Sizes(tensor)}]"));
        cls.Methods(["extend", "__iadd__"], "self, values", a =>
        {
            ExtendParameters((ModuleObject)a[0], a[1]);
            return a[0];
        });
        cls.Method("append", (self, value) =>
        {
            ExtendParameters((ModuleObject)self, new PyTuple(value));
            return self;
        });
    }

    private static void DefineParameterDict()
    {
        var cls = LayerTable.Layer("ParameterDict", "container", "", null, "input", null);
        static PyDict Table(object self) => ((ModuleObject)self).Parameters!;
        cls.Method("__init__", "self, parameters=None", a =>
        {
            ((ModuleObject)a[0]).Initialize();
            if (a[1] is PyDict dict)
            {
                foreach (var (name, value) in dict.Entries)
                    Py.SetItem(a[0], name, value);
            }

            return null;
        });
        cls.Method("__getitem__", (self, key) => Table(self).TryGet(key, out var value) ? value : throw PyErrors.KeyError(key));
        cls.Method("__setitem__", "self, key, value", a =>
        {
            Py.SetAttr(a[0], a.Text(1), AsParameter(a[2]));
            return null;
        });
        cls.Method("__delitem__", (self, key) => Table(self).Remove(key) ? Py.None : throw PyErrors.KeyError(key));
        cls.Method("__len__", self => Py.Int(Table(self).Count));
        cls.Method("__iter__", self => Py.GetIter(new PyList(Table(self).Keys.ToList())));
        cls.Method("__contains__", (self, key) => Py.Bool(Table(self).ContainsKey(key)));
        cls.Method("get", "self, key, default=None", a => Table(a[0]).GetOrNull(a.Text(1)) ?? a[2]);
        cls.Method("pop", (self, key) =>
        {
            var value = Py.GetItem(self, key);
            Table(self).Remove(key);
            return value;
        });
        cls.Method("popitem", self =>
        {
            var (key, value) = Table(self).Entries.Last();
            Table(self).Remove(key);
            return new PyTuple(key, value);
        });
        cls.Method("clear", self =>
        {
            foreach (var key in Table(self).Keys.ToList())
                Table(self).Remove(key);
            return Py.None;
        });
        cls.Method("setdefault", "self, key, default=None", a =>
        {
            if (!Table(a[0]).ContainsKey(a[1]))
                Py.SetItem(a[0], a[1], a[2]);
            return Py.GetItem(a[0], a[1]);
        });
        cls.Method("copy", self => Py.Call(((PyObject)self).Class, Table(self)));
        cls.Method("keys", self => Py.CallMethod(Table(self), "keys"));
        cls.Method("values", self => Py.CallMethod(Table(self), "values"));
        cls.Method("items", self => Py.CallMethod(Table(self), "items"));
        cls.Method("extra_repr", "self", a => Describe(Table(a[0]), tensor =>
            $"Parameter containing: [torch.{Indexing.TypeName(tensor)} of size {Sizes(tensor)}]"));
        cls.Method("update", (self, values) =>
        {
            foreach (var (name, value) in ((PyDict)values).Entries)
                Py.SetItem(self, name, value);
            return Py.None;
        });
    }

    private static string Describe(PyDict parameters, Func<TensorObject, string> text) =>
        string.Join('\n', parameters.Entries.Where(entry => entry.Value is TensorObject)
            .Select(entry => $"  ({entry.Key}): {text((TensorObject)entry.Value)}"));

    private static string Sizes(TensorObject tensor) => string.Join('x', tensor.Shape);

    private static object AsParameter(object value) =>
        value is TensorObject { IsParameter: false } tensor ? Py.Call(TensorClass.Parameter, tensor) : value;

    private static void ExtendParameters(ModuleObject self, object values)
    {
        foreach (var value in Py.ToList(values))
        {
            var size = self.Long("_size");
            Py.SetAttr(self, $"{size}", AsParameter(value));
            self.SetAttribute("_size", Py.Int(size + 1));
        }
    }

    private static long ListPosition(ModuleObject self, object key)
    {
        var index = Py.ToLong(key);
        var size = self.Long("_size");
        if (index < -size || index >= size)
            throw PyErrors.IndexError($"index {index} is out of range");
        return index < 0 ? index + size : index;
    }

    private static object Index(long i) => i.ToString(System.Globalization.CultureInfo.InvariantCulture);

    private static void Extend(ModuleObject self, object modules)
    {
        if (!Py.IsIterable(modules))
            throw PyErrors.TypeError($"ModuleList.extend should be called with an iterable, but got {Py.TypeName(modules)}");
        foreach (var module in Py.ToList(modules))
            ModuleClass.AddModule(self, Index(self.Modules!.Count), module);
    }

    private static void Update(ModuleObject self, object modules)
    {
        if (modules is PyDict or ModuleObject)
        {
            foreach (var (name, module) in (modules as PyDict ?? Children(modules)).Entries)
                ModuleClass.AddModule(self, name, module);
            return;
        }

        if (!Py.IsIterable(modules))
            throw PyErrors.TypeError($"ModuleDict.update should be called with an iterable of key/value pairs, but got {Py.TypeName(modules)}");
        foreach (var pair in Py.ToList(modules))
        {
            var items = Py.ToList(pair);
            if (items.Count != 2)
                throw PyErrors.ValueError($"ModuleDict update sequence element has length {items.Count}; 2 is required");
            ModuleClass.AddModule(self, items[0], items[1]);
        }
    }

    private static int Position(PyDict children, object key)
    {
        var index = Py.ToLong(key);
        if (index < -children.Count || index >= children.Count)
            throw PyErrors.IndexError($"index {index} is out of range");
        return (int)(index < 0 ? index + children.Count : index);
    }

    private static object At(PyDict children, object key) => children.Values.ElementAt(Position(children, key));

    private static IEnumerable<KeyValuePair<object, object>> Slice(PyDict children, PySlice slice)
    {
        var entries = children.Entries.ToList();
        var (start, _, step, count) = slice.Indices(entries.Count);
        for (long i = 0; i < count; i++)
            yield return entries[(int)(start + i * step)];
    }

    private static void Renumber(PyDict children)
    {
        var modules = children.Values.ToList();
        children.Clear();
        for (var i = 0; i < modules.Count; i++)
            children.Set(Index(i), modules[i]);
    }

    private static void Insert(ModuleObject self, int index, object module)
    {
        var modules = Children(self).Values.ToList();
        if (index < -modules.Count || index > modules.Count)
            throw PyErrors.IndexError($"Index out of range: {index}");
        modules.Insert(index < 0 ? index + modules.Count : index, module);
        self.Modules!.Clear();
        for (var i = 0; i < modules.Count; i++)
            ModuleClass.AddModule(self, Index(i), modules[i]);
    }
}
