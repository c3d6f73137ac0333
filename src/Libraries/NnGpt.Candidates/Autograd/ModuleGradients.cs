using NnGpt.Candidates.Dispatch;
using NnGpt.Candidates.Nn;
using NnGpt.Candidates.Tensors;
using NnGpt.Python.Runtime;
using NnGpt.Torch;

namespace NnGpt.Candidates.Autograd;

/// <summary>The gradients of one call of a module, gathered for its backward hooks.</summary>
internal sealed class ModuleGradients(ModuleObject module, int inputs)
{
    private readonly object[] _inputs = [.. Enumerable.Repeat(Py.None, inputs)];
    private object[] _outputs = [];
    private int _awaited;

    /// <summary>An input whose gradient the hooks shall see.</summary>
    public TensorObject WatchInput(TensorObject input, int position)
    {
        _awaited++;
        Hooks.Register(input, gradient =>
        {
            _inputs[position] = gradient;
            if (--_awaited > 0)
                return Py.None;
            var changed = Run();
            return changed is not null && changed[position] is TensorObject replacement ? replacement : Py.None;
        });
        return input;
    }

    /// <summary>The result of the call, as the caller shall see it.</summary>
    public object WatchOutputs(object result)
    {
        var items = result is PyTuple tuple ? tuple.Items : [result];
        if (!NoGrad.IsGradEnabled || !items.Any(item => item is TensorObject { Tensor.RequiresGrad: true }))
            return result;
        _outputs = [.. Enumerable.Repeat(Py.None, items.Length)];
        var watched = (object[])items.Clone();
        for (var i = 0; i < items.Length; i++)
        {
            if (items[i] is not TensorObject { Tensor.RequiresGrad: true } output)
                continue;
            var position = i;
            var seen = Aten.Call("view_as", output, output);
            watched[i] = seen;
            Hooks.Register(seen, gradient =>
            {
                _outputs[position] = gradient;
                if (_awaited == 0)
                    Run();
                return Py.None;
            });
        }

        return result is PyTuple ? new PyTuple(watched) : watched[0];
    }

    private object[]? Run()
    {
        object[]? changed = null;
        foreach (var hook in module.BackwardHooks!.Values.ToList())
        {
            if (Py.Call(hook, module, new PyTuple(changed ?? _inputs), new PyTuple(_outputs)) is { } result and not PyNone)
                changed = result is PyTuple tuple ? tuple.Items : [result];
        }

        return changed;
    }
}
