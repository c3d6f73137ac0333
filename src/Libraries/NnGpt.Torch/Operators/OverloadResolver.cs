using System.Collections;
using System.Collections.Concurrent;

namespace NnGpt.Torch;

/// <summary>Chooses the overload for Python-style arguments, with the messages of PyTorch's argument parser.</summary>
internal static class OverloadResolver
{
    private static readonly ConcurrentDictionary<(string Name, CallStyle Style, bool WantsOut), Signature[]> s_signatures = new();

    public static BoundCall Resolve(string name, IReadOnlyList<object?> positional, IReadOnlyDictionary<string, object?>? keywords, CallStyle style)
    {
        IReadOnlyList<Operator> overloads = Operators.Overloads(name);
        string shortName = name[(name.LastIndexOf(':') + 1)..];
        if (overloads.Count == 0)
        {
            throw new TorchException(TorchErrorKind.AttributeError, $"module 'torch' has no attribute '{shortName}'");
        }
        object? output = null;
        bool wantsOut = keywords is not null && keywords.TryGetValue("out", out output) && output is not null;
        Signature[] candidates = s_signatures.GetOrAdd((name, style, wantsOut), static (key, all) =>
            [.. all.Where(op => op.Schema.HasOut == key.WantsOut && !op.Schema.HasDimensionNames).Select(op => new Signature(op, key.Style))], overloads);
        if (candidates.Length == 0)
        {
            throw new TorchException(TorchErrorKind.TypeError, wantsOut ? $"{shortName}() got an unexpected keyword argument 'out'" : $"{shortName}() cannot be called");
        }
        CallValues values = new(positional, keywords, output, style);
        foreach (Signature signature in candidates)
        {
            if (signature.TryBind(values, report: false) is { } bound)
            {
                return bound;
            }
        }
        throw Explain(shortName, candidates, values);
    }

    private static TorchException Explain(string name, Signature[] candidates, CallValues values)
    {
        List<Signature> plausible = [.. candidates.Where(signature => signature.AcceptsCount(values))];
        Signature? only = plausible.Count == 1 ? plausible[0] : candidates.Length == 1 ? candidates[0] : null;
        if (only is not null)
        {
            try
            {
                only.TryBind(values, report: true);
            }
            catch (TorchException exception)
            {
                return exception;
            }
        }
        string got = string.Join(", ", values.Counted.Select(TypeName).Concat(values.Keywords.Select(pair => $"{pair.Key}={TypeName(pair.Value)}")));
        string expected = string.Concat(candidates.Select(static signature => $" * {signature}\n"));
        return new TorchException(TorchErrorKind.TypeError,
            $"{name}() received an invalid combination of arguments - got ({got}), but expected one of:\n{expected}");
    }

    /// <summary>The Python name of a value's type.</summary>
    public static string TypeName(object? value) => value switch
    {
        null => "NoneType",
        Tensor => "Tensor",
        bool => "bool",
        int or long => "int",
        float or double => "float",
        string => "str",
        Dtype => "torch.dtype",
        Device => "torch.device",
        Layout => "torch.layout",
        MemoryFormat => "torch.memory_format",
        Generator => "torch._C.Generator",
        Array => "tuple",
        IEnumerable => "list",
        _ => value.GetType().Name,
    };
}
