using NnGpt.Candidates.Dispatch;
using NnGpt.Candidates.Execution;
using NnGpt.Python.Runtime;
using NnGpt.Torch;

namespace NnGpt.Candidates.Tensors;

internal static partial class TensorClass
{
    private static readonly (string Name, Dtype Dtype)[] s_casts =
    [
        ("float", Dtype.Float32), ("double", Dtype.Float64), ("half", Dtype.Float16), ("bfloat16", Dtype.BFloat16), ("long", Dtype.Int64),
        ("int", Dtype.Int32), ("short", Dtype.Int16), ("char", Dtype.Int8), ("byte", Dtype.UInt8), ("bool", Dtype.Bool),
        ("cfloat", Dtype.Complex64), ("cdouble", Dtype.Complex128),
    ];

    private static void DefineMethods()
    {
        foreach (var (name, dtype) in s_casts)
            Type.Method(name, "self, *, memory_format=None", a => Cast((TensorObject)a[0], dtype));
        Type.Method("size", "self, dim=None", a => a.IsNone(1)
            ? SizeObject.Of(((TensorObject)a[0]).Shape)
            : Py.Int(Aten.Guard(() => ((TensorObject)a[0]).Tensor.Size(a.Int(1)))));
        Type.Method("stride", "self, dim=None", a => a.IsNone(1)
            ? PyTuple.OfInts(Strides((TensorObject)a[0]))
            : Py.GetItem(PyTuple.OfInts(Strides((TensorObject)a[0])), a[1]));
        foreach (var name in (string[])["dim", "ndimension"])
            Type.Method(name, self => Py.Int(((TensorObject)self).Dim));
        foreach (var name in (string[])["numel", "nelement"])
            Type.Method(name, self => Py.Int(((TensorObject)self).Tensor.NumElements));
        Type.Method("element_size", self => Py.Int(((TensorObject)self).Tensor.Dtype.ElementSize()));
        Type.Method("item", TensorItem);
        Type.Method("tolist", self => TensorData.ToList((TensorObject)self));
        Type.Method("to", "self, *args, **kwargs", a => To((TensorObject)a[0], a.Tuple(1), a.Dict(2)));
        Type.Method("type_as", "self, other", a => Cast((TensorObject)a[0], a.Tensor(1).Tensor.Dtype));
        Type.Method("cpu", "self, memory_format=None", a => a[0]);
        Type.Method("cuda", "self, device=None, non_blocking=False, memory_format=None", _ => throw NoCuda());
        Type.Method("get_device", "self", _ => Py.Int(-1));
        Type.Method("pin_memory", "self, device=None", a => a[0]);
        Type.Method("is_pinned", "self", _ => Py.False);
        Type.Method("share_memory_", "self", a => a[0]);
        Type.Method("type", "self, dtype=None, non_blocking=False", a => a.IsNone(1)
            ? "torch." + Indexing.TypeName((TensorObject)a[0])
            : Cast((TensorObject)a[0], TypeOf(a[1])));
        Type.Method("is_contiguous", "self, *, memory_format=None", a => Py.Bool(((TensorObject)a[0]).Tensor.IsContiguous(
            a[1] is MemoryFormatObject format ? format.Value : MemoryFormat.Contiguous)));
        Type.Method("new_tensor", "self, data, *, dtype=None, device=None, requires_grad=False", a =>
            TensorData.FromPython(a[1], a[2] is DTypeObject wanted ? wanted.Value : ((TensorObject)a[0]).Tensor.Dtype));
        Type.Method("new", "self, *args", a => Construct(a.Tuple(1)));
        Type.Method("norm", "self, p='fro', dim=None, keepdim=False, dtype=None", a => Norms.Norm((TensorObject)a[0], a[1], a[2], a.Bool(3)));
        Type.Method("unflatten", "self, dim, sizes", a => Unflatten((TensorObject)a[0], a.Long(1), [.. Py.ToList(a[2]).Select(Py.ToLong)]));
        Type.Method("split", "self, split_size, dim=0", a => PythonCall.Invoke("split", CallStyle.Method, [a[0], a[1], a[2]], null));
        Type.Method("unique", "self, sorted=True, return_inverse=False, return_counts=False, dim=None", a =>
            Norms.Unique((TensorObject)a[0], a.Bool(1), a.Bool(2), a.Bool(3), a[4]));
        // where.self(condition, self, other): the tensor is not the operator's first argument.
        Type.Method("where", "self, condition, y", a => PythonCall.Invoke("where", CallStyle.Function, [a[1], a[0], a[2]], null));
        Type.Method("apply_", "self, callable", a => Apply((TensorObject)a[0], a[1]));
        Type.Method("numpy", "self, *, force=False", a => Numpy((TensorObject)a[0]));
        Type.Method("__array__", "self, dtype=None", a => Numpy((TensorObject)a[0]));
        Type.Method("__array_wrap__", "self, array", a => TensorData.FromPython(a[1]));
        // No address is told; an object's number serves where addresses are compared.
        Type.Method("data_ptr", self => Py.Int(1 + (long)System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(self)));
        Type.Method("nonzero", "self, *, as_tuple=False", a => NonZero((TensorObject)a[0], a.Bool(1)));
        Type.Method("unique_consecutive", "self, return_inverse=False, return_counts=False, dim=None", a => Norms.UniqueConsecutive((TensorObject)a[0], a.Bool(1), a.Bool(2), a[3]));
        // The same tensor as an object of a subclass of Tensor.
        Type.Method("as_subclass", "self, cls", a => a[1] is PyClass cls && cls.IsSubclassOf(Type) && !cls.IsSubclassOf(Parameter)
            ? CandidateSession.Current.Tensors.Adopt((TensorObject)a[0], cls)
            : throw PyErrors.TypeError("as_subclass(): argument 'cls' must be a subclass of torch.Tensor"));
        Type.Method("to_sparse", "self, sparse_dim=None", a => CandidateSession.Current.Interpreter?.FindModule("torch.sparse")?.Find("_of_dense") is { } make
            ? Py.Call(make, a[0], a[1])
            : throw CandidateLimitException.Unsupported("Tensor.to_sparse"));
        Type.Method("is_shared", "self", _ => Py.False);
        Type.Method("has_names", "self", _ => Py.False);
    }

    private static void DefineProperties()
    {
        Type.Property("shape", self => SizeObject.Of(((TensorObject)self).Shape));
        Type.Property("ndim", self => Py.Int(((TensorObject)self).Dim));
        Type.Property("dtype", self => DTypeObject.Of(((TensorObject)self).Tensor.Dtype));
        Type.Property("device", self => ((TensorObject)self).Tensor.Device is { Type: not DeviceType.Cpu } other ? new DeviceObject(other) : DeviceObject.Cpu);
        Type.Property("layout", _ => LayoutObject.Strided);
        Type.Property("T", self => Aten.Call("numpy_T", (TensorObject)self));
        Type.Property("mT", self => Aten.Call("mT", (TensorObject)self));
        Type.Property("H", self => Aten.Call("matrix_H", (TensorObject)self));
        Type.Property("mH", self => Aten.Call("mH", (TensorObject)self));
        Type.Property("real", self => Aten.Call("real", (TensorObject)self));
        Type.Property("imag", self => Aten.Call("imag", (TensorObject)self));
        Type.Property("itemsize", self => Py.Int(((TensorObject)self).Tensor.Dtype.ElementSize()));
        foreach (var (name, value) in ((string, bool)[])[("is_cuda", false), ("is_cpu", true), ("is_sparse", false), ("is_quantized", false), ("is_meta", false), ("is_mkldnn", false), ("is_mps", false), ("is_xpu", false), ("is_nested", false), ("is_sparse_csr", false)])
            Type.Property(name, _ => Py.Bool(value));
        foreach (var name in (string[])["name", "names", "volatile", "output_nr"])
            Type.Property(name, _ => Py.None);
    }

    /// <summary>The places that are not zero: one tensor, or one a dimension.</summary>
    public static object NonZero(TensorObject self, bool asTuple) => asTuple
        ? new PyTuple([.. Aten.CallMany("nonzero_numpy", self)])
        : Aten.Call("nonzero", self);

    private static long[] Strides(TensorObject self)
    {
        if (CandidateSession.Current.ChannelsLast is not null)
            ChannelsLast.BeforeStrides(self.Tensor);
        return self.Tensor.Strides;
    }

    /// <summary>tensor.item(), with the check for a number of elements that is not one.</summary>
    private static object TensorItem(object self) => TensorData.Item((TensorObject)self);

    public static PyException NoCuda() => PyErrors.AssertionError("Torch not compiled with CUDA enabled");

    public static TensorObject Cast(TensorObject self, Dtype dtype) =>
        self.Tensor.Dtype == dtype ? self : Aten.Call("to.dtype", self, dtype);

    public static TensorObject Unflatten(TensorObject self, long dim, long[] sizes)
    {
        var shape = self.Shape;
        var at = dim < 0 ? dim + shape.Length : dim;
        if (at < 0 || at >= shape.Length)
            throw Aten.OfOperator(PyErrors.IndexError($"Dimension out of range (expected to be in range of [{-shape.Length}, {shape.Length - 1}], but got {dim})"));
        if (!sizes.Contains(-1) && sizes.Aggregate(1L, (p, s) => p * s) != shape[at])
        {
            throw Aten.OfOperator(PyErrors.RuntimeError(
                $"unflatten: Provided sizes [{string.Join(", ", sizes)}] don't multiply up to the size of dim {at} ({shape[at]}) in the input tensor"));
        }

        return Aten.Call("view", self, (long[])[.. shape[..(int)at], .. sizes, .. shape[(int)(at + 1)..]]);
    }

    /// <summary>tensor.to(...): dtype, device, another tensor, in any of PyTorch's forms.</summary>
    public static object To(TensorObject self, PyTuple positional, PyDict keywords)
    {
        Dtype? dtype = null;
        MemoryFormat? format = null;
        var copy = false;
        foreach (var value in positional.Items.Concat(keywords.Entries.Select(e => e.Value)))
        {
            switch (value)
            {
                case DTypeObject wanted:
                    dtype = wanted.Value;
                    break;
                case TensorObject other:
                    dtype = other.Tensor.Dtype;
                    break;
                case MemoryFormatObject wanted:
                    format = wanted.Value;
                    break;
                case bool or PyNone:
                    break;
                case DeviceObject or string or long:
                    CheckDevice(value);
                    break;
                case PyClass cls when ReferenceEquals(cls, PyTypes.Float) || ReferenceEquals(cls, PyTypes.Int) || ReferenceEquals(cls, PyTypes.Bool):
                    dtype = PlainType(cls);
                    break;
                default:
                    throw PyErrors.TypeError($"to() received an invalid combination of arguments - got ({Py.TypeName(value)}), but expected one of:\n * (torch.device device, torch.dtype dtype, bool non_blocking, bool copy, *, torch.memory_format memory_format)\n * (torch.dtype dtype, bool non_blocking, bool copy, *, torch.memory_format memory_format)\n * (Tensor tensor, bool non_blocking, bool copy, *, torch.memory_format memory_format)\n");
            }
        }

        foreach (var (key, value) in keywords.Entries)
        {
            if ((string)key is not ("device" or "dtype" or "non_blocking" or "copy" or "memory_format" or "other"))
                throw PyErrors.TypeError($"to() got an unexpected keyword argument '{key}'");
            copy |= (string)key == "copy" && Py.Truth(value);
        }

        if ((dtype is null || dtype == self.Tensor.Dtype) && format is null && !copy)
            return self;
        return Aten.Call("to.dtype", self, dtype ?? self.Tensor.Dtype, false, copy, format is { } f ? f : Argument.None);
    }

    /// <summary>float, int and bool as dtypes.</summary>
    public static Dtype PlainType(PyClass cls) =>
        ReferenceEquals(cls, PyTypes.Float) ? Dtype.Float64 : ReferenceEquals(cls, PyTypes.Int) ? Dtype.Int64 : Dtype.Bool;

    /// <summary>The device of an argument; only the CPU is there.</summary>
    public static Device CheckDevice(object value)
    {
        var device = DeviceObject.Parse(value);
        return device.Type switch
        {
            DeviceType.Cpu => device,
            DeviceType.Cuda => throw NoCuda(),
            _ => throw CandidateLimitException.Unsupported($"the device {device}"),
        };
    }

    private static Dtype TypeOf(object value)
    {
        if (value is DTypeObject dtype)
            return dtype.Value;
        if (value is PyClass { Module: "torch.cuda" } absent)
            throw PyErrors.TypeError($"type torch.cuda.{absent.Name} not available. Torch not compiled with CUDA enabled.");
        if (Py.TryText(value, out var text) || value is PyClass { Module: "torch", Name: var known } && (text = known).Length > 0)
        {
            foreach (var candidate in Enum.GetValues<Dtype>())
            {
                if (text.Split('.')[^1].Equals(candidate switch
                {
                    Dtype.Float32 => "FloatTensor",
                    Dtype.Float64 => "DoubleTensor",
                    Dtype.Int64 => "LongTensor",
                    Dtype.Int32 => "IntTensor",
                    Dtype.Bool => "BoolTensor",
                    Dtype.UInt8 => "ByteTensor",
                    Dtype.Float16 => "HalfTensor",
                    Dtype.BFloat16 => "BFloat16Tensor",
                    Dtype.Int16 => "ShortTensor",
                    Dtype.Int8 => "CharTensor",
                    _ => "",
                }, StringComparison.Ordinal))
                    return candidate;
            }
        }

        if (value is PyClass { Name: var name })
        {
            switch (name)
            {
                case "float": return Dtype.Float32;
                case "int": return Dtype.Int64;
                case "bool": return Dtype.Bool;
            }
        }

        throw PyErrors.TypeError($"dtype must be a type, str, or dtype object");
    }

    private static TensorObject Apply(TensorObject self, object function)
    {
        var isFloat = self.Tensor.Dtype.IsFloatingPoint();
        var values = new List<object>();
        foreach (var value in self.Tensor.ToArray<double>())
            values.Add(Py.Call(function, isFloat ? value : Py.Int((long)value)));
        var made = TensorData.FromPython(new PyList(values), self.Tensor.Dtype);
        return Aten.InPlace("copy_", self, Aten.Call("reshape", made, self.Shape));
    }

    // numpy arrays hold plain numbers; the numpy module makes one of a nested list.
    private static object Numpy(TensorObject self)
    {
        if (self.Tensor.RequiresGrad)
            throw PyErrors.RuntimeError("Can't call numpy() on Tensor that requires grad. Use tensor.detach().numpy() instead.");
        var numpy = CandidateSession.Current.Interpreter?.FindModule("numpy")
            ?? throw CandidateLimitException.Unsupported("numpy");
        return Py.CallMethod(numpy, "array", TensorData.ToList(self), self.Tensor.Dtype.PythonName());
    }
}
