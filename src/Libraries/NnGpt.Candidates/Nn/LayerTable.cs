using NnGpt.Candidates.Dispatch;
using NnGpt.Candidates.Execution;
using NnGpt.Candidates.Tensors;
using NnGpt.Python.Runtime;
using NnGpt.Torch;

namespace NnGpt.Candidates.Nn;

/// <summary>What a layer's constructor does after its arguments are stored as attributes.</summary>
internal delegate void LayerInit(ModuleObject self, NativeArguments arguments);

/// <summary>A layer's forward pass; argument 0 is the module.</summary>
internal delegate object? LayerForward(ModuleObject self, NativeArguments arguments);

/// <summary>The classes of torch.nn by name, each declared in a few lines of the Layers files.</summary>
internal static partial class LayerTable
{
    private static readonly Dictionary<string, PyClass> s_classes = new(StringComparer.Ordinal);
    private static readonly Dictionary<PyClass, Func<ModuleObject, string>> s_texts = [];

    static LayerTable()
    {
        s_classes["Module"] = ModuleClass.Type;
        s_classes["Parameter"] = TensorClass.Parameter;
        DefineActivations();
        DefineLinear();
        DefineConvolutions();
        DefineNormalization();
        DefinePooling();
        DefineShape();
        DefineDropout();
        DefineSparse();
        DefineLosses();
        Recurrent.Define();
        Attention.Define();
        Containers.Define();
    }

    /// <summary>Every class, private bases too.</summary>
    public static IReadOnlyDictionary<string, PyClass> Classes => s_classes;

    /// <summary>module.extra_repr() of a native layer or of a candidate's subclass of one.</summary>
    public static string ExtraRepr(ModuleObject self)
    {
        foreach (var ancestor in self.Class.MethodResolutionOrder)
        {
            if (s_texts.TryGetValue(ancestor, out var text))
                return text(self);
        }

        return "";
    }

    /// <summary>Declares a class; all parameters of the signature become attributes, except bias, device and dtype.</summary>
    public static PyClass Layer(
        string name, string file, string signature, LayerInit? init, string forward, LayerForward? run,
        Func<ModuleObject, string>? text = null, PyClass? parent = null)
    {
        var cls = new PyClass(name, "torch.nn.modules." + file, parent ?? ModuleClass.Type);
        s_classes[name] = cls;
        if (init is not null)
        {
            var names = signature.Length == 0 ? [] : signature.Split(',')
                .Select(part => part.Trim().Split('=')[0].TrimStart('*')).Where(part => part is not ("" or "/")).ToArray();
            cls.Method("__init__", signature.Length == 0 ? "self" : "self, " + signature, a =>
            {
                var self = (ModuleObject)a[0];
                self.Initialize();
                for (var i = 0; i < names.Length; i++)
                {
                    if (names[i] is not ("bias" or "device" or "dtype"))
                        self.SetAttribute(names[i], a[i + 1]);
                }

                init(self, a);
                return null;
            });
        }

        if (run is not null)
            cls.Method("forward", "self, " + forward, a => run((ModuleObject)a[0], a));
        if (text is not null)
            s_texts[cls] = text;
        return cls;
    }

    /// <summary>A parameter of a layer, refused before its memory is allocated when it alone exceeds the budget.</summary>
    public static TensorObject NewParameter(string name, ModuleObject self, object dtype, params object[] sizes)
    {
        var tensor = Empty(dtype, sizes, isParameter: true);
        var session = CandidateSession.Current;
        var parameter = Aten.Guard(() =>
        {
            tensor.Tensor.RequiresGrad = true;
            return session.Tensors.Adopt(tensor, TensorClass.Parameter);
        });
        self.Parameters!.Set(name, parameter);
        return parameter;
    }

    /// <summary>torch.empty with the sizes of a layer, and its messages.</summary>
    public static TensorObject Empty(object dtype, object[] sizes, bool isParameter = false)
    {
        var session = CandidateSession.Current;
        // torch.empty(n) of a norm layer takes a tuple as well.
        if (sizes is [PyTuple or PyList])
            sizes = [.. Py.ToList(sizes[0])];
        var shape = new long[sizes.Length];
        var count = 1.0;
        for (var i = 0; i < sizes.Length; i++)
        {
            if (sizes[i] is double || (i == 0 && sizes[i] is bool) || !Py.TryIndex(sizes[i], out shape[i]))
                throw PyErrors.TypeError($"empty(): argument 'size' must be tuple of SymInts, but found element of type {Py.TypeName(sizes[i])} at pos {i + 1}");
            count *= Math.Max(0, shape[i]);
        }

        if (isParameter && count > session.Limits.MaxParameters)
        {
            throw new CandidateLimitException(RejectionReason.Parameters, "ParameterBudgetError",
                $"a parameter of {count:0} elements exceeds the budget of {session.Limits.MaxParameters}");
        }

        AllocationGuard.CheckCount(session, count);
        return Aten.Call("empty.memory_format", shape, dtype is DTypeObject wanted ? wanted.Value : session.DefaultDtype);
    }

    public static void NoParameter(ModuleObject self, string name) => self.Parameters!.Set(name, Py.None);

    public static TensorObject NewBuffer(string name, ModuleObject self, TensorObject value)
    {
        self.Buffers!.Set(name, value);
        return value;
    }

    /// <summary>The input of a layer, or the TypeError that the operator behind it gives.</summary>
    public static TensorObject Input(object value, string function) => value as TensorObject
        ?? throw PyErrors.TypeError($"{function}(): argument 'input' (position 1) must be Tensor, not {Py.TypeName(value)}");

    /// <summary>The input of a layer that PyTorch asks for an attribute first.</summary>
    public static TensorObject InputWith(object value, string attribute) => value as TensorObject
        ?? throw PyErrors.AttributeError($"'{Py.TypeName(value)}' object has no attribute '{attribute}'");

    /// <summary>The input and the target of a loss that PyTorch asks for their sizes first, the target before the input.</summary>
    public static TensorObject Sized(object input, object target, out TensorObject wanted)
    {
        wanted = InputWith(target, "size");
        return InputWith(input, "size");
    }

    /// <summary>_single, _pair, _triple.</summary>
    public static PyTuple Repeat(object value, int times) =>
        value is PyTuple tuple ? tuple : value is PyList list ? PyTuple.From(list.Items) : PyTuple.From(Enumerable.Repeat(value, times));

    /// <summary>An int or a sequence of ints for an operator.</summary>
    public static long[] Ints(object value, string function, string argument)
    {
        if (value is long single)
            return [single];
        if (value is not (PyTuple or PyList))
        {
            if (value is not (double or bool) && Py.TryIndex(value, out var index))
                return [index];
            throw PyErrors.TypeError($"{function}(): argument '{argument}' must be tuple of ints, not {Py.TypeName(value)}");
        }

        var items = Py.ToList(value);
        var result = new long[items.Count];
        for (var i = 0; i < result.Length; i++)
        {
            if (items[i] is double || (i == 0 && items[i] is bool) || !Py.TryIndex(items[i], out result[i]))
                throw PyErrors.TypeError($"{function}(): argument '{argument}' must be tuple of ints, but found element of type {Py.TypeName(items[i])} at pos {i + 1}");
        }

        return result;
    }

    public static string Show(ModuleObject self, string name) => Py.Repr(self.Get(name));
}
