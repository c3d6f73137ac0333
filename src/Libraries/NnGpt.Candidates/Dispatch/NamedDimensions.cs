namespace NnGpt.Candidates.Dispatch;

/// <summary>
/// Overloads of operators that also take dimensions by name. Nobody calls these, but PyTorch counts them when it decides
/// whether it can tell what is wrong with one overload or has to list all.
/// </summary>
internal static class NamedDimensions
{
    private static readonly Dictionary<string, Overload[]> s_overloads = new(StringComparer.Ordinal)
    {
        ["sum"] = [new("*, torch.dtype dtype", 0, false), .. Both("tuple of ints dim, bool keepdim, *, torch.dtype dtype")],
        ["mean"] = [new("*, torch.dtype dtype", 0, false), .. Both("tuple of ints dim, bool keepdim, *, torch.dtype dtype")],
        ["prod"] = [new("*, torch.dtype dtype", 0, false), .. Both("int dim, bool keepdim, *, torch.dtype dtype")],
        ["softmax"] = [new("int dim, torch.dtype dtype", 1, true), new("name dim, *, torch.dtype dtype", 1, false)],
        ["log_softmax"] = [new("int dim, torch.dtype dtype", 1, true), new("name dim, *, torch.dtype dtype", 1, false)],
        ["logsumexp"] = Both("tuple of ints dim, bool keepdim"),
        ["cumsum"] = Both("int dim, *, torch.dtype dtype"),
        ["cumprod"] = Both("int dim, *, torch.dtype dtype"),
        ["unbind"] = [new("int dim", 0, false), new("name dim", 1, false)],
        ["transpose"] = [new("int dim0, int dim1", 2, false), new("name dim0, name dim1", 2, false)],
        ["cat"] = [new("tuple of Tensors tensors, int dim", 1, true), new("tuple of Tensors tensors, name dim", 2, true)],
    };

    /// <summary>The lines that list the overloads, when not exactly one of them takes so many arguments; else null.</summary>
    public static string? List(string name, bool isMethod, int given)
    {
        if (!s_overloads.TryGetValue(name, out var overloads))
            return null;
        var self = isMethod || name == "cat" ? "" : "Tensor input";
        (string Text, int Required)[] all = [.. overloads.Select(overload =>
        {
            var text = overload.HasOut && !isMethod ? overload.Text + (overload.Text.Contains('*') ? ", Tensor out" : ", *, Tensor out") : overload.Text;
            return (self.Length > 0 && text.Length > 0 ? $"{self}, {text}" : self + text, overload.Required + (self.Length > 0 ? 1 : 0));
        })];
        var plausible = all.Count(overload => given >= overload.Required && given <= overload.Text.Split(", ").Count(parameter => parameter != "*"));
        return plausible == 1 ? null : string.Concat(all.Select(overload => $" * ({overload.Text})\n"));
    }

    private static Overload[] Both(string text) =>
        [new(text, 1, true), new(text.Replace("tuple of ints dim", "tuple of names dim", StringComparison.Ordinal).Replace("int dim", "name dim", StringComparison.Ordinal), 1, true)];

    private sealed record Overload(string Text, int Required, bool HasOut);
}
