using NnGpt.Candidates.Tensors;
using NnGpt.Python.Runtime;

namespace NnGpt.Candidates.Modules;

/// <summary>torch.cuda where there is no device, and torch.cuda.amp, which then changes nothing.</summary>
internal static class CudaModule
{
    /// <summary>A context manager and decorator that does nothing.</summary>
    public static readonly PyClass NullContext = Context("nullcontext", "self, *args, **kwargs");

    /// <summary>torch.autocast.</summary>
    public static readonly PyClass Autocast = Context("autocast", "self, *args, **kwargs");

    private static readonly PyClass s_scaler = new PyClass("GradScaler", "torch.cuda.amp.grad_scaler")
        .Method("__init__", "self, init_scale=65536.0, growth_factor=2.0, backoff_factor=0.5, growth_interval=2000, enabled=True", _ => null)
        .Method("scale", "self, outputs", a => a[1])
        .Method("unscale_", "self, optimizer", _ => null)
        .Method("step", "self, optimizer, *args, **kwargs", a => Py.CallMethod(a[1], "step"))
        .Method("update", "self, new_scale=None", _ => null)
        .Method("get_scale", "self", _ => 1.0)
        .Method("is_enabled", "self", _ => Py.False)
        .Method("state_dict", "self", _ => new PyDict())
        .Method("load_state_dict", "self, state_dict", _ => null);

    public static readonly PyModule Amp = new PyModule("torch.cuda.amp")
        .Add(Autocast)
        .Add(s_scaler)
        .Function("custom_fwd", "fwd=None, **kwargs", a => a.IsNone(0) ? new NativeFunction("decorator", "f", b => b[0]) : a[0])
        .Function("custom_bwd", "bwd", a => a[0]);

    public static readonly PyModule Template = Define();

    private static PyModule Define()
    {
        var module = new PyModule("torch.cuda")
            .Function("is_available", "", _ => Py.False)
            .Function("device_count", "", _ => Py.Int(0))
            .Function("is_initialized", "", _ => Py.False)
            .Function("is_bf16_supported", "", _ => Py.False)
            .Function("memory_allocated", "device=None", _ => Py.Int(0))
            .Function("max_memory_allocated", "device=None", _ => Py.Int(0))
            .Function("memory_reserved", "device=None", _ => Py.Int(0))
            .Set("OutOfMemoryError", PyErrors.Subclass("OutOfMemoryError", "torch.cuda", PyErrors.RuntimeErrorClass));
        foreach (var name in (string[])["empty_cache", "manual_seed", "manual_seed_all", "seed_all", "reset_peak_memory_stats"])
            module.Function(name, "*args, **kwargs", _ => null);
        foreach (var name in (string[])["current_device", "synchronize", "get_device_name", "get_device_properties", "set_device", "get_device_capability"])
            module.Function(name, "*args, **kwargs", _ => throw TensorClass.NoCuda());
        return module;
    }

    private static PyClass Context(string name, string signature) => new PyClass(name, "torch.amp.autocast_mode")
        .Method("__init__", signature, _ => null)
        .Method("__enter__", self => self)
        .Method("__exit__", "self, *args", _ => null)
        .Method("__call__", "self, func", a => a[1]);
}
