using System.Collections.Concurrent;
using NnGpt.Torch.Interop;

namespace NnGpt.Torch;

/// <summary>All operators that libtorch's dispatcher knows.</summary>
public static unsafe class Operators
{
    private static readonly Lazy<Dictionary<string, List<string>>> s_names = new(ReadNames);
    private static readonly ConcurrentDictionary<(string Name, string Overload), Operator?> s_operators = new();
    private static readonly ConcurrentDictionary<string, IReadOnlyList<Operator>> s_overloads = new(StringComparer.Ordinal);

    /// <summary>Names with their namespace: "aten::add".</summary>
    public static IReadOnlyCollection<string> Names => s_names.Value.Keys;

    /// <summary>Whether there is an operator of that name; "aten::" may be left out.</summary>
    public static bool Exists(string name) => s_names.Value.ContainsKey(Qualified(name));

    /// <summary>The overload of that name.</summary>
    /// <exception cref="TorchException">AttributeError: there is none.</exception>
    public static Operator Get(string name, string overload = "") =>
        Find(name, overload) ?? throw new TorchException(TorchErrorKind.AttributeError, $"there is no operator {name}{(overload.Length > 0 ? "." : "")}{overload}");

    /// <summary>The overload of that name, or null.</summary>
    public static Operator? Find(string name, string overload = "") =>
        s_operators.GetOrAdd((Qualified(name), overload), static key =>
        {
            nint handle = NativeMethods.nngpt_operator_find(key.Name, key.Overload);
            return handle == 0 ? null : new Operator(handle);
        });

    /// <summary>All overloads of a name, in the order in which PyTorch tries them; empty when there is no such operator.</summary>
    public static IReadOnlyList<Operator> Overloads(string name) =>
        s_overloads.GetOrAdd(Qualified(name), static qualified =>
            s_names.Value.TryGetValue(qualified, out List<string>? overloads)
                ? OverloadOrder.Sort([.. overloads.Select(overload => Get(qualified, overload))])
                : []);

    /// <summary>
    /// Calls an operator as PyTorch calls it from Python: picks the overload that fits, converts and broadcasts the arguments.
    /// Values may be null, Tensor, bool, int, long, float, double, string, Dtype, Device, Layout, MemoryFormat, Generator, or lists of them.
    /// </summary>
    /// <param name="name">Name of the operator; "aten::" may be left out.</param>
    /// <param name="positional">Positional values; for a method, the tensor itself comes first.</param>
    /// <param name="keywords">Keyword values, or null.</param>
    /// <param name="style">Whether errors and names are those of a torch.* function or of a tensor method.</param>
    /// <returns>As <see cref="Operator.CallAny"/>.</returns>
    /// <exception cref="TorchException">TypeError: no overload fits; other kinds: the operator refused.</exception>
    public static object? Call(
        string name, IReadOnlyList<object?> positional, IReadOnlyDictionary<string, object?>? keywords = null, CallStyle style = CallStyle.Function)
    {
        BoundCall bound = OverloadResolver.Resolve(name, positional, keywords, style);
        object? result = bound.Operator.CallAny(bound.Arguments);
        if (bound.RequiresGrad && result is Tensor tensor)
        {
            tensor.RequiresGrad = true;
        }
        return result;
    }

    private static string Qualified(string name) => name.Contains("::", StringComparison.Ordinal) ? name : "aten::" + name;

    private static Dictionary<string, List<string>> ReadNames()
    {
        Dictionary<string, List<string>> names = new(StringComparer.Ordinal);
        foreach (string line in NativeMethods.TakeString(NativeMethods.nngpt_operator_names()).Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            // aten::add.Tensor
            int dot = line.IndexOf('.', StringComparison.Ordinal);
            string name = dot < 0 ? line : line[..dot];
            if (!names.TryGetValue(name, out List<string>? overloads))
            {
                names.Add(name, overloads = []);
            }
            overloads.Add(dot < 0 ? string.Empty : line[(dot + 1)..]);
        }
        return names;
    }
}
