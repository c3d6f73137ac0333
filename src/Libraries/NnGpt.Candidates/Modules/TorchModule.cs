using NnGpt.Candidates.Autograd;
using NnGpt.Candidates.Dispatch;
using NnGpt.Candidates.Execution;
using NnGpt.Candidates.Functional;
using NnGpt.Candidates.Nn;
using NnGpt.Candidates.Tensors;
using NnGpt.Python.Runtime;
using NnGpt.Torch;

namespace NnGpt.Candidates.Modules;

/// <summary>The names of the module torch.</summary>
internal static class TorchModule
{
    // The class of torch.FloatTensor and the like: a tensor is one of them by its dtype.
    private static readonly PyClass s_tensorType = new PyClass("tensortype", "torch", PyTypes.Type)
        .Method("__instancecheck__", (cls, value) => Py.Bool(value is TensorObject tensor && Indexing.TypeName(tensor) == ((PyClass)cls).Name));

    public static readonly PyModule Template = Define();

    private static PyModule Define()
    {
        var module = new PyModule("torch");
        module.Set("__version__", "1.13.1");
        foreach (var name in OperatorNames.TorchFunctions)
        {
            var op = name;
            module.Function(op, "*args, **kwargs", a => PythonCall.Invoke(op, CallStyle.Function, a.Tuple(0).Items, Factory(op, a.Dict(1))));
        }

        DefineTypes(module);
        DefineFactories(module);
        DefineFunctions(module);
        DefineModes(module);
        DefineState(module);
        return module;
    }

    private static void DefineTypes(PyModule module)
    {
        foreach (var dtype in Enum.GetValues<Dtype>())
            module.Set(dtype.PythonName(), DTypeObject.Of(dtype));
        foreach (var (alias, dtype) in ((string, Dtype)[])
            [("float", Dtype.Float32), ("double", Dtype.Float64), ("half", Dtype.Float16), ("long", Dtype.Int64), ("int", Dtype.Int32), ("short", Dtype.Int16), ("cfloat", Dtype.Complex64), ("cdouble", Dtype.Complex128)])
            module.Set(alias, DTypeObject.Of(dtype));
        module.Set("strided", LayoutObject.Strided);
        module.Set("contiguous_format", MemoryFormatObject.Contiguous);
        module.Set("preserve_format", MemoryFormatObject.Preserve);
        module.Set("channels_last", MemoryFormatObject.ChannelsLast);
        module.Set("channels_last_3d", MemoryFormatObject.ChannelsLast3d);
        foreach (var cls in (PyClass[])[TensorClass.Type, DTypeObject.Type, DeviceObject.Type, SizeObject.Type, GeneratorObject.Type, MemoryFormatObject.Type, LayoutObject.Type])
            module.Add(cls);
        foreach (var (name, dtype) in ((string, Dtype)[])
            [("FloatTensor", Dtype.Float32), ("DoubleTensor", Dtype.Float64), ("LongTensor", Dtype.Int64), ("IntTensor", Dtype.Int32), ("BoolTensor", Dtype.Bool), ("ByteTensor", Dtype.UInt8), ("HalfTensor", Dtype.Float16),
                ("ShortTensor", Dtype.Int16), ("CharTensor", Dtype.Int8), ("BFloat16Tensor", Dtype.BFloat16)])
        {
            module.Add(PyClass.OfMetaclass(s_tensorType, name, "torch").New("cls, *args, **kwargs", a => TensorClass.LegacyArguments(a.Tuple(1), a.Dict(2)) switch
            {
                { Count: 0 } => Aten.Call("empty.memory_format", new long[] { 0 }, dtype),
                var sizes when sizes.Items.All(item => item is long) => LayerTable.Empty(DTypeObject.Of(dtype), sizes.Items),
                var data => TensorData.FromPython(data[0], dtype),
            }));
        }

        foreach (var (name, value) in ((string, object)[])[("pi", Math.PI), ("e", Math.E), ("inf", double.PositiveInfinity), ("nan", double.NaN)])
            module.Set(name, value);
    }

    // The factories and their dtype, device and requires_grad arguments.
    private static PyDict Factory(string op, PyDict keywords)
    {
        if (keywords.GetOrNull("device") is { } device and not PyNone)
            TensorClass.CheckDevice(device);
        if (CandidateSession.Current.DefaultDtype != Dtype.Float32 && keywords.GetOrNull("dtype") is null
            && op is "zeros" or "ones" or "empty" or "rand" or "randn" or "linspace" or "eye")
        {
            keywords.Set("dtype", DTypeObject.Of(CandidateSession.Current.DefaultDtype));
        }

        return keywords;
    }

    private static void DefineFactories(PyModule module)
    {
        module.Function("tensor", "data, *, dtype=None, device=None, requires_grad=False, pin_memory=False", a =>
        {
            if (!a.IsNone(2))
                TensorClass.CheckDevice(a[2]);
            var made = TensorData.FromPython(a[0], a[1] is DTypeObject dtype ? dtype.Value : a.IsNone(1) ? null : (Dtype?)Marshal.ToNative(a[1]));
            if (a.Bool(3))
                Aten.Guard(() => { made.Tensor.RequiresGrad = true; });
            return made;
        });
        foreach (var name in (string[])["as_tensor", "asarray", "from_numpy"])
        {
            module.Function(name, "data, dtype=None, device=None", a =>
            {
                if (name == "from_numpy" && a[0] is PyList or PyTuple or long or double or TensorObject)
                    throw PyErrors.TypeError($"expected np.ndarray (got {Py.TypeName(a[0])})");
                Dtype? dtype = a[1] is DTypeObject wanted ? wanted.Value : null;
                if (a[0] is TensorObject tensor)
                    return dtype is { } target ? TensorClass.Cast(tensor, target) : tensor;
                return TensorData.FromPython(a[0], dtype);
            });
        }

        module.Function("normal", "mean, std=1.0, size=None, *, generator=None, out=None, dtype=None, device=None, requires_grad=False", a =>
            a[0] is TensorObject || a[1] is TensorObject || a.IsNone(2)
                ? PythonCall.Invoke("normal", CallStyle.Function, [a[0], a[1]], null)
                : Initialization.Normal(LayerTable.Empty(a[5], [.. Py.ToList(a[2])]), a.Double(0), a.Double(1)));
        module.Function("scalar_tensor", "s, *, dtype=None, layout=None, device=None, pin_memory=False, requires_grad=False", a =>
            TensorClass.Cast((TensorObject)PythonCall.Invoke("scalar_tensor", CallStyle.Function, [a[0]], null), a[1] is DTypeObject wanted ? wanted.Value : CandidateSession.Current.DefaultDtype));
        module.Function("complex", "real, imag", a => Aten.Call("complex", a.Tensor(0), a.Tensor(1)));
    }

    private static void DefineFunctions(PyModule module)
    {
        module.Function("is_tensor", "obj", a => Py.Bool(a[0] is TensorObject));
        module.Function("typename", "o", a => ModuleClass.TypeName(a[0]));
        module.Function("numel", "input", a => Py.Int(a.Tensor(0).Tensor.NumElements));
        module.Function("einsum", "*args", a =>
        {
            var items = a.Tuple(0).Items;
            if (items.Length < 2)
                throw PyErrors.ValueError("einsum(): must specify the equation string and at least one operand, or at least one operand and its subscripts list");
            if (!Py.TryText(items[0], out var equation))
                (equation, items) = Subscripts(items);
            var operands = items is [_, PyTuple or PyList] ? Py.ToList(items[1]) : items.Skip(1).ToList();
            var tensors = operands.Select(o => (o as TensorObject ?? throw PyErrors.TypeError($"einsum(): operands must be Tensors, not {Py.TypeName(o)}")).Tensor).ToArray();
            if (CandidateSession.Current.CountMacs)
                CandidateSession.Current.SpendMacs(EinsumCost.Of(equation, tensors));
            return Aten.Call("einsum", equation, (Tensor?[])tensors);
        });
        module.Function("meshgrid", "*tensors, indexing=None", a =>
        {
            var items = a.Tuple(0).Items is [PyTuple or PyList] ? Py.ToList(a.Tuple(0)[0]) : [.. a.Tuple(0).Items];
            var tensors = items.Select(o => (Tensor?)(o as TensorObject ?? throw PyErrors.TypeError("meshgrid(): expected Tensors")).Tensor).ToArray();
            return new PyTuple([.. a.IsNone(1) ? Aten.CallMany("meshgrid", tensors) : Aten.CallMany("meshgrid.indexing", tensors, a.Text(1))]);
        });
        module.Function("broadcast_tensors", "*tensors", a => PythonCall.Invoke("broadcast_tensors", CallStyle.Function, a.Tuple(0).Items is [PyTuple or PyList] ? a.Tuple(0).Items : [new PyList([.. a.Tuple(0).Items])], null));
        foreach (var name in (string[])["block_diag", "cartesian_prod", "atleast_1d", "atleast_2d", "atleast_3d"])
        {
            var op = name;
            module.Function(op, "*tensors", a => PythonCall.Invoke(op, CallStyle.Function,
                a.Tuple(0).Items.Length == 1 && op.StartsWith("atleast", StringComparison.Ordinal) ? a.Tuple(0).Items : a.Tuple(0).Items is [PyTuple or PyList] ? a.Tuple(0).Items : [new PyList([.. a.Tuple(0).Items])], null));
        }

        module.Function("norm", "input, p='fro', dim=None, keepdim=False, out=None, dtype=None", a => Norms.Norm(LayerTable.InputWith(a[0], "dim"), a[1], a[2], a.Bool(3)));
        module.Function("split", "tensor, split_size_or_sections, dim=0", a => Py.CallMethod(a.Tensor(0), "split", a[1], a[2]));
        module.Function("unique", "input, sorted=True, return_inverse=False, return_counts=False, dim=None", a => Norms.Unique(a.Tensor(0), a.Bool(1), a.Bool(2), a.Bool(3), a[4]));
        module.Function("tensordot", "a, b, dims=2", a => Contract(a.Tensor(0), a.Tensor(1), a[2]));
        module.Function("broadcast_shapes", "*shapes", a =>
        {
            var empties = a.Tuple(0).Items.Select(shape => (object)Aten.Call("expand", Aten.Call("zeros", Array.Empty<long>()), Norms.Dims(shape))).ToList();
            var all = (PyTuple)PythonCall.Invoke("broadcast_tensors", CallStyle.Function, [new PyList(empties)], null);
            return SizeObject.Of(((TensorObject)all[0]).Shape);
        });
        foreach (var name in (string[])["_pack_padded_sequence", "_pad_packed_sequence", "_weight_norm"])
            module.Function(name, "*args", a => PythonCall.Invoke(name, CallStyle.Function, a.Tuple(0).Items, null));
        module.Function("nonzero", "input, *, out=None, as_tuple=False", a => TensorClass.NonZero(a.Tensor(0), a.Bool(2)));
        module.Function("unique_consecutive", "input, return_inverse=False, return_counts=False, dim=None", a => Norms.UniqueConsecutive(a.Tensor(0), a.Bool(1), a.Bool(2), a[3]));
        foreach (var name in (string[])["result_type", "promote_types"])
            module.Function(name, "*args, **kwargs", a => DTypeObject.Of((Dtype)(sbyte)Py.ToLong(PythonCall.Invoke(name, CallStyle.Function, a.Tuple(0).Items, a.Dict(1)))));
        // Functions of the same names in Python stand before these operators.
        foreach (var name in (string[])["stft", "istft", "chain_matmul", "dropout"])
            module.Globals.Remove(name);
        module.Function("dropout", "input, p, train", a => Aten.Call("dropout", a.Tensor(0), a.Double(1), a.Bool(2)));
        module.Function("relu", "input", a => Aten.Call("relu", LayerTable.Input(a[0], "relu")));
        foreach (var name in (string[])["save", "load"])
            module.Function(name, "*args, **kwargs", _ => throw PyErrors.RuntimeError($"torch.{name} is not available: candidates have no files"));
        module.Function("compile", "model=None, *args, **kwargs", _ => throw PyErrors.AttributeError("module 'torch' has no attribute 'compile'"));
        module.Globals.Remove("compile");
    }

    private static void DefineModes(PyModule module)
    {
        module.Add(GradModes.NoGradClass);
        module.Add(GradModes.EnableGradClass);
        module.Add(GradModes.InferenceModeClass);
        module.Add(GradModes.SetGradClass);
        module.Add(CudaModule.Autocast);
        module.Function("is_grad_enabled", "", _ => Py.Bool(NoGrad.IsGradEnabled));
        module.Function("is_inference_mode_enabled", "", _ => Py.Bool(CandidateSession.Current.InferenceDepth > 0));
        module.Function("is_autocast_enabled", "", _ => Py.False);
    }

    private static void DefineState(PyModule module)
    {
        module.Function("manual_seed", "seed", a =>
        {
            if (!Py.IsInt(a[0]) && !Py.IsFloat(a[0]))
                throw Py.TryText(a[0], out var text) ? PyErrors.ValueError($"invalid literal for int() with base 10: {Py.Repr(text)}") : PyErrors.TypeError($"int() argument must be a string, a bytes-like object or a real number, not '{Py.TypeName(a[0])}'");
            TorchRandom.ManualSeed(unchecked((ulong)(long)a.Double(0)));
            return new GeneratorObject(Generator.Default);
        });
        module.Function("seed", "", _ => Py.Int(0));
        module.Function("initial_seed", "", _ => Py.Int(unchecked((long)TorchRandom.InitialSeed)));
        module.Set("default_generator", new GeneratorObject(Generator.Default));
        module.Function("get_default_dtype", "", _ => DTypeObject.Of(CandidateSession.Current.DefaultDtype));
        module.Function("set_default_dtype", "d", a =>
        {
            CandidateSession.Current.DefaultDtype = (a[0] as DTypeObject ?? throw a.Wrong(0, "torch.dtype")).Value;
            return null;
        });
        module.Function("set_default_tensor_type", "t", _ => null);
        foreach (var name in (string[])["set_num_threads", "set_num_interop_threads", "set_printoptions", "use_deterministic_algorithms", "set_flush_denormal", "set_float32_matmul_precision", "set_warn_always", "set_deterministic_debug_mode"])
            module.Function(name, "*args, **kwargs", _ => null);
        module.Function("get_num_threads", "", _ => Py.Int(1));
        module.Function("are_deterministic_algorithms_enabled", "", _ => Py.False);
        module.Function("get_rng_state", "", _ => CandidateSession.Current.Wrap(Generator.Default.GetState()));
        module.Function("set_rng_state", "new_state", a =>
        {
            Aten.Guard(() => Generator.Default.SetState(a.Tensor(0).Tensor));
            return null;
        });
        module.Function("finfo", "type=None", a => NumberInfo.Float(a.IsNone(0) ? CandidateSession.Current.DefaultDtype : ((DTypeObject)a[0]).Value));
        module.Function("iinfo", "type", a => NumberInfo.Integer(((DTypeObject)a[0]).Value));
    }

    // einsum(tensor, [0, 1], tensor, [1, 2], [0, 2]): the numbers are letters.
    private static (string Equation, object[] Items) Subscripts(object[] items)
    {
        static string Letters(object list) => string.Concat(Py.ToList(list).Select(item => item is PyEllipsis ? "..."
            : Py.ToLong(item) is >= 0 and < 52 and var number ? $"{(char)(number < 26 ? 'A' + number : 'a' + number - 26)}"
            : throw PyErrors.ValueError("einsum(): subscript in subscript list is not within the valid range [0, 52)")));
        var pairs = items.Length / 2;
        var equation = string.Join(',', Enumerable.Range(0, pairs).Select(i => Letters(items[2 * i + 1])));
        if (items.Length % 2 == 1)
            equation += "->" + Letters(items[^1]);
        return (equation, [equation, .. Enumerable.Range(0, pairs).Select(i => items[2 * i])]);
    }

    private static TensorObject Contract(TensorObject a, TensorObject b, object dims)
    {
        long[] left, right;
        if (dims is PyTuple or PyList)
        {
            var pair = Py.ToList(dims);
            left = Norms.Dims(pair[0]);
            right = Norms.Dims(pair[1]);
        }
        else
        {
            var n = Py.ToLong(dims);
            if (n < 0)
                throw PyErrors.RuntimeError($"tensordot expects dims >= 0, but got dims={n}");
            left = [.. Enumerable.Range(0, (int)n).Select(i => i - n)];
            right = [.. Enumerable.Range(0, (int)n).Select(i => (long)i)];
        }

        return Aten.Call("tensordot", a, b, left, right);
    }
}
