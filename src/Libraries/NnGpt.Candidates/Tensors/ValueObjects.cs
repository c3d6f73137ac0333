using NnGpt.Python.Runtime;
using NnGpt.Torch;

namespace NnGpt.Candidates.Tensors;

/// <summary>torch.float32 and the like: one object per dtype, so that <c>is</c> works.</summary>
internal sealed class DTypeObject : PyObject
{
    public static readonly PyClass Type = new PyClass("dtype", "torch") { IsAbstractNative = true, IsQualified = true }
        .Method("__repr__", self => "torch." + ((DTypeObject)self).Value.PythonName())
        .Property("is_floating_point", self => Py.Bool(((DTypeObject)self).Value.IsFloatingPoint()))
        .Property("is_complex", self => Py.Bool(IsComplex(((DTypeObject)self).Value)))
        .Property("is_signed", self => Py.Bool(((DTypeObject)self).Value is not (Dtype.UInt8 or Dtype.Bool)))
        .Property("itemsize", self => Py.Int(((DTypeObject)self).Value.ElementSize()));

    private static readonly Dictionary<Dtype, DTypeObject> s_all = Enum.GetValues<Dtype>().ToDictionary(d => d, d => new DTypeObject(d));

    private DTypeObject(Dtype value) : base(Type) => Value = value;

    public Dtype Value { get; }

    public static DTypeObject Of(Dtype dtype) => s_all[dtype];

    public static bool IsComplex(Dtype dtype) => dtype is Dtype.Complex32 or Dtype.Complex64 or Dtype.Complex128;
}

/// <summary>torch.device.</summary>
internal sealed class DeviceObject : PyObject
{
    public static readonly PyClass Type = new PyClass("device", "torch") { IsQualified = true }
        .New("cls, type='cpu', index=None", a => new DeviceObject(Parse(a[1], a.IsNone(2) ? null : a.Int(2))))
        .Method("__init__", "self, *args, **kwargs", _ => null)
        .Method("__repr__", self => ((DeviceObject)self).Describe())
        .Method("__str__", self => ((DeviceObject)self).Value.ToString())
        .Method("__eq__", (left, right) => Py.Bool(right is DeviceObject other && other.Value == ((DeviceObject)left).Value))
        .Method("__ne__", (left, right) => Py.Bool(right is not DeviceObject other || other.Value != ((DeviceObject)left).Value))
        .Method("__hash__", self => Py.Int(((DeviceObject)self).Value.GetHashCode()))
        .Property("type", self => ((DeviceObject)self).TypeName)
        .Property("index", self => ((DeviceObject)self).Value.Index < 0 ? Py.None : Py.Int(((DeviceObject)self).Value.Index));

    public static readonly DeviceObject Cpu = new(Device.Cpu);

    public DeviceObject(Device value) : base(Type) => Value = value;

    public Device Value { get; }

    public string TypeName => Value.ToString().Split(':')[0];

    public static Device Parse(object value, int? index = null)
    {
        switch (value)
        {
            case DeviceObject device:
                return device.Value;
            case long number:
                return Device.Cuda((int)number);
        }

        if (!Py.TryText(value, out var text))
            throw PyErrors.TypeError($"device(): argument 'type' must be str, not {Py.TypeName(value)}");
        if (!Device.TryParse(index is null ? text : $"{text}:{index}", out var parsed))
        {
            throw PyErrors.RuntimeError(
                "Expected one of cpu, cuda, ipu, xpu, mkldnn, opengl, opencl, ideep, hip, ve, fpga, ort, xla, lazy, vulkan, mps, meta, hpu, privateuseone device type at start of device string: "
                + text.Split(':')[0]);
        }

        return parsed;
    }

    private string Describe() => Value.Index < 0 ? $"device(type='{TypeName}')" : $"device(type='{TypeName}', index={Value.Index})";
}

/// <summary>torch.channels_last and the like.</summary>
internal sealed class MemoryFormatObject : PyObject
{
    public static readonly PyClass Type = new PyClass("memory_format", "torch") { IsAbstractNative = true, IsQualified = true }
        .Method("__repr__", self => ((MemoryFormatObject)self)._name);

    public static readonly MemoryFormatObject Contiguous = new(MemoryFormat.Contiguous, "torch.contiguous_format");
    public static readonly MemoryFormatObject Preserve = new(MemoryFormat.Preserve, "torch.preserve_format");
    public static readonly MemoryFormatObject ChannelsLast = new(MemoryFormat.ChannelsLast, "torch.channels_last");
    public static readonly MemoryFormatObject ChannelsLast3d = new(MemoryFormat.ChannelsLast3d, "torch.channels_last_3d");

    private readonly string _name;

    private MemoryFormatObject(MemoryFormat value, string name) : base(Type)
    {
        Value = value;
        _name = name;
    }

    public MemoryFormat Value { get; }
}

/// <summary>torch.strided.</summary>
internal sealed class LayoutObject : PyObject
{
    public static readonly PyClass Type = new PyClass("layout", "torch") { IsAbstractNative = true, IsQualified = true }
        .Method("__repr__", _ => "torch.strided");

    public static readonly LayoutObject Strided = new();

    private LayoutObject() : base(Type)
    {
    }
}

/// <summary>torch.Generator.</summary>
internal sealed class GeneratorObject : PyObject
{
    public static readonly PyClass Type = new PyClass("Generator", "torch")
        .New("cls, device='cpu'", _ => new GeneratorObject(new Generator(67280421310721)))
        .Method("__init__", "self, *args, **kwargs", _ => null)
        .Method("manual_seed", "self, seed", a =>
        {
            var self = (GeneratorObject)a[0];
            self._seed = a.Long(1);
            self.Value.ManualSeed(unchecked((ulong)self._seed));
            return self;
        })
        .Method("initial_seed", self => Py.Int(((GeneratorObject)self)._seed))
        .Method("get_state", self => Execution.CandidateSession.Current.Wrap(((GeneratorObject)self).Value.GetState()))
        .Method("set_state", "self, new_state", a =>
        {
            Dispatch.Aten.Guard(() => ((GeneratorObject)a[0]).Value.SetState(a.Tensor(1).Tensor));
            return null;
        })
        .Property("device", _ => DeviceObject.Cpu);

    private long _seed = 67280421310721;

    public GeneratorObject(Generator value) : base(Type) => Value = value;

    public Generator Value { get; }
}

/// <summary>torch.Size: a tuple of ints.</summary>
internal sealed class SizeObject : PyTuple
{
    public static readonly PyClass Type = new PyClass("Size", "torch", PyTypes.Tuple) { IsQualified = true }
        .New("cls, iterable=()", a => new SizeObject([.. Py.ToList(a[1]).Select(item => Py.Int(Py.ToLong(item)))]))
        .Method("__init__", "self, *args", _ => null)
        .Method("numel", "self", a => Py.Int(((PyTuple)a[0]).Items.Aggregate(1L, (product, item) => product * (long)item)))
        .Method("__repr__", self => "torch.Size([" + string.Join(", ", ((PyTuple)self).Items.Select(Py.Repr)) + "])")
        .Method("__add__", (left, right) => right is PyTuple other ? new SizeObject([.. ((PyTuple)left).Items, .. other.Items]) : Py.NotImplemented)
        .Method("__mul__", (left, right) => Repeated((PyTuple)left, right))
        .Method("__rmul__", (left, right) => Repeated((PyTuple)left, right))
        .Method("__getitem__", (self, key) => Item((SizeObject)self, key));

    public SizeObject(object[] items) : base(Type, items)
    {
    }

    public static SizeObject Of(ReadOnlySpan<long> sizes)
    {
        var items = new object[sizes.Length];
        for (var i = 0; i < items.Length; i++)
            items[i] = Py.Int(sizes[i]);
        return new SizeObject(items);
    }

    private static object Repeated(PyTuple self, object times) => Py.TryIndex(times, out var count)
        ? new SizeObject([.. Enumerable.Repeat(self.Items, (int)Math.Clamp(count, 0, 1 << 20)).SelectMany(items => items)])
        : Py.NotImplemented;

    private static object Item(SizeObject self, object key)
    {
        if (key is PySlice slice)
        {
            var (start, _, step, count) = slice.Indices(self.Count);
            return new SizeObject([.. Enumerable.Range(0, (int)count).Select(i => self[(int)(start + i * step)])]);
        }

        if (!Py.TryIndex(key, out var index))
            throw PyErrors.TypeError($"tuple indices must be integers or slices, not {Py.TypeName(key)}");
        if (index < 0)
            index += self.Count;
        return index >= 0 && index < self.Count ? self[(int)index] : throw PyErrors.IndexError("tuple index out of range");
    }
}
