using NnGpt.Candidates.Dispatch;
using NnGpt.Candidates.Execution;
using NnGpt.Candidates.Tensors;
using NnGpt.Python.Runtime;
using NnGpt.Torch;

namespace NnGpt.Candidates.Autograd;

/// <summary>torch.autograd.Function: candidates derive from it and call apply.</summary>
internal static class FunctionClass
{
    public static readonly PyClass Context = new PyClass("FunctionCtx", "torch.autograd.function")
        .Method("save_for_backward", "self, *tensors", a =>
        {
            ((PyObject)a[0]).SetAttribute("saved_tensors", a.Tuple(1));
            return null;
        })
        .Method("mark_dirty", "self, *args", _ => null)
        .Method("mark_non_differentiable", "self, *args", _ => null)
        .Method("set_materialize_grads", "self, value", _ => null);

    public static readonly PyClass Type = new PyClass("Function", "torch.autograd", Context)
        .Method("__init__", "self, *args, **kwargs", _ => null)
        .ClassMethod("apply", "cls, *args", a => Apply((PyClass)a[0], a.Tuple(1).Items));

    private static object Apply(PyClass cls, object[] arguments)
    {
        var session = CandidateSession.Current;
        var context = new PyInstance(Context);
        context.SetAttribute("saved_tensors", PyTuple.Empty);
        var needs = Array.ConvertAll(arguments, argument => argument is TensorObject { Tensor.RequiresGrad: true });
        context.SetAttribute("needs_input_grad", new PyTuple(Array.ConvertAll(needs, Py.Bool)));
        var forward = Py.GetAttr(cls, "forward");
        object result;
        using (NoGrad.Enter())
            result = Py.Call(forward, [context, .. arguments], null);
        if (!NoGrad.IsGradEnabled || !needs.Contains(true))
            return result;
        var outputs = new List<TensorObject>();
        var node = new FunctionNode(context, Py.GetAttr(cls, "backward"), arguments, []);
        object Cut(object value)
        {
            if (value is not TensorObject tensor || !tensor.Tensor.Dtype.IsFloatingPoint())
                return value;
            var leaf = Aten.Call("detach", tensor);
            leaf.Tensor.RequiresGrad = true;
            outputs.Add(leaf);
            leaf.Node = node;
            // An alias, so that in-place changes by later code do not hit a leaf.
            return Aten.Call("alias", leaf);
        }

        var cut = result is PyTuple tuple ? new PyTuple(Array.ConvertAll(tuple.Items, Cut)) : Cut(result);
        session.FunctionNodes.Add(node with { Outputs = [.. outputs] });
        return cut;
    }
}
