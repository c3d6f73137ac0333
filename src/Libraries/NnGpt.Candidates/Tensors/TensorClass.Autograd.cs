using NnGpt.Candidates.Autograd;
using NnGpt.Candidates.Dispatch;
using NnGpt.Candidates.Execution;
using NnGpt.Python.Runtime;

namespace NnGpt.Candidates.Tensors;

internal static partial class TensorClass
{
    private static readonly PyClass s_node = new("Node", "torch.autograd") { IsAbstractNative = true };

    private static void DefineAutograd()
    {
        Type.Property("requires_grad",
            self => Py.Bool(((TensorObject)self).Tensor.RequiresGrad),
            (self, value) => SetRequiresGrad((TensorObject)self, Py.Truth(value)));
        Type.Property("is_leaf", self => Py.Bool(((TensorObject)self).Tensor.IsLeaf));
        Type.Property("retains_grad", self => Py.Bool(false));
        Type.Property("grad_fn", self => ((TensorObject)self).Tensor.GradFunctionName is { Length: > 0 } || ((TensorObject)self).Node is not null ? new PyInstance(s_node) : Py.None);
        Type.Property("_version", self => Py.Int(((TensorObject)self).Tensor.Version));
        Type.Property("grad", self => Gradient((TensorObject)self), (self, value) =>
            Aten.Guard(() => { ((TensorObject)self).Gradient = (value as TensorObject)?.Tensor; }));
        Type.Property("data",
            self => CandidateSession.Current.Wrap(((TensorObject)self).Tensor.Data),
            (self, value) => SetData((TensorObject)self, value as TensorObject
                ?? throw PyErrors.TypeError($"Variable data has to be a tensor, but got {Py.TypeName(value)}")));
        Type.Method("requires_grad_", "self, requires_grad=True", a =>
        {
            SetRequiresGrad((TensorObject)a[0], a.Bool(1));
            return a[0];
        });
        Type.Method("retain_grad", self =>
        {
            Aten.Guard(() => ((TensorObject)self).Tensor.RetainGrad());
            return Py.None;
        });
        Type.Method("backward", "self, gradient=None, retain_graph=None, create_graph=False, inputs=None", a =>
        {
            Engine.Backward((TensorObject)a[0], a.TensorOrNull(1), !a.IsNone(2) && a.Bool(2), a.Bool(3));
            return null;
        });
        Type.Method("register_hook", "self, hook", a => Hooks.OnGradient((TensorObject)a[0], a[1]));
    }

    private static object Gradient(TensorObject self)
    {
        var gradient = self.Gradient;
        return gradient is null ? Py.None : CandidateSession.Current.Wrap(gradient);
    }

    private static void SetRequiresGrad(TensorObject self, bool value) => Aten.Guard(() => { self.Tensor.RequiresGrad = value; });

    // tensor.data = other: the tensor keeps its identity and gets the other's storage.
    public static void SetData(TensorObject self, TensorObject value) => Aten.Guard(() => { self.Tensor.Data = value.Tensor; });
}
