using NnGpt.Candidates.Dispatch;
using NnGpt.Candidates.Execution;
using NnGpt.Python.Runtime;
using NnGpt.Torch;

namespace NnGpt.Candidates.Tensors;

/// <summary>torch.Tensor and torch.nn.Parameter.</summary>
internal static partial class TensorClass
{
    /// <summary>torch.Tensor.</summary>
    public static readonly PyClass Type = new("Tensor", "torch") { InstancesHaveAttributes = true };

    /// <summary>torch.nn.Parameter.</summary>
    public static readonly PyClass Parameter = new("Parameter", "torch.nn.parameter", Type);

    /// <summary>torch.nn.parameter.UninitializedParameter.</summary>
    public static readonly PyClass UninitializedParameter = new("UninitializedParameter", "torch.nn.parameter", Parameter);

    /// <summary>torch.nn.parameter.UninitializedBuffer.</summary>
    public static readonly PyClass UninitializedBuffer = new("UninitializedBuffer", "torch.nn.parameter", Type);

    static TensorClass()
    {
        DefineOperators();
        DefineSchemaMethods();
        DefineMethods();
        DefineProperties();
        DefineAutograd();
        DefineUninitialized();
        Type.New("cls, *args, **kwargs", a => Construct(LegacyArguments(a.Tuple(1), a.Dict(2))));
        Type.Method("__init__", "self, *args, **kwargs", _ => null);
        Parameter.New("cls, data=None, requires_grad=True", a =>
        {
            var session = CandidateSession.Current;
            var data = a.IsNone(1) ? Aten.Call("empty.memory_format", new long[] { 0 }) : Nn.LayerTable.InputWith(a[1], "detach");
            var wanted = a[2] is bool flag ? flag
                : throw PyErrors.TypeError($"_make_subclass(): argument 'require_grad' (position 3) must be bool, not {Py.TypeName(a[2])}");
            return Aten.Guard(() =>
            {
                var tensor = data.Tensor.Data;
                var cls = a[0] as PyClass ?? Parameter;
                var parameter = session.Tensors.Add(new TensorObject(tensor, cls));
                if (wanted && !tensor.Dtype.IsFloatingPoint() && !DTypeObject.IsComplex(tensor.Dtype))
                    throw PyErrors.RuntimeError("Only Tensors of floating point and complex dtype can require gradients");
                tensor.RequiresGrad = wanted;
                return parameter;
            });
        });
        Parameter.Method("__repr__", self => "Parameter containing:\n" + TensorText.Repr((TensorObject)self));
        Parameter.Method("__deepcopy__", "self, memo", a => CopyParameter((TensorObject)a[0], a.Dict(1)));
    }

    /// <summary>The tensor argument, or PyTorch's TypeError.</summary>
    public static TensorObject Tensor(this NativeArguments a, int index) =>
        a[index] is TensorObject tensor ? tensor.IsLazy ? throw Uninitialized("<function>") : tensor : throw a.Wrong(index, "Tensor");

    /// <summary>The tensor argument or null for None.</summary>
    public static TensorObject? TensorOrNull(this NativeArguments a, int index) => a.IsNone(index) ? null : a.Tensor(index);

    public static object CopyParameter(TensorObject self, PyDict memo)
    {
        var session = CandidateSession.Current;
        var key = Py.Int(System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(self));
        if (memo.TryGet(key, out var known))
            return known;
        if (!self.Tensor.IsLeaf)
            throw PyErrors.RuntimeError("Only Tensors created explicitly by the user (graph leaves) support the deepcopy protocol at the moment");
        var copy = Aten.Guard(() =>
        {
            using var guard = NoGrad.Enter();
            var tensor = self.Tensor.Clone();
            tensor.RequiresGrad = self.Tensor.RequiresGrad;
            return session.Tensors.Add(new TensorObject(tensor, self.Class));
        });
        memo.Set(key, copy);
        return copy;
    }

    /// <summary>The arguments of torch.Tensor(...) and torch.FloatTensor(...), which know no keyword but the device.</summary>
    public static PyTuple LegacyArguments(PyTuple arguments, PyDict keywords)
    {
        if (keywords.Keys.All(key => key is "device" or "data" or "size" or "other"))
            return arguments;
        throw PyErrors.TypeError(InvalidArguments.Complete("new" + InvalidArguments.Combination + ")\n * (*, torch.device device)\n * (torch.Storage storage)\n"
            + " * (Tensor other)\n * (tuple of ints size, *, torch.device device)\n * (object data, *, torch.device device)\n", arguments.Items, keywords)!);
    }

    private static object Construct(PyTuple arguments)
    {
        if (arguments.Count == 0)
            return Aten.Call("empty.memory_format", new long[] { 0 });
        if (arguments.Items.All(item => item is long))
            return Aten.Call("empty.memory_format", Array.ConvertAll(arguments.Items, item => (long)item));

        if (arguments is [SizeObject size])
            return Aten.Call("empty.memory_format", Array.ConvertAll(size.Items, item => (long)item));
        return TensorData.FromPython(arguments[0], CandidateSession.Current.DefaultDtype);
    }

    private static void DefineSchemaMethods()
    {
        foreach (var name in OperatorNames.TensorMethods)
        {
            var method = name;
            Type.Method(method, "self, *args, **kwargs", a =>
                PythonCall.Invoke(method, CallStyle.Method, [a[0], .. a.Tuple(1).Items], a.Dict(2)));
        }

        foreach (var name in OperatorNames.Known("Tensor"))
        {
            var missing = name;
            if (Type.Lookup(missing) is null && !missing.StartsWith('_'))
                Type.Property(missing, _ => throw CandidateLimitException.Unsupported($"Tensor.{missing}"));
        }
    }
}
