using NnGpt.Candidates.Autograd;
using NnGpt.Candidates.Tensors;
using NnGpt.Python.Runtime;

namespace NnGpt.Candidates.Nn;

internal static partial class ModuleClass
{
    private static void DefineRegistration(PyClass cls)
    {
        cls.Method("register_parameter", "self, name, param", a =>
        {
            var self = (ModuleObject)a[0];
            if (!self.Initialized)
                throw PyErrors.AttributeError("cannot assign parameter before Module.__init__() call");
            CheckName(self, a[1], "parameter", self.Parameters!);
            RegisterParameter(self, a.Text(1), a[2]);
            return null;
        });
        cls.Method("register_buffer", "self, name, tensor, persistent=True", a =>
        {
            var self = (ModuleObject)a[0];
            if (!self.Initialized)
                throw PyErrors.AttributeError("cannot assign buffer before Module.__init__() call");
            CheckName(self, a[1], "buffer", self.Buffers!);
            if (a[2] is not (PyNone or TensorObject))
                throw PyErrors.TypeError($"cannot assign '{TypeName(a[2])}' object to buffer '{a.Text(1)}' (torch Tensor or None required)");
            self.Buffers!.Set(a.Text(1), a[2]);
            if (a.Bool(3))
                self.NonPersistent.Remove(a.Text(1));
            else
                self.NonPersistent.Add(a.Text(1));
            return null;
        });
        cls.Methods(["add_module", "register_module"], "self, name, module", a =>
        {
            AddModule((ModuleObject)a[0], a[1], a[2]);
            return null;
        });
        cls.Method("register_forward_hook", "self, hook", a =>
        {
            var self = (ModuleObject)a[0];
            return Handle(self.ForwardHooks ??= new PyDict(), a[1]);
        });
        cls.Method("register_forward_pre_hook", "self, hook", a =>
        {
            var self = (ModuleObject)a[0];
            return Handle(self.ForwardPreHooks ??= new PyDict(), a[1]);
        });
        cls.Method("_register_state_dict_hook", "self, hook", a => Handle(((ModuleObject)a[0]).StateHooks ??= new PyDict(), a[1]));
        cls.Method("_register_load_state_dict_pre_hook", "self, hook, with_module=False", a =>
        {
            var self = (ModuleObject)a[0];
            var hook = a[1];
            return Handle(self.LoadPreHooks ??= new PyDict(), a.Bool(2) ? new NativeFunction("hook", "*args", b => Py.Call(hook, [self, .. b.Tuple(0).Items])) : hook);
        });
        cls.Method("register_load_state_dict_post_hook", "self, hook", a => Handle(((ModuleObject)a[0]).LoadPostHooks ??= new PyDict(), a[1]));
        cls.Methods(["register_backward_hook", "register_full_backward_hook"], "self, hook", a =>
        {
            var self = (ModuleObject)a[0];
            return Handle(self.BackwardHooks ??= new PyDict(), a[1]);
        });
    }

    /// <summary>module.add_module(name, child).</summary>
    public static void AddModule(ModuleObject self, object name, object child)
    {
        if (child is not (ModuleObject or PyNone))
            throw PyErrors.TypeError($"{TypeName(child)} is not a Module subclass");
        if (!self.Initialized)
            throw PyErrors.NoAttribute(self, "_modules");
        CheckName(self, name, "module", self.Modules!);
        self.Modules!.Set((string)Py.Unbox(name), child);
    }

    public static void RegisterParameter(ModuleObject self, string name, object value)
    {
        if (value is not (PyNone or TensorObject { IsParameter: true }))
            throw PyErrors.TypeError($"cannot assign '{TypeName(value)}' object to parameter '{name}' (torch.nn.Parameter or None required)");
        if (value is TensorObject { Tensor.IsLeaf: false })
        {
            throw PyErrors.ValueError(
                $"Cannot assign non-leaf Tensor to parameter '{name}'. Model parameters must be created explicitly. To express '{name}' as a function of another Tensor, compute the value in the forward() method.");
        }

        self.Parameters!.Set(name, value);
    }

    private static void CheckName(ModuleObject self, object name, string kind, PyDict table)
    {
        if (!Py.TryText(name, out var text))
            throw PyErrors.TypeError($"{kind} name should be a string. Got {TypeName(name)}");
        if (text.Contains('.', StringComparison.Ordinal))
            throw PyErrors.KeyError(kind == "module" ? $"module name can't contain \".\", got: {text}" : $"{kind} name can't contain \".\"");
        if (text.Length == 0)
            throw PyErrors.KeyError(kind == "module" ? "module name can't be empty string \"\"" : $"{kind} name can't be empty string \"\"");
        if (table.GetOrNull(text) is null && Py.HasAttr(self, text))
            throw PyErrors.KeyError($"attribute '{text}' already exists");
    }

    private static PyInstance Handle(PyDict hooks, object hook)
    {
        var key = Py.Int(hooks.Count == 0 ? 0 : (long)hooks.Keys.Last() + 1);
        hooks.Set(key, hook);
        return Hooks.Handle(() => hooks.Remove(key));
    }
}
