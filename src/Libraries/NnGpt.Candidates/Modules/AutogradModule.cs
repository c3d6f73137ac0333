using NnGpt.Candidates.Autograd;
using NnGpt.Candidates.Dispatch;
using NnGpt.Candidates.Execution;
using NnGpt.Candidates.Tensors;
using NnGpt.Python.Runtime;
using NnGpt.Torch;

namespace NnGpt.Candidates.Modules;

/// <summary>torch.autograd.</summary>
internal static class AutogradModule
{
    public static readonly PyModule Template = new PyModule("torch.autograd")
        .Add(FunctionClass.Type)
        .Add(GradModes.NoGradClass)
        .Add(GradModes.EnableGradClass)
        .Add(GradModes.SetGradClass)
        .Function("Variable", "data, requires_grad=False, volatile=False", a =>
        {
            if (a.Bool(1))
                a.Tensor(0).Tensor.RequiresGrad = true;
            return a[0];
        })
        .Function("backward", "tensors, grad_tensors=None, retain_graph=None, create_graph=False", a =>
        {
            IReadOnlyList<object> tensors = a[0] is TensorObject ? [a[0]] : Py.ToList(a[0]);
            IReadOnlyList<object> gradients = a[1] is TensorObject or PyNone ? [a[1]] : Py.ToList(a[1]);
            for (var i = 0; i < tensors.Count; i++)
                Engine.Backward((TensorObject)tensors[i], (i < gradients.Count ? gradients[i] : null) as TensorObject, !a.IsNone(2) && a.Bool(2), a.Bool(3));
            return null;
        })
        .Function("grad", "outputs, inputs, grad_outputs=None, retain_graph=None, create_graph=False, only_inputs=True, allow_unused=False", a =>
        {
            static TensorObject[] List(object value) => [.. (value is TensorObject ? [value] : Py.ToList(value)).Cast<TensorObject>()];
            var (outputs, inputs) = (List(a[0]), List(a[1]));
            var weights = a.IsNone(2) ? null : List(a[2]);
            var results = Engine.Gradients(outputs, inputs, weights, !a.IsNone(3) && a.Bool(3), a.Bool(4), a.Bool(6));
            return new PyTuple([.. results.Select(t => t is null ? Py.None : CandidateSession.Current.Wrap(t))]);
        })
        .Function("set_detect_anomaly", "mode, check_nan=True", _ => new PyInstance(CudaModule.NullContext))
        .Set("detect_anomaly", CudaModule.NullContext);
}
