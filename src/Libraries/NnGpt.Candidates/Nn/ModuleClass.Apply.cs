using NnGpt.Candidates.Execution;
using NnGpt.Candidates.Tensors;
using NnGpt.Python.Runtime;
using NnGpt.Torch;

namespace NnGpt.Candidates.Nn;

/// <summary>Module._apply, through which to(), float() and the like reach tensors that a module keeps elsewhere.</summary>
internal static partial class ModuleClass
{
    private static void DefineApply(PyClass cls) => cls.Method("_apply", "self, fn", a =>
    {
        var self = (ModuleObject)a[0];
        if (!self.Initialized)
            throw PyErrors.NoAttribute(self, "_modules");
        foreach (var child in self.Modules!.Values.OfType<ModuleObject>().ToList())
            Py.CallMethod(child, "_apply", a[1]);
        foreach (var parameter in self.Parameters!.Values.OfType<TensorObject>().Where(parameter => !parameter.IsLazy).ToList())
        {
            using var guard = NoGrad.Enter();
            if (Py.Call(a[1], parameter) is TensorObject changed && !ReferenceEquals(changed, parameter))
                TensorClass.SetData(parameter, changed);
        }

        foreach (var (name, value) in self.Buffers!.Entries.ToList())
        {
            if (value is TensorObject buffer)
                self.Buffers.Set((string)name, Py.Call(a[1], buffer));
        }

        return self;
    });

    /// <summary>The module after a move to the CPU, and after the cast of its floating-point tensors when there is a type.</summary>
    private static object Convert(object value, Dtype? dtype)
    {
        var self = (ModuleObject)value;
        if (NamedModules(self).Any(module => module.Value.Class.Lookup("_apply") is not NativeFunction))
        {
            return Py.CallMethod(self, "_apply", new NativeFunction("convert", "t", a =>
                a[0] is TensorObject tensor && dtype is { } target && tensor.Tensor.Dtype.IsFloatingPoint() ? TensorClass.Cast(tensor, target) : a[0]));
        }

        if (dtype is { } wanted)
            Cast(self, wanted);
        return self;
    }
}
