using System.Runtime.CompilerServices;
using NnGpt.Candidates.Nn;
using NnGpt.Candidates.Tensors;
using NnGpt.Python.Runtime;
using NnGpt.Torch;

namespace NnGpt.Candidates.Execution;

/// <summary>
/// Runs a candidate that knows nothing of memory formats in channels_last. What it could notice is kept from it: view()
/// where only a copy can have the new shape gives that copy, and a write to such a copy, or to what it was made from,
/// a question about strides or a view() that fails, as it may not in the usual order, ends the attempt
/// (<see cref="LayoutMattersException"/>).
/// </summary>
internal sealed class ChannelsLast
{
    private static readonly Operator s_contiguous = Operators.Get("contiguous");
    private readonly ConditionalWeakTable<Tensor, object> _copied = [];

    /// <summary>Whether a tensor is in channels_last and in no other order.</summary>
    public static bool Is(Tensor tensor) =>
        tensor.Dim == 4 && !tensor.IsContiguous() && tensor.IsContiguous(MemoryFormat.ChannelsLast);

    /// <summary>The batch in the new format.</summary>
    public static Tensor Convert(Tensor images) => s_contiguous.Call(images, MemoryFormat.ChannelsLast);

    /// <summary>Whether a network had weights to convert; without, the format costs and gains nothing.</summary>
    public bool IsUsed { get; private set; }

    /// <summary>The weights of convolutions in the new format.</summary>
    public void Convert(ModuleObject net)
    {
        using var guard = NoGrad.Enter();
        foreach (var parameter in ModuleClass.Parameters(net))
        {
            if (parameter.Tensor.Dim != 4)
                continue;
            IsUsed = true;
            using var data = parameter.Tensor.Data;
            using var converted = Convert(data);
            parameter.Tensor.Data = converted;
        }
    }

    /// <summary>Before an operator: gives a copy to read from when the layout would make it fail, else the tensor itself.</summary>
    public Tensor Before(string name, Tensor tensor, object?[] arguments)
    {
        if (name.EndsWith('_') && !name.EndsWith("__", StringComparison.Ordinal))
            BeforeWrite(tensor);
        return name is "view" or "reshape" or "flatten" or "flatten.using_ints" or "view_as" or "reshape_as" && Is(tensor) && !KeepsChannels(name, tensor, arguments)
            ? s_contiguous.Call(tensor)
            : tensor;
    }

    // Whether only what is behind batch and channels gets another shape: then there is a view in this order too.
    private static bool KeepsChannels(string name, Tensor tensor, object?[] arguments)
    {
        if (name is "flatten" or "flatten.using_ints")
            return arguments is [_, long start, ..] && (start < 0 ? start + tensor.Dim : start) >= 2;
        if (name is not ("view" or "reshape"))
            return false;
        object?[] sizes = arguments is [_, IEnumerable<object?> list] ? [.. list] : arguments[1..];
        return sizes is [long batch, long channels, _, ..] && batch == tensor.Shape[0] && channels == tensor.Shape[1];
    }

    /// <summary>After an operator that read from a copy: remembers that its result does not look at the original.</summary>
    public void After(Tensor original, object? result)
    {
        _copied.TryAdd(original, this);
        if (result is Tensor tensor)
            _copied.TryAdd(tensor, this);
    }

    /// <summary>Before strides are told.</summary>
    public static void BeforeStrides(Tensor tensor)
    {
        if (Is(tensor))
            throw new LayoutMattersException();
    }

    /// <summary>After a flatten that may have copied.</summary>
    public void Flattened(Tensor original, Tensor result)
    {
        if (!Is(original) || ReferenceEquals(original, result))
            return;
        _copied.TryAdd(original, this);
        _copied.TryAdd(result, this);
    }

    /// <summary>Before a tensor is changed in place.</summary>
    public void BeforeWrite(Tensor tensor)
    {
        if (_copied.TryGetValue(tensor, out _))
            throw new LayoutMattersException();
    }
}
