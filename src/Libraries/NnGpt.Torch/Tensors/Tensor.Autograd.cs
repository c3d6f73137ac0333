using NnGpt.Torch.Interop;

namespace NnGpt.Torch;

public sealed unsafe partial class Tensor
{
    /// <summary>Whether autograd records operations on it.</summary>
    /// <exception cref="TorchException">RuntimeError: set on a tensor that is no leaf, or of integers.</exception>
    public bool RequiresGrad
    {
        get => Kept(NativeMethods.nngpt_tensor_requires_grad(Handle)) != 0;
        set => NativeMethods.Check(Kept(NativeMethods.nngpt_tensor_set_requires_grad(Handle, value ? 1 : 0)));
    }

    /// <summary>Whether it is the start of the graph: a parameter, or a tensor without history.</summary>
    public bool IsLeaf => Kept(NativeMethods.nngpt_tensor_is_leaf(Handle)) != 0;

    /// <summary>The gradient that backward accumulated, or null; set to null to drop it.</summary>
    public Tensor? Grad
    {
        get
        {
            nint gradient = Kept(NativeMethods.nngpt_tensor_grad(Handle));
            return gradient == 0 ? null : Own(gradient);
        }
        set
        {
            NativeMethods.Check(Kept(NativeMethods.nngpt_tensor_set_grad(Handle, value?.Handle ?? 0)));
            GC.KeepAlive(value);
        }
    }

    /// <summary>Drops the gradient of a leaf, unless it or its memory is also held elsewhere.</summary>
    /// <returns>Whether there was one and it was dropped.</returns>
    public bool TryDropGradient() => Kept(NativeMethods.nngpt_tensor_try_drop_grad(Handle)) != 0;

    /// <summary>Name of the autograd node ("AddBackward0"); empty for a leaf.</summary>
    public string GradFunctionName => Kept(NativeMethods.TakeString(NativeMethods.nngpt_tensor_grad_fn(Handle)));

    /// <summary>Counts in-place changes.</summary>
    public long Version
    {
        get
        {
            long version;
            NativeMethods.Check(Kept(NativeMethods.nngpt_tensor_version(Handle, &version)));
            return version;
        }
    }

    /// <summary>Keeps the gradient of a tensor that is no leaf.</summary>
    public void RetainGrad() => NativeMethods.Check(Kept(NativeMethods.nngpt_tensor_retain_grad(Handle)));

    /// <summary>Computes the gradients of this tensor with respect to the leaves that it depends on, and adds them to their Grad.</summary>
    /// <param name="gradient">Weights of the elements; may be null for a scalar.</param>
    /// <param name="retainGraph">Keep the graph for another backward.</param>
    /// <param name="createGraph">Record the computation of the gradients too.</param>
    /// <exception cref="TorchException">RuntimeError.</exception>
    public void Backward(Tensor? gradient = null, bool retainGraph = false, bool createGraph = false)
    {
        nint self = Handle;
        nint weights = gradient?.Handle ?? 0;
        int status = NativeMethods.nngpt_backward(&self, 1, &weights, gradient is null ? 0 : 1, retainGraph || createGraph ? 1 : 0, createGraph ? 1 : 0);
        GC.KeepAlive(gradient);
        GradientHooks.Rethrow();
        NativeMethods.Check(Kept(status));
    }

    /// <summary>torch.autograd.grad: the gradients of outputs with respect to inputs, without touching Grad.</summary>
    /// <exception cref="TorchException">RuntimeError.</exception>
    public static Tensor?[] Gradients(
        IReadOnlyList<Tensor> outputs, IReadOnlyList<Tensor> inputs, IReadOnlyList<Tensor?>? gradients = null,
        bool retainGraph = false, bool createGraph = false, bool allowUnused = false)
    {
        nint[] outs = [.. outputs.Select(static tensor => tensor.Handle)];
        nint[] ins = [.. inputs.Select(static tensor => tensor.Handle)];
        nint[] weights = [.. (gradients ?? []).Select(static tensor => tensor?.Handle ?? 0)];
        var results = new nint[ins.Length];
        fixed (nint* o = outs, i = ins, w = weights, r = results)
        {
            int status = NativeMethods.nngpt_grad(o, outs.Length, i, ins.Length, w, weights.Length,
                retainGraph || createGraph ? 1 : 0, createGraph ? 1 : 0, allowUnused ? 1 : 0, r);
            GradientHooks.Rethrow();
            NativeMethods.Check(status);
        }
        GC.KeepAlive(outputs);
        GC.KeepAlive(inputs);
        GC.KeepAlive(gradients);
        return [.. results.Select(static handle => handle == 0 ? null : Own(handle))];
    }

    /// <summary>The same data without history (tensor.data): changes to it are not recorded.</summary>
    public Tensor Data
    {
        get
        {
            nint data;
            NativeMethods.Check(Kept(NativeMethods.nngpt_tensor_variable_data(Handle, &data)));
            return Own(data);
        }
        set
        {
            NativeMethods.Check(Kept(NativeMethods.nngpt_tensor_set_data(Handle, value.Handle)));
            GC.KeepAlive(value);
        }
    }
}
