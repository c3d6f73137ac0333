using System.Reflection;
using System.Text.RegularExpressions;
using NnGpt.Python;
using NnGpt.Python.Runtime;

namespace NnGpt.Candidates.Modules;

/// <summary>
/// The rarely used parts of torch, which are written in Python (the folder Python of this library): a file "torch.nn.py"
/// holds names of the module torch.nn. A file is compiled once per process, and run for a candidate that uses a name of it.
/// </summary>
internal static partial class PythonParts
{
    private static readonly Dictionary<string, Part> s_parts = Read();

    /// <summary>Modules that have a part in Python.</summary>
    public static IEnumerable<string> Modules => s_parts.Keys;

    /// <summary>The names a module has in Python.</summary>
    public static IEnumerable<string> Names(string module) => s_parts.TryGetValue(module, out var part) ? part.Names : [];

    /// <summary>The value of a name, or null when the module's part does not define it.</summary>
    public static object? Find(Interpreter interpreter, string module, string name)
    {
        if (!s_parts.TryGetValue(module, out var part) || !part.Names.Contains(name))
            return null;
        var parts = CandidateParts(interpreter);
        if (!parts.TryGetValue(module, out var made))
        {
            parts[module] = made = new PyModule(module);
            interpreter.Define(part.Code.Value, made);
        }

        return made.Find(name);
    }

    private static Dictionary<string, PyModule> CandidateParts(Interpreter interpreter) => s_made.GetOrCreateValue(interpreter);

    private static readonly System.Runtime.CompilerServices.ConditionalWeakTable<Interpreter, Dictionary<string, PyModule>> s_made = [];

    private static Dictionary<string, Part> Read()
    {
        var assembly = Assembly.GetExecutingAssembly();
        var parts = new Dictionary<string, Part>(StringComparer.Ordinal);
        foreach (var resource in assembly.GetManifestResourceNames().Where(name => name.EndsWith(".py", StringComparison.Ordinal)))
        {
            using var reader = new StreamReader(assembly.GetManifestResourceStream(resource)!);
            var source = reader.ReadToEnd();
            var names = Definition().Matches(source).Select(match => match.Groups[1].Value + match.Groups[2].Value).ToHashSet(StringComparer.Ordinal);
            parts[resource[..^3]] = new Part(names, new Lazy<PythonCode>(() => PythonSource.Compile(source, resource) is { Succeeded: true } compiled
                ? compiled.Code
                : throw new InvalidOperationException($"{resource} does not compile")));
        }

        return parts;
    }

    [GeneratedRegex(@"^(?:(?:def|class) (\w+)|(\w+)(?:, \w+)* = )", RegexOptions.Multiline)]
    private static partial Regex Definition();

    private sealed record Part(HashSet<string> Names, Lazy<PythonCode> Code);
}
