using NnGpt.Candidates.Dispatch;
using NnGpt.Candidates.Execution;
using NnGpt.Candidates.Nn;
using NnGpt.Candidates.Tensors;
using NnGpt.Python.Runtime;
using NnGpt.Torch;

namespace NnGpt.Candidates.Autograd;

/// <summary>Tensor.register_hook and Module.register_full_backward_hook.</summary>
internal static class Hooks
{
    /// <summary>torch.utils.hooks.RemovableHandle.</summary>
    public static readonly PyClass HandleClass = new PyClass("RemovableHandle", "torch.utils.hooks") { IsAbstractNative = true }
        .Method("remove", self =>
        {
            (((PyInstance)self).NativeState as Action)?.Invoke();
            return Py.None;
        })
        .Method("__enter__", self => self)
        .Method("__exit__", "self, *args", a => Py.CallMethod(a[0], "remove"));

    /// <summary>What registering gives; remove() runs the action.</summary>
    public static PyInstance Handle(Action remove) => new(HandleClass) { NativeState = remove };

    /// <summary>A function that sees, and may replace, the gradient of a tensor.</summary>
    public static PyInstance OnGradient(TensorObject tensor, object hook)
    {
        if (!tensor.Tensor.RequiresGrad)
            throw PyErrors.RuntimeError("cannot register a hook on a tensor that doesn't require gradient");
        var id = Register(tensor, gradient => Py.Call(hook, gradient));
        return Handle(() => GradientHooks.Remove(id));
    }

    /// <summary>Inputs as the module's forward shall see them, so that the gradients of inputs and outputs pass the module's hooks.</summary>
    public static object[] BeforeForward(ModuleObject module, object[] arguments, out ModuleGradients gradients)
    {
        gradients = new ModuleGradients(module, arguments.Length);
        if (!NoGrad.IsGradEnabled)
            return arguments;
        var wrapped = (object[])arguments.Clone();
        for (var i = 0; i < wrapped.Length; i++)
        {
            if (wrapped[i] is TensorObject { Tensor.RequiresGrad: true } input)
                wrapped[i] = gradients.WatchInput(Aten.Call("view_as", input, input), i);
        }

        return wrapped;
    }

    internal static long Register(TensorObject tensor, Func<TensorObject, object> hook)
    {
        var session = CandidateSession.Current;
        var id = Aten.Guard(() => GradientHooks.Register(tensor.Tensor, gradient =>
        {
            session.Check();
            return hook(session.Wrap(gradient)) switch
            {
                TensorObject changed => changed.Tensor.Alias(),
                PyNone => null,
                var other => throw PyErrors.TypeError($"expected Variable, but hook returned '{Py.TypeName(other)}'"),
            };
        }));
        session.GradientHooks.Add(id);
        return id;
    }
}
