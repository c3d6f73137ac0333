using NnGpt.Candidates.Dispatch;
using NnGpt.Candidates.Functional;
using NnGpt.Candidates.Tensors;
using NnGpt.Python.Runtime;
using NnGpt.Torch;

namespace NnGpt.Candidates.Nn;

internal static partial class LayerTable
{
    // Every batch norm in a tree of modules becomes one of the class, with the same parameters and buffers.
    private static ModuleObject Synchronized(PyClass cls, ModuleObject module, PyClass batchNorm)
    {
        var made = module;
        if (Py.IsInstance(module, batchNorm) && !ReferenceEquals(module.Class, cls))
        {
            made = (ModuleObject)Py.Call(cls, [.. ((string[])["num_features", "eps", "momentum", "affine", "track_running_stats"]).Select(module.Get)], (Keyword[]?)null);
            foreach (var (name, value) in module.Parameters!.Entries.ToList())
                made.Parameters!.Set((string)name, value);
            foreach (var (name, value) in module.Buffers!.Entries.ToList())
                made.Buffers!.Set((string)name, value);
        }

        foreach (var (name, child) in module.Modules!.Entries.ToList())
        {
            if (child is ModuleObject inner)
                made.Modules!.Set((string)name, Synchronized(cls, inner, batchNorm));
        }

        return made;
    }

    private static void DefineNormalization()
    {
        static string NormText(ModuleObject m) =>
            $"{Show(m, "num_features")}, eps={Show(m, "eps")}, momentum={Show(m, "momentum")}, affine={Show(m, "affine")}, track_running_stats={Show(m, "track_running_stats")}";

        var norm = Layer("_NormBase", "batchnorm", "num_features, eps=1e-05, momentum=0.1, affine=True, track_running_stats=True, device=None, dtype=None",
            (m, a) => InitNorm(m, a[7]), "input", null, NormText);
        norm.Attribute("_version", Py.Int(2));
        norm.Method("reset_running_stats", "self", a =>
        {
            ResetRunning((ModuleObject)a[0]);
            return null;
        });
        norm.Method("reset_parameters", "self", a =>
        {
            var m = (ModuleObject)a[0];
            ResetRunning(m);
            if (m.Parameter("weight") is { } weight)
                Initialization.Fill(weight, 1);
            if (m.Parameter("bias") is { } bias)
                Initialization.Fill(bias, 0);
            return null;
        });
        var batch = Layer("_BatchNorm", "batchnorm", "num_features, eps=1e-05, momentum=0.1, affine=True, track_running_stats=True, device=None, dtype=None",
            (m, a) => InitNorm(m, a[7]), "input", (m, a) => BatchNorm(m, a[1]), parent: norm);
        foreach (var (name, ranks, text) in ((string, int[], string)[])
            [("BatchNorm1d", [2, 3], "2D or 3D"), ("BatchNorm2d", [4], "4D"), ("BatchNorm3d", [5], "5D")])
        {
            Layer(name, "batchnorm", "", null, "input", null, parent: batch).Method("_check_input_dim", "self, input", a =>
            {
                var dim = a[1] is TensorObject tensor ? tensor.Dim : throw PyErrors.AttributeError($"'{Py.TypeName(a[1])}' object has no attribute 'dim'");
                return ranks.Contains(dim) ? null : throw PyErrors.ValueError($"expected {text} input (got {dim}D input)");
            });
        }

        Layer("SyncBatchNorm", "batchnorm", "", null, "input", null, parent: batch).Method("_check_input_dim", "self, input", _ => null)
            .Method("forward", "self, input", a => throw PyErrors.ValueError("SyncBatchNorm expected input tensor to be on GPU"))
            .ClassMethod("convert_sync_batchnorm", "cls, module, process_group=None", a => Synchronized((PyClass)a[0], (ModuleObject)a[1], batch));
        var instance = Layer("_InstanceNorm", "instancenorm", "num_features, eps=1e-05, momentum=0.1, affine=False, track_running_stats=False, device=None, dtype=None",
            (m, a) => InitNorm(m, a[7]), "input", (m, a) => InstanceNorm(m, InputWith(a[1], "dim")), parent: norm);
        for (var n = 1; n <= 3; n++)
            Layer($"InstanceNorm{n}d", "instancenorm", "", null, "input", null, parent: instance);

        Layer("GroupNorm", "normalization", "num_groups, num_channels, eps=1e-05, affine=True, device=None, dtype=None", (m, a) =>
        {
            if (Py.Truth(Py.Binary(BinaryOperator.Modulo, a[2], a[1])))
                throw PyErrors.ValueError("num_channels must be divisible by num_groups");
            Affine(m, a.Bool(4), a[6], a[2]);
        }, "input", (m, a) => Normalizations.GroupNorm(InputWith(a[1], "size"), m.Long("num_groups"), m.Parameter("weight"), m.Parameter("bias"), m.Double("eps")),
            m => $"{Show(m, "num_groups")}, {Show(m, "num_channels")}, eps={Show(m, "eps")}, affine={Show(m, "affine")}")
            .Method("reset_parameters", "self", ResetAffine);
        Layer("LayerNorm", "normalization", "normalized_shape, eps=1e-05, elementwise_affine=True, device=None, dtype=None", (m, a) =>
        {
            var shape = a[1] is PyTuple or PyList ? PyTuple.From(Py.ToList(a[1]))
                : Py.IsInt(a[1]) ? new PyTuple(a[1])
                : a[1] is double ? throw PyErrors.TypeError("'float' object is not iterable") : PyTuple.From(Py.ToList(a[1]));
            m.SetAttribute("normalized_shape", shape);
            Affine(m, a.Bool(3), a[5], shape.Items);
        }, "input", (m, a) => Aten.Call("layer_norm", Input(a[1], "layer_norm"), Ints(m.Get("normalized_shape"), "layer_norm", "normalized_shape"),
            m.Parameter("weight"), m.Parameter("bias"), m.Double("eps")),
            m => $"{Show(m, "normalized_shape")}, eps={Show(m, "eps")}, elementwise_affine={Show(m, "elementwise_affine")}")
            .Method("reset_parameters", "self", ResetAffine);
        Layer("LocalResponseNorm", "normalization", "size, alpha=0.0001, beta=0.75, k=1.0", (_, _) => { }, "input", (m, a) =>
            Normalizations.LocalResponseNorm(Input(a[1], "local_response_norm"), m.Long("size"), m.Double("alpha"), m.Double("beta"), m.Double("k")),
            m => $"{Show(m, "size")}, alpha={Show(m, "alpha")}, beta={Show(m, "beta")}, k={Show(m, "k")}");
    }

    private static object? ResetAffine(NativeArguments a)
    {
        var m = (ModuleObject)a[0];
        if (m.Parameter("weight") is { } weight)
            Initialization.Fill(weight, 1);
        if (m.Parameter("bias") is { } bias)
            Initialization.Fill(bias, 0);
        return null;
    }

    private static void Affine(ModuleObject m, bool affine, object dtype, params object[] shape)
    {
        if (!affine)
        {
            NoParameter(m, "weight");
            NoParameter(m, "bias");
            return;
        }

        Initialization.Fill(NewParameter("weight", m, dtype, shape), 1);
        Initialization.Fill(NewParameter("bias", m, dtype, shape), 0);
    }

    private static void InitNorm(ModuleObject m, object dtype)
    {
        var features = m.Get("num_features");
        Affine(m, m.Bool("affine"), dtype, features);
        if (m.Bool("track_running_stats"))
        {
            NewBuffer("running_mean", m, Aten.InPlace("zero_", Empty(dtype, [features])));
            NewBuffer("running_var", m, Aten.InPlace("fill_.Scalar", Empty(dtype, [features]), 1.0));
            NewBuffer("num_batches_tracked", m, TensorData.FromPython(Py.Int(0), Dtype.Int64));
        }
        else
        {
            foreach (var name in (string[])["running_mean", "running_var", "num_batches_tracked"])
                m.Buffers!.Set(name, Py.None);
        }
    }

    private static void ResetRunning(ModuleObject m)
    {
        if (m.Buffer("running_mean") is { } mean)
            Aten.InPlace("zero_", mean);
        if (m.Buffer("running_var") is { } variance)
            Aten.InPlace("fill_.Scalar", variance, 1.0);
        if (m.Buffer("num_batches_tracked") is { } count)
            Aten.InPlace("zero_", count);
    }

    private static TensorObject BatchNorm(ModuleObject m, object value)
    {
        Py.CallMethod(m, "_check_input_dim", value);
        var input = Input(value, "batch_norm");
        var factor = m.Get("momentum") is PyNone ? 0.0 : m.Double("momentum");
        var track = m.Bool("track_running_stats");
        if (m.Training && track && m.Buffer("num_batches_tracked") is { } count)
        {
            Aten.InPlace("add_.Scalar", count, 1L);
            if (m.Get("momentum") is PyNone)
                factor = 1.0 / Convert.ToDouble(TensorData.Item(count), null);
        }

        var mean = m.Buffer("running_mean");
        var variance = m.Buffer("running_var");
        var training = m.Training || (mean is null && variance is null);
        var keep = !m.Training || track;
        return Normalizations.BatchNorm(input, keep ? mean : null, keep ? variance : null, m.Parameter("weight"), m.Parameter("bias"), training, factor, m.Double("eps"));
    }

    private static TensorObject InstanceNorm(ModuleObject m, TensorObject input)
    {
        var name = m.Class.Name;
        var dims = m.Class.MethodResolutionOrder.Select(c => c.Name).FirstOrDefault(n => n.StartsWith("InstanceNorm", StringComparison.Ordinal)) is { } known ? known[12] - '0' : 2;
        if (input.Dim != dims + 1 && input.Dim != dims + 2)
            throw PyErrors.ValueError($"expected {dims + 1}D or {dims + 2}D input (got {input.Dim}D input)");
        var unbatched = input.Dim == dims + 1;
        var x = unbatched ? Aten.Call("unsqueeze", input, 0L) : input;
        var useInput = m.Training || !m.Bool("track_running_stats");
        var result = Normalizations.InstanceNorm(x, m.Buffer("running_mean"), m.Buffer("running_var"), m.Parameter("weight"), m.Parameter("bias"),
            useInput, m.Get("momentum") is PyNone ? 0 : m.Double("momentum"), m.Double("eps"));
        return unbatched ? Aten.Call("squeeze.dim", result, 0L) : result;
    }
}
