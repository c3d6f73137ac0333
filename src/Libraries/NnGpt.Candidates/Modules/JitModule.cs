using NnGpt.Python.Runtime;

namespace NnGpt.Candidates.Modules;

/// <summary>torch.jit: the decorators change nothing, script and trace give the module back.</summary>
internal static class JitModule
{
    public static readonly PyModule Template = Define();

    private static PyModule Define()
    {
        var module = new PyModule("torch.jit");
        foreach (var name in (string[])["script", "trace", "export", "ignore", "unused", "script_method", "script_if_tracing", "_script_if_tracing", "_overload_method", "interface", "freeze", "optimize_for_inference"])
        {
            module.Function(name, "fn=None, *args, **kwargs", a =>
                a.IsNone(0) || a[0] is bool ? new NativeFunction("decorator", "f", b => b[0]) : a[0]);
        }

        module.Function("is_scripting", "", _ => Py.False);
        module.Function("is_tracing", "", _ => Py.False);
        module.Function("set_fusion_strategy", "strategy", _ => new PyList());
        module.Function("trace_module", "mod, inputs, *args, **kwargs", a => a[0]);
        module.Function("fork", "func, *args, **kwargs", a => Py.CallWith(a[0], a.Tuple(1).Items, a.Dict(2)));
        module.Function("wait", "future", a => a[0]);
        foreach (var name in (string[])["save", "load"])
            module.Function(name, "*args, **kwargs", _ => throw PyErrors.RuntimeError($"torch.jit.{name} is not available: candidates have no files"));
        module.Function("annotate", "the_type, the_value", a => a[1]);
        module.Function("isinstance", "obj, target_type", a => Py.Bool(a[1] is PyClass cls && Py.IsInstance(a[0], cls)));
        module.Add(new PyClass("ScriptModule", "torch.jit", Nn.ModuleClass.Type));
        return module;
    }
}
