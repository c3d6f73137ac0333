using NnGpt.Candidates.Autograd;
using NnGpt.Candidates.Dispatch;
using NnGpt.Candidates.Execution;
using NnGpt.Candidates.Nn;
using NnGpt.Candidates.Optim;
using NnGpt.Candidates.Tensors;
using NnGpt.Python;
using NnGpt.Python.Runtime;

namespace NnGpt.Candidates.Modules;

/// <summary>
/// The importable modules. Their contents are made once per process; each interpreter gets module objects of its own
/// that look names up in them, so what a candidate assigns to a module dies with it.
/// </summary>
internal static class TorchLibrary
{
    private static readonly Dictionary<string, PyModule> s_templates = new(StringComparer.Ordinal)
    {
        ["torch"] = TorchModule.Template,
        ["torch.nn"] = FromClasses("torch.nn", LayerTable.Classes.Where(pair => pair.Key[0] != '_' && pair.Key != "NonDynamicallyQuantizableLinear").ToDictionary())
            .Set("UninitializedParameter", TensorClass.UninitializedParameter).Set("UninitializedBuffer", TensorClass.UninitializedBuffer),
        ["torch.nn.modules"] = FromClasses("torch.nn.modules", LayerTable.Classes),
        ["torch.nn.functional"] = FunctionalModule.Template,
        ["torch.nn.init"] = InitModule.Template,
        ["torch.nn.parameter"] = FromClasses("torch.nn.parameter", ((PyClass[])[TensorClass.Parameter, TensorClass.UninitializedParameter, TensorClass.UninitializedBuffer]).ToDictionary(cls => cls.Name))
            .Function("is_lazy", "param", a => Py.Bool(a[0] is TensorObject { IsLazy: true })),
        ["torch.nn.utils"] = UtilsModule.Utils,
        ["torch.optim"] = FromClasses("torch.optim", Optimizers.All.Append(OptimizerClass.Type).ToDictionary(cls => cls.Name)),
        ["torch.optim.optimizer"] = FromClasses("torch.optim.optimizer", new Dictionary<string, PyClass> { ["Optimizer"] = OptimizerClass.Type }),
        ["torch.optim.lr_scheduler"] = FromClasses("torch.optim.lr_scheduler",
            Schedulers.All.Append(Schedulers.Base).ToDictionary(cls => cls.Name)),
        ["torch.autograd"] = AutogradModule.Template,
        ["torch.autograd.function"] = FromClasses("torch.autograd.function", new Dictionary<string, PyClass> { ["Function"] = FunctionClass.Type, ["FunctionCtx"] = FunctionClass.Context }),
        ["torch.cuda"] = CudaModule.Template,
        ["torch.cuda.amp"] = CudaModule.Amp,
        ["torch.amp"] = new PyModule("torch.amp").Add(CudaModule.Autocast),
        ["torch.cuda.amp.autocast_mode"] = CudaModule.Amp,
        ["torch.cuda.amp.grad_scaler"] = CudaModule.Amp,
        ["torch.amp.autocast_mode"] = new PyModule("torch.amp.autocast_mode").Add(CudaModule.Autocast),
        ["torch.cpu"] = new PyModule("torch.cpu"),
        ["torch.cpu.amp"] = new PyModule("torch.cpu.amp").Add(CudaModule.CpuAutocast),
        ["torch._C"] = new PyModule("torch._C")
            .Function("_log_api_usage_once", "event", _ => null)
            .Function("_standard_gamma", "input", a => Sampled("_standard_gamma", a[0]))
            .Function("_sample_dirichlet", "input", a => Sampled("_sample_dirichlet", a[0]))
            .Function("_dirichlet_grad", "x, alpha, total", a => PythonCall.Invoke("_dirichlet_grad", NnGpt.Torch.CallStyle.Function, [a[0], a[1], a[2]], null))
            .Function("_get_tracing_state", "", _ => Py.None)
            .Function("_jit_set_profiling_executor", "*args", _ => Py.True)
            .Function("_jit_set_profiling_mode", "*args", _ => Py.True),
        ["torch._C._nn"] = FusedOperators(),
        ["torch._VF"] = RawOperators("torch._VF", ["stft", "istft", "chain_matmul"]),
        ["torch.backends"] = new PyModule("torch.backends"),
        ["torch.backends.cuda"] = new PyModule("torch.backends.cuda")
            .Function("is_built", "", _ => Py.False),
        ["torch.backends.cuda.matmul"] = new PyModule("torch.backends.cuda.matmul").Set("allow_tf32", Py.False),
        ["torch.backends.mkl"] = new PyModule("torch.backends.mkl").Function("is_available", "", _ => Py.False),
        ["torch.backends.mkldnn"] = new PyModule("torch.backends.mkldnn").Set("enabled", Py.True).Function("is_available", "", _ => Py.True),
        ["torch.backends.openmp"] = new PyModule("torch.backends.openmp").Function("is_available", "", _ => Py.True),
        ["torch.backends.cudnn"] = new PyModule("torch.backends.cudnn").Set("benchmark", Py.False).Set("deterministic", Py.False).Set("enabled", Py.True).Set("allow_tf32", Py.True).Function("is_available", "", _ => Py.False).Function("version", "", _ => Py.None),
        ["torch.backends.quantized"] = new PyModule("torch.backends.quantized").Set("engine", "onednn"),
        ["torch.backends.mps"] = new PyModule("torch.backends.mps").Function("is_available", "", _ => Py.False).Function("is_built", "", _ => Py.False),
        ["torch.jit"] = JitModule.Template,
        ["torch.utils"] = new PyModule("torch.utils"),
        ["torch.utils.hooks"] = new PyModule("torch.utils.hooks").Add(Hooks.HandleClass),
        ["torch.linalg"] = OperatorModule("torch.linalg", "linalg_"),
        ["torch.special"] = OperatorModule("torch.special", "special_"),
        ["torch.fft"] = OperatorModule("torch.fft", "fft_"),
        ["torch.hub"] = RefusedModule("torch.hub"),
        ["torch.utils.model_zoo"] = RefusedModule("torch.utils.model_zoo"),
        ["torch.version"] = new PyModule("torch.version").Set("cuda", Py.None).Set("hip", Py.None).Set("debug", Py.False).Set("__version__", "1.13.1"),
        ["torch.nn.common_types"] = CommonTypes(),
        ["torch.functional"] = TorchModule.Template,
        ["torch.onnx"] = RefusedModule("torch.onnx"),
        ["torch.distributed"] = DistributedModule(),
        ["torch.random"] = new PyModule("torch.random").Set("manual_seed", TorchModule.Template.Find("manual_seed")!),
    };

    // Parts of PyTorch that can be imported, and whose use is unsupported.
    private static readonly string[] s_unsupported =
    [
        "functorch", "torch._decomp", "torch._ops", "torch._prims", "torch._refs", "torch._subclasses", "torch._tensor_str", "torch._vmap_internals",
        "torch.autograd.forward_ad", "torch.autograd.gradcheck", "torch.autograd.graph", "torch.autograd.profiler_util", "torch.backends.opt_einsum",
        "torch.cuda.comm", "torch.cuda.graphs", "torch.cuda.memory", "torch.cuda.nccl", "torch.cuda.nvtx", "torch.cuda.profiler", "torch.cuda.random", "torch.cuda.streams",
        "torch.distributions.constraints", "torch.distributions.mixture_same_family", "torch.distributions.studentT", "torch.distributions.transformed_distribution",
        "torch.distributions.transforms", "torch.distributions.utils", "torch.distributions.von_mises", "torch.futures", "torch.fx.experimental", "torch.fx.graph", "torch.fx.graph_module", "torch.fx.node",
        "torch.fx.passes", "torch.fx.proxy", "torch.library", "torch.masked", "torch.monitor", "torch.nested", "torch.nn.grad", "torch.nn.intrinsic", "torch.nn.parallel.comm", "torch.nn.parallel.parallel_apply",
        "torch.nn.parallel.replicate", "torch.nn.parallel.scatter_gather", "torch.nn.qat", "torch.nn.quantizable", "torch.nn.utils.memory_format", "torch.package", "torch.quantization.fake_quantize",
        "torch.quantization.fuse_modules", "torch.quantization.qconfig", "torch.quantization.quantize", "torch.quasirandom", "torch.return_types", "torch.serialization", "torch.torch_version",
        "torch.utils._pytree", "torch.utils.benchmark", "torch.utils.bottleneck", "torch.utils.cpp_extension", "torch.utils.data._utils", "torch.utils.data.datapipes",
        "torch.utils.dlpack", "torch.utils.mobile_optimizer",
    ];

    // Modules of PyTorch that import torch themselves, and so have it as an attribute.
    private static readonly HashSet<string> s_importers = new(StringComparer.Ordinal)
    {
        "torch.nn.functional", "torch.nn.init", "torch.nn.parameter", "torch.nn.utils.rnn", "torch.nn.utils.parametrize", "torch.utils.checkpoint", "torch.jit", "torch.autograd",
        "torch.autograd.function", "torch.fft", "torch.linalg", "torch.cuda", "torch.sparse", "torch.special", "torch.random", "torch.functional",
    };

    // Modules whose names are those of others.
    private static readonly Dictionary<string, string> s_aliases = new(StringComparer.Ordinal)
    {
        ["torch.ao.quantization"] = "torch.quantization",
        ["torch.ao.nn"] = "torch.nn",
        ["torch.ao.nn.quantized"] = "torch.nn.quantized",
        ["torch.nn.utils.clip_grad"] = "torch.nn.utils",
        ["torch.nn.utils.convert_parameters"] = "torch.nn.utils",
        ["torch.nn.utils.fusion"] = "torch.nn.utils",
        ["torch.nn.utils.init"] = "torch.nn.utils",
        ["torch.nn.parallel.data_parallel"] = "torch.nn.parallel",
        ["torch.nn.parallel.distributed"] = "torch.nn.parallel",
        ["torch.optim.adadelta"] = "torch.optim",
        ["torch.optim.adagrad"] = "torch.optim",
        ["torch.optim.adam"] = "torch.optim",
        ["torch.optim.adamax"] = "torch.optim",
        ["torch.optim.adamw"] = "torch.optim",
        ["torch.optim.nadam"] = "torch.optim",
        ["torch.optim.radam"] = "torch.optim",
        ["torch.optim.rmsprop"] = "torch.optim",
        ["torch.optim.sgd"] = "torch.optim",
        ["torch.optim.asgd"] = "torch.optim",
        ["torch.optim.lbfgs"] = "torch.optim",
        ["torch.optim.rprop"] = "torch.optim",
        ["torch.optim.sparse_adam"] = "torch.optim",
        ["torch.quantization.observer"] = "torch.quantization",
        ["torch.quantization.stubs"] = "torch.quantization",
        ["torch.autograd.anomaly_mode"] = "torch.autograd",
        ["torch.utils.data.dataloader"] = "torch.utils.data",
        ["torch.utils.data.dataset"] = "torch.utils.data",
        ["torch.utils.data.distributed"] = "torch.utils.data",
        ["torch.utils.data.sampler"] = "torch.utils.data",
        ["torch.autograd.grad_mode"] = "torch.autograd",
        ["torch.autograd.variable"] = "torch.autograd",
        ["torch.distributions.beta"] = "torch.distributions",
        ["torch.distributions.chi2"] = "torch.distributions",
        ["torch.distributions.dirichlet"] = "torch.distributions",
        ["torch.distributions.exponential"] = "torch.distributions",
        ["torch.distributions.gamma"] = "torch.distributions",
        ["torch.distributions.gumbel"] = "torch.distributions",
        ["torch.distributions.half_normal"] = "torch.distributions",
        ["torch.distributions.laplace"] = "torch.distributions",
        ["torch.distributions.poisson"] = "torch.distributions",
        ["torch.distributions.relaxed_categorical"] = "torch.distributions",
        ["torch.distributions.log_normal"] = "torch.distributions",
        ["torch._tensor"] = "torch",
    };

    private static readonly string[] s_layerFiles =
    [
        "activation", "batchnorm", "channelshuffle", "container", "conv", "distance", "dropout", "flatten", "fold", "instancenorm",
        "adaptive", "lazy", "linear", "loss", "module", "normalization", "padding", "pixelshuffle", "pooling", "rnn", "sparse", "transformer", "upsampling",
    ];

    static TorchLibrary()
    {
        foreach (var file in s_layerFiles)
        {
            s_templates[$"torch.nn.modules.{file}"] = FromClasses($"torch.nn.modules.{file}",
                LayerTable.Classes.Where(pair => pair.Value.Module == $"torch.nn.modules.{file}").ToDictionary());
        }

        s_templates["torch.nn.modules.module"].Set("_IncompatibleKeys", ModuleClass.IncompatibleKeys);
        foreach (var name in PythonParts.Modules.Concat(s_aliases.Keys).Concat(["torch.ao", "torch.storage"]))
            s_templates.TryAdd(name, new PyModule(name));

        // Modules reachable as attributes of their parents without an import of their own.
        foreach (var name in s_templates.Keys.ToList())
        {
            if (name.StartsWith("torch.", StringComparison.Ordinal) && !s_imported.Contains(name) && s_templates.TryGetValue(name[..name.LastIndexOf('.')], out _))
                s_children.Add(name);
        }

        s_templates["torch.nn.modules.utils"] = new PyModule("torch.nn.modules.utils")
            .Function("_single", "x", a => LayerTable.Repeat(a[0], 1))
            .Function("_pair", "x", a => LayerTable.Repeat(a[0], 2))
            .Function("_triple", "x", a => LayerTable.Repeat(a[0], 3))
            .Function("_quadruple", "x", a => LayerTable.Repeat(a[0], 4))
            .Function("_ntuple", "n, name='parse'", a => new NativeFunction(a.Text(1), "x", b => LayerTable.Repeat(b[0], a.Int(0))))
            .Function("_reverse_repeat_tuple", "t, n", a => new PyTuple([.. Py.ToList(a[0]).AsEnumerable().Reverse().SelectMany(item => Enumerable.Repeat(item, a.Int(1)))]));
        s_children.Add("torch.nn.modules.utils");
    }

    private static readonly HashSet<string> s_children = new(StringComparer.Ordinal);

    // What "import torch" does not bring with it.
    private static readonly string[] s_imported = ["torch.utils.checkpoint", "torch.utils.model_zoo", "torch.nn.utils.prune"];

    /// <summary>Makes torch importable in an interpreter.</summary>
    public static void Register(Interpreter interpreter)
    {
        foreach (var (name, template) in s_templates)
            interpreter.RegisterModule(name, () => Instance(interpreter, name, template));
        foreach (var name in s_unsupported)
            interpreter.RegisterModule(name, () => Unsupported(name));
    }

    // Every name of such a module is something to call, a class when it is written like one.
    private static PyModule Unsupported(string name) => new(name)
    {
        Resolve = member => member.StartsWith('_') ? null
            : char.IsUpper(member[0]) ? new PyClass(member, name).Method("__init__", "self, *args, **kwargs", _ => throw CandidateLimitException.Unsupported($"{name}.{member}"))
            : new NativeFunction(member, "*args, **kwargs", _ => throw CandidateLimitException.Unsupported($"{name}.{member}")),
    };

    private static PyModule Instance(Interpreter interpreter, string name, PyModule template) => new(name)
    {
        Resolve = wanted => Find(interpreter, name, template, wanted),
        ResolvableNames = () => template.Globals.Keys.OfType<string>().Concat(PythonParts.Names(name)).Where(key => !key.StartsWith('_'))
            .Concat(s_children.Where(child => child.StartsWith(name + ".", StringComparison.Ordinal) && child.IndexOf('.', name.Length + 1) < 0).Select(child => child[(name.Length + 1)..])),
    };

    private static object? Find(Interpreter interpreter, string module, PyModule template, string name)
    {
        if (template.Find(name) is { } found)
            return found;
        if (PythonParts.Find(interpreter, module, name) is { } written)
            return written;
        if (s_aliases.TryGetValue(module, out var source))
            return interpreter.FindModule(source)?.Find(name);
        if (module.StartsWith("torch.nn.modules.", StringComparison.Ordinal) && name[0] == '_'
            && (s_templates["torch.nn.modules.utils"].Find(name) ?? s_templates["torch.nn.common_types"].Find(name)) is { } shared)
        {
            return shared;
        }

        // The classes of torch.nn that are written in Python, under the modules that PyTorch keeps them in.
        if (module.StartsWith("torch.nn.modules", StringComparison.Ordinal) && char.IsUpper(name[0]) && PythonParts.Find(interpreter, "torch.nn", name) is { } layer)
            return layer;
        if (name == "torch" && s_importers.Contains(module))
            return interpreter.FindModule(name);
        var child = $"{module}.{name}";
        if (s_children.Contains(child) || s_unsupported.Contains(child))
            return interpreter.FindModule(child);
        return OperatorNames.IsKnown(module, name) && !name.StartsWith('_')
            ? throw CandidateLimitException.Unsupported(child)
            : null;
    }

    private static PyModule FromClasses(string name, IReadOnlyDictionary<string, PyClass> classes)
    {
        var module = new PyModule(name);
        foreach (var (key, cls) in classes)
            module.Set(key, cls);
        return module;
    }

    private static PyModule OperatorModule(string name, string prefix)
    {
        var module = new PyModule(name);
        foreach (var op in NnGpt.Torch.Operators.Names.Select(n => n[6..]).Where(n => n.StartsWith(prefix, StringComparison.Ordinal)).ToList())
            module.Function(op[prefix.Length..], "*args, **kwargs", a => PythonCall.Invoke(op, NnGpt.Torch.CallStyle.Function, a.Tuple(0).Items, a.Dict(1)));
        return module;
    }

    // The operators behind functions of torch.nn.functional that torch itself does not show.
    private static PyModule FusedOperators() => RawOperators("torch._C._nn",
        ["fractional_max_pool2d", "fractional_max_pool3d", "multilabel_margin_loss", "gelu", "linear", "silu", "mish", "softplus", "leaky_relu", "elu", "hardtanh", "hardswish",
            "adaptive_avg_pool2d", "adaptive_avg_pool3d", "avg_pool2d", "avg_pool3d", "one_hot", "pad", "log_sigmoid", "hardsigmoid", "softshrink", "huber_loss", "mse_loss", "l1_loss", "cross_entropy_loss"]);

    private static PyModule RawOperators(string name, string[] operators)
    {
        var module = new PyModule(name);
        foreach (var op in operators)
            module.Function(op, "*args, **kwargs", a => PythonCall.Invoke(op, NnGpt.Torch.CallStyle.Function, a.Tuple(0).Items, a.Dict(1)));
        return module;
    }

    // libtorch draws until a draw is accepted, which never happens for what is no shape of a distribution.
    private static object Sampled(string name, object concentration)
    {
        static object Call(string op, params object[] values) => PythonCall.Invoke(op, NnGpt.Torch.CallStyle.Function, values, null);
        if (!Py.Truth(Call("all", Call("logical_and", Call("gt", concentration, Py.Int(0)), Call("lt", concentration, 1e30)))))
            throw PyErrors.ValueError("concentration must be positive");
        return Call(name, concentration);
    }

    private static PyModule CommonTypes()
    {
        var module = new PyModule("torch.nn.common_types");
        foreach (var size in (string[])["any", "1", "2", "3", "4", "5", "6"])
            module.Set($"_size_{size}_t", PyTypes.Tuple).Set($"_size_{size}_opt_t", PyTypes.Tuple).Set($"_ratio_{size}_t", PyTypes.Tuple);
        return module;
    }

    private static PyModule RefusedModule(string name)
    {
        var module = new PyModule(name);
        foreach (var function in (string[])["load", "load_url", "load_state_dict_from_url", "list", "export", "download_url_to_file"])
            module.Function(function, "*args, **kwargs", _ => throw PyErrors.RuntimeError($"{name}.{function} is not available: candidates have no files and no network"));
        return module;
    }

    private static PyModule DistributedModule()
    {
        var module = new PyModule("torch.distributed")
            .Function("is_available", "", _ => Py.True)
            .Function("is_nccl_available", "", _ => Py.False)
            .Function("is_initialized", "", _ => Py.False);
        foreach (var name in (string[])["get_rank", "get_world_size", "get_backend", "barrier", "all_reduce", "all_gather", "broadcast", "reduce", "gather", "scatter", "new_group", "destroy_process_group"])
        {
            module.Function(name, "*args, **kwargs", _ => throw PyErrors.RuntimeError(
                "Default process group has not been initialized, please make sure to call init_process_group."));
        }

        return module;
    }
}
