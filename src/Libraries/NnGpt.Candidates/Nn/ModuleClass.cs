using NnGpt.Candidates.Autograd;
using NnGpt.Candidates.Execution;
using NnGpt.Candidates.Tensors;
using NnGpt.Python.Runtime;

namespace NnGpt.Candidates.Nn;

/// <summary>torch.nn.Module.</summary>
internal static partial class ModuleClass
{
    public static readonly PyClass Type = Define();

    private static PyClass Define()
    {
        var cls = new PyClass("Module", "torch.nn.modules.module");
        cls.Allocate(type => new ModuleObject(type));
        cls.Method("__init__", "self", a =>
        {
            ((ModuleObject)a[0]).Initialize();
            return null;
        });
        cls.Method("__call__", "self, *args, **kwargs", a => Call((ModuleObject)a[0], a.Tuple(1).Items, a.Dict(2)));
        cls.Method("forward", "self, *args, **kwargs", a => throw PyErrors.NotImplementedError(
            $"Module [{((PyObject)a[0]).Class.Name}] is missing the required \"forward\" function"));
        cls.GetAttributeHook(FindAttribute);
        cls.SetAttributeHook(SetAttribute);
        cls.DeleteAttributeHook(DeleteAttribute);
        cls.Property("training", self => Py.Bool(((ModuleObject)self).Training),
            (self, value) => ((ModuleObject)self).Training = Py.Truth(value));
        DefineRegistration(cls);
        DefineTraversal(cls);
        DefineConversion(cls);
        DefineState(cls);
        DefineText(cls);
        cls.Attribute("dump_patches", Py.False);
        cls.Attribute("_version", Py.Int(1));
        return cls;
    }

    /// <summary>module(*args, **kwargs): forward with its hooks.</summary>
    public static object Call(ModuleObject self, object[] arguments, PyDict? keywords)
    {
        System.Runtime.CompilerServices.RuntimeHelpers.EnsureSufficientExecutionStack();
        if (!self.Initialized)
            throw PyErrors.NoAttribute(self, "_backward_hooks");
        if (self.ForwardPreHooks is { Count: > 0 } before)
        {
            foreach (var hook in before.Values.ToList())
            {
                var changed = Py.Call(hook, self, new PyTuple(arguments));
                if (changed is PyTuple tuple)
                    arguments = tuple.Items;
                else if (changed is not PyNone)
                    arguments = [changed];
            }
        }

        ModuleGradients? gradients = null;
        if (self.BackwardHooks is { Count: > 0 })
            arguments = Hooks.BeforeForward(self, arguments, out gradients);
        var result = CandidateSession.Current.Trace is { } trace ? Forward(self, arguments, keywords, trace) : Forward(self, arguments, keywords);
        if (self.ForwardHooks is { Count: > 0 } after)
        {
            foreach (var hook in after.Values.ToList())
            {
                var changed = Py.Call(hook, self, new PyTuple(arguments), result);
                if (changed is not PyNone)
                    result = changed;
            }
        }

        return gradients is null ? result : gradients.WatchOutputs(result);
    }

    /// <summary>module(x) from native code.</summary>
    public static object Call(object self, params object[] arguments) =>
        self is ModuleObject module && module.Class.Lookup("__call__") is NativeFunction
            ? Call(module, arguments, null)
            : Py.Call(self, arguments);

    public static TensorObject CallTensor(object self, params object[] arguments) =>
        Call(self, arguments) as TensorObject ?? throw PyErrors.TypeError("expected a Tensor");

    private static object Forward(ModuleObject self, object[] arguments, PyDict? keywords, Tracing.GraphTracer trace)
    {
        trace.Enter(self);
        try
        {
            return Forward(self, arguments, keywords);
        }
        finally
        {
            trace.Leave();
        }
    }

    private static object Forward(ModuleObject self, object[] arguments, PyDict? keywords)
    {
        var names = keywords is { Count: > 0 } ? Py.KeywordsOf(keywords) : null;
        if (self.Class.Lookup("forward") is { } forward and (PyFunction or NativeFunction) && self.GetAttribute("forward") is null)
            return Py.Call(forward, [self, .. arguments], names);
        return Py.Call(Py.GetAttr(self, "forward"), arguments, names);
    }

    private static object? FindAttribute(PyObject self, string name)
    {
        var module = (ModuleObject)self;
        if (!module.Initialized)
            return null;
        return module.Parameters!.GetOrNull(name) ?? module.Buffers!.GetOrNull(name) ?? module.Modules!.GetOrNull(name) ?? name switch
        {
            "_parameters" => module.Parameters,
            "_buffers" => module.Buffers,
            "_modules" => module.Modules,
            "_computed" => module.Computed ??= new PyDict(),
            "_forward_hooks" => module.ForwardHooks ??= new PyDict(),
            "_forward_pre_hooks" => module.ForwardPreHooks ??= new PyDict(),
            "_backward_hooks" => module.BackwardHooks ??= new PyDict(),
            _ => module.Compute(name),
        };
    }

    private static void SetAttribute(PyObject self, string name, object value)
    {
        var module = (ModuleObject)self;
        if (value is TensorObject { IsParameter: true })
        {
            if (!module.Initialized)
                throw PyErrors.AttributeError("cannot assign parameters before Module.__init__() call");
            RemoveFrom(module, name, module.Modules!);
            RegisterParameter(module, name, value);
            return;
        }

        if (module.Parameters?.GetOrNull(name) is not null)
        {
            if (value is not PyNone)
            {
                throw PyErrors.TypeError(
                    $"cannot assign '{TypeName(value)}' as parameter '{name}' (torch.nn.Parameter or None expected)");
            }

            RegisterParameter(module, name, value);
            return;
        }

        if (value is ModuleObject)
        {
            if (!module.Initialized)
                throw PyErrors.AttributeError("cannot assign module before Module.__init__() call");
            RemoveFrom(module, name, module.Parameters!);
            module.Modules!.Set(name, value);
            return;
        }

        if (module.Modules?.GetOrNull(name) is not null)
        {
            if (value is not PyNone)
                throw PyErrors.TypeError($"cannot assign '{TypeName(value)}' as child module '{name}' (torch.nn.Module or None expected)");
            module.Modules.Set(name, value);
            return;
        }

        if (module.Buffers?.GetOrNull(name) is not null)
        {
            if (value is not (TensorObject or PyNone))
                throw PyErrors.TypeError($"cannot assign '{TypeName(value)}' as buffer '{name}' (torch.Tensor or None expected)");
            module.Buffers.Set(name, value);
            return;
        }

        Py.SetAttrGeneric(self, name, value);
    }

    private static void DeleteAttribute(PyObject self, string name)
    {
        var module = (ModuleObject)self;
        if (module.Parameters?.Remove(name) == true || module.Modules?.Remove(name) == true)
            return;
        if (module.Buffers?.Remove(name) == true)
        {
            module.NonPersistent.Remove(name);
            return;
        }

        Py.DelAttrGeneric(self, name);
    }

    private static void RemoveFrom(ModuleObject module, string name, PyDict other)
    {
        module.Attributes?.Remove(name);
        other.Remove(name);
        if (module.Buffers!.Remove(name))
            module.NonPersistent.Remove(name);
    }

    /// <summary>torch.typename(value).</summary>
    public static string TypeName(object value)
    {
        if (value is TensorObject tensor)
            return tensor.IsParameter ? "torch.nn.parameter.Parameter" : "torch." + Indexing.TypeName(tensor);
        // A class or a function in the place of a module is told by its own name.
        if (value is PyFunction or PyBoundMethod)
            return $"{Py.Str(Py.GetAttr(value, "__module__"))}.{Py.Str(Py.GetAttr(value, "__qualname__"))}";
        var cls = value as PyClass ?? Py.TypeOf(value);
        return cls.Module is "builtins" ? cls.Name : $"{cls.Module}.{cls.Name}";
    }
}
