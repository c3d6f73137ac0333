using NnGpt.Candidates.Execution;
using NnGpt.Candidates.Tensors;
using NnGpt.Python.Runtime;
using NnGpt.Torch;

namespace NnGpt.Candidates.Modules;

/// <summary>torch.cuda where there is no device, and torch.cuda.amp, which then changes nothing.</summary>
internal static class CudaModule
{
    /// <summary>A context manager and decorator that does nothing.</summary>
    public static readonly PyClass NullContext = Context("nullcontext", "self, *args, **kwargs");

    /// <summary>torch.autocast.</summary>
    public static readonly PyClass Autocast = AutocastClass("torch.amp.autocast_mode", "device_type, dtype=None, enabled=True, cache_enabled=None", a => Py.Str(a[1]), 2, 3);

    /// <summary>torch.cpu.amp.autocast.</summary>
    public static readonly PyClass CpuAutocast = AutocastClass("torch.cpu.amp.autocast_mode", "enabled=True, dtype=None, cache_enabled=True", _ => "cpu", 2, 1);

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
        .Add(Context("autocast", "self, enabled=True, dtype=None, cache_enabled=True"))
        .Add(s_scaler)
        .Function("custom_fwd", "fwd=None, **kwargs", a => a.IsNone(0) ? new NativeFunction("decorator", "f", b => b[0]) : a[0])
        .Function("custom_bwd", "bwd", a => a[0]);

    private static readonly PyClass s_tensorType = new PyClass("tensortype", "torch", PyTypes.Type).Method("__instancecheck__", (_, _) => Py.False);

    public static readonly PyModule Template = Define();

    private static PyModule Define()
    {
        var module = new PyModule("torch.cuda")
            .Function("is_available", "", _ => Py.False)
            .Function("device_count", "", _ => Py.Int(0))
            .Function("is_initialized", "", _ => Py.False)
            .Function("is_bf16_supported", "", _ => throw TensorClass.NoCuda())
            .Function("memory_allocated", "device=None", _ => Py.Int(0))
            .Function("max_memory_allocated", "device=None", _ => Py.Int(0))
            .Function("memory_reserved", "device=None", _ => Py.Int(0))
            .Set("OutOfMemoryError", PyErrors.Subclass("OutOfMemoryError", "torch.cuda", PyErrors.RuntimeErrorClass));
        foreach (var name in (string[])["FloatTensor", "DoubleTensor", "LongTensor", "IntTensor", "BoolTensor", "ByteTensor", "HalfTensor", "ShortTensor", "CharTensor"])
        {
            module.Add(PyClass.OfMetaclass(s_tensorType, name, "torch.cuda").New("cls, *args, **kwargs", _ => throw PyErrors.TypeError(
                $"type torch.cuda.{name} not available. Torch not compiled with CUDA enabled.")));
        }

        foreach (var name in (string[])["empty_cache", "manual_seed", "manual_seed_all", "seed_all", "reset_peak_memory_stats"])
            module.Function(name, "*args, **kwargs", _ => null);
        foreach (var name in (string[])["current_device", "synchronize", "get_device_name", "get_device_properties", "set_device", "get_device_capability"])
            module.Function(name, "*args, **kwargs", _ => throw TensorClass.NoCuda());
        return module;
    }

    // Only operators on the CPU are there to be cast: autocast for CUDA is off, as in PyTorch without a device.
    private static PyClass AutocastClass(string module, string signature, Func<NativeArguments, string> device, int dtype, int enabled)
    {
        var cls = new PyClass("autocast", module)
            .Method("__init__", "self, " + signature, a =>
            {
                var kind = device(a);
                if (kind is not ("cpu" or "cuda" or "xpu" or "hpu"))
                    throw PyErrors.RuntimeError("User specified autocast device_type must be 'cuda' or 'cpu'");
                var wanted = a[dtype] is DTypeObject given ? given.Value : Dtype.BFloat16;
                // Other formats than bfloat16 switch autocast off, with a warning.
                ((PyInstance)a[0]).NativeState = kind == "cpu" && a.Bool(enabled) && wanted == Dtype.BFloat16 ? new Stack<NnGpt.Torch.Autocast>() : null;
                return null;
            })
            .Method("__enter__", self =>
            {
                Enter((PyInstance)self);
                return self;
            })
            .Method("__exit__", "self, *args", a =>
            {
                Leave((PyInstance)a[0]);
                return null;
            });
        return cls.Method("__call__", "self, func", a => new NativeFunction("decorate_autocast", "*args, **kwargs", b =>
        {
            Enter((PyInstance)a[0]);
            try
            {
                return Py.CallWith(a[1], b.Tuple(0).Items, b.Dict(1));
            }
            finally
            {
                Leave((PyInstance)a[0]);
            }
        }));
    }

    private static void Enter(PyInstance self)
    {
        if (self.NativeState is Stack<NnGpt.Torch.Autocast> entered)
        {
            entered.Push(new NnGpt.Torch.Autocast(cacheWeights: true));
            CandidateSession.Current.Modes.Add(entered.Peek());
        }
    }

    private static void Leave(PyInstance self)
    {
        if (self.NativeState is Stack<NnGpt.Torch.Autocast> { Count: > 0 } entered)
            entered.Pop().Dispose();
    }

    private static PyClass Context(string name, string signature) => new PyClass(name, "torch.amp.autocast_mode")
        .Method("__init__", signature, _ => null)
        .Method("__enter__", self => self)
        .Method("__exit__", "self, *args", _ => null)
        .Method("__call__", "self, func", a => a[1]);
}
