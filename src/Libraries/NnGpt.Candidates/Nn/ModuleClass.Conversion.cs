using NnGpt.Candidates.Dispatch;
using NnGpt.Candidates.Execution;
using NnGpt.Candidates.Tensors;
using NnGpt.Python.Runtime;
using NnGpt.Torch;

namespace NnGpt.Candidates.Nn;

internal static partial class ModuleClass
{
    private static void DefineConversion(PyClass cls)
    {
        cls.Method("train", "self, mode=True", a =>
        {
            if (a[1] is not bool)
                throw PyErrors.ValueError("training mode is expected to be boolean");
            SetTraining((ModuleObject)a[0], a.Bool(1));
            return a[0];
        });
        cls.Method("eval", self => Py.CallMethod(self, "train", Py.False));
        cls.Method("requires_grad_", "self, requires_grad=True", a =>
        {
            if (a[1] is not bool)
                throw PyErrors.TypeError($"requires_grad_(): argument 'requires_grad' (position 1) must be bool, not {Py.TypeName(a[1])}");
            foreach (var parameter in Parameters((ModuleObject)a[0]))
                (parameter.IsLazy ? throw TensorClass.Uninitialized("<method 'requires_grad_' of 'torch._C._TensorBase' objects>") : parameter).Tensor.RequiresGrad = a.Bool(1);
            return a[0];
        });
        cls.Method("to_empty", "self, *, device", a =>
        {
            TensorClass.CheckDevice(a[1]);
            return a[0];
        });
        cls.Method("zero_grad", "self, set_to_none=False", a =>
        {
            foreach (var parameter in Parameters((ModuleObject)a[0]))
                ZeroGradient(parameter, a.Bool(1));
            return null;
        });
        cls.Method("to", "self, *args, **kwargs", a =>
        {
            Dtype? dtype = null;
            foreach (var value in a.Tuple(1).Items.Concat(a.Dict(2).Entries.Select(e => e.Value)))
            {
                switch (value)
                {
                    case DTypeObject wanted:
                        dtype = wanted.Value.IsFloatingPoint() ? wanted.Value : throw PyErrors.TypeError(
                            $"nn.Module.to only accepts floating point or complex dtypes, but got desired dtype={Py.Repr(wanted)}");
                        break;
                    case TensorObject tensor:
                        dtype = tensor.Tensor.Dtype;
                        break;
                    case DeviceObject or string or long:
                        TensorClass.CheckDevice(value);
                        break;
                    case MemoryFormatObject or bool or PyNone:
                        break;
                    default:
                        throw PyErrors.TypeError($"to() received an invalid combination of arguments - got ({Py.TypeName(value)})");
                }
            }

            return Convert(a[0], dtype);
        });
        foreach (var (name, dtype) in ((string, Dtype)[])[("float", Dtype.Float32), ("double", Dtype.Float64), ("half", Dtype.Float16), ("bfloat16", Dtype.BFloat16)])
            cls.Method(name, self => Convert(self, dtype));
        DefineApply(cls);
        cls.Method("type", "self, dst_type", a =>
        {
            return Convert(a[0], (a[1] as DTypeObject ?? throw CandidateLimitException.Unsupported("Module.type of a name")).Value);
        });
        cls.Method("cpu", "self", a => Convert(a[0], null));
        cls.Method("cuda", "self, device=None", _ => throw TensorClass.NoCuda());
        cls.Method("share_memory", "self", a => a[0]);
        cls.Method("__deepcopy__", "self, memo", a => Copy((ModuleObject)a[0], a.Dict(1)));
    }

    public static void ZeroGradient(TensorObject parameter, bool setToNone)
    {
        if (setToNone)
        {
            parameter.Gradient = null;
            return;
        }

        if (parameter.TryZeroGradient())
            return;
        using var gradient = parameter.Tensor.Grad;
        if (gradient is null)
            return;

        if (gradient.GradFunctionName.Length > 0)
        {
            using var detached = gradient.Detach();
            Operators.Get("zero_").CallInPlace(detached);
            return;
        }

        gradient.RequiresGrad = false;
        Operators.Get("zero_").CallInPlace(gradient);
    }

    // train() of a child that candidate code overrides is called; all others are set directly.
    private static void SetTraining(ModuleObject self, bool mode, int depth = 0)
    {
        CheckDepth(depth);
        self.Training = mode;
        foreach (var (_, child) in NamedChildren(self).ToList())
        {
            if (child.Class.Lookup("train") is NativeFunction)
                SetTraining(child, mode, depth + 1);
            else
                Py.CallMethod(child, "train", Py.Bool(mode));
        }
    }

    private static void Cast(ModuleObject self, Dtype dtype)
    {
        foreach (var (_, module) in NamedModules(self))
        {
            foreach (var parameter in module.Parameters!.Values.OfType<TensorObject>())
            {
                if (parameter.Tensor.Dtype.IsFloatingPoint() && parameter.Tensor.Dtype != dtype)
                {
                    Aten.Guard(() =>
                    {
                        using var data = parameter.Tensor.Data;
                        using var converted = data.To(dtype);
                        parameter.Tensor.Data = converted;
                    });
                }
            }

            foreach (var (name, value) in module.Buffers!.Entries.ToList())
            {
                if (value is TensorObject buffer && buffer.Tensor.Dtype.IsFloatingPoint())
                    module.Buffers.Set((string)name, TensorClass.Cast(buffer, dtype));
            }
        }
    }

    private static object Copy(ModuleObject self, PyDict memo)
    {
        var key = Py.Int(System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(self));
        if (memo.TryGet(key, out var known))
            return known;
        var copy = new ModuleObject(self.Class) { Training = self.Training };
        memo.Set(key, copy);
        var deepCopy = Py.GetAttr(CandidateSession.Current.Interpreter!.FindModule("copy")!, "deepcopy");
        PyDict? Table(PyDict? table)
        {
            if (table is null)
                return null;
            var made = new PyDict();
            foreach (var (name, value) in table.Entries)
                made.Set(name, Py.Call(deepCopy, value, memo));
            return made;
        }

        copy.Parameters = Table(self.Parameters);
        copy.Buffers = Table(self.Buffers);
        copy.Modules = Table(self.Modules);
        copy.Attributes = Table(self.Attributes);
        copy.ForwardHooks = self.ForwardHooks?.Copy();
        copy.ForwardPreHooks = self.ForwardPreHooks?.Copy();
        copy.NonPersistent.UnionWith(self.NonPersistent);
        copy.NativeState = self.NativeState;
        return copy;
    }
}
