using System.Reflection;

namespace NnGpt.Candidates.Dispatch;

/// <summary>Which of the dispatcher's operators PyTorch 1.13 shows, and where; the dispatcher itself does not say.</summary>
internal static class OperatorNames
{
    private static readonly ILookup<string, string> s_known = Read("known-names.txt")
        .Select(line => line.Split(' ')).ToLookup(parts => parts[0], parts => parts[1]);

    /// <summary>Operators that are methods of tensors.</summary>
    public static readonly IReadOnlyList<string> TensorMethods = Read("tensor-operators.txt");

    /// <summary>Operators that are functions of the module torch.</summary>
    public static readonly IReadOnlySet<string> TorchFunctions = Read("torch-operators.txt").ToHashSet(StringComparer.Ordinal);

    /// <summary>Every public name of a namespace of PyTorch: those the runtime lacks are unsupported, all others are errors.</summary>
    public static IEnumerable<string> Known(string space) => s_known[space];

    /// <summary>Whether PyTorch has a name.</summary>
    public static bool IsKnown(string space, string name) => s_known[space].Contains(name, StringComparer.Ordinal);

    private static string[] Read(string resource)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream("NnGpt.Candidates.Dispatch." + resource)!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }
}
