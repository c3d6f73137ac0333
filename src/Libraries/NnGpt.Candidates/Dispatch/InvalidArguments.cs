using System.Buffers.Binary;
using System.Text;
using NnGpt.Candidates.Tensors;
using NnGpt.Python.Runtime;
using NnGpt.Torch;

namespace NnGpt.Candidates.Dispatch;

/// <summary>
/// PyTorch's message for arguments that fit no overload: the types that were given, and of every overload with as many parameters why it does not fit.
/// </summary>
internal static class InvalidArguments
{
    /// <summary>What such a message has after the function's name.</summary>
    public const string Combination = "() received an invalid combination of arguments - got (";

    // PyTorch keeps keywords in a hash table of that many buckets, and prints them in its order.
    private const ulong Buckets = 13;

    // To Python these have one overload: numbers are tensors to it.
    private static readonly HashSet<string> s_arithmetic = ["add", "sub", "mul", "div", "add_", "sub_", "mul_", "div_", "multiply", "divide", "subtract", "true_divide"];

    /// <summary>The message about a call, where PyTorch has another one than the dispatcher's schemas give; else null.</summary>
    public static string? Complete(string name, string message, CallStyle style, object[] positional, PyDict? keywords)
    {
        object[] given = style == CallStyle.Method ? positional[1..] : positional;
        if (!message.StartsWith(name + "()", StringComparison.Ordinal))
            return null;
        // Tensors in a list are looked at before anything else is.
        if (given is [PyList or PyTuple, ..] && message.Contains("must be tuple of Tensors, not ", StringComparison.Ordinal)
            && Py.ToList(given[0]) is var items && items.FindIndex(item => item is not TensorObject) is >= 0 and var wrong)
            return $"expected Tensor as element {wrong} in argument 0, but got {Py.TypeName(items[wrong])}";
        var list = NamedDimensions.List(name, style == CallStyle.Method, given.Length + (keywords?.Count ?? 0));
        return Complete(list is null ? message : name + Combination + ")\n" + list, given, keywords);
    }

    /// <summary>The message completed with Python's names of the values' types; null when it is another one.</summary>
    public static string? Complete(string message, IReadOnlyList<object> positional, PyDict? keywords)
    {
        var at = message.IndexOf(Combination, StringComparison.Ordinal);
        if (at < 0)
            return null;
        var function = message[..at];
        if (s_arithmetic.Contains(function) && keywords is not { Count: > 0 } && positional.Count is 1 or 2)
        {
            for (var i = 0; i < positional.Count; i++)
            {
                if (Py.Unbox(positional[i]) is not (TensorObject or long or double or bool))
                    return $"{function}(): argument '{(i < positional.Count - 1 ? "input" : "other")}' (position {i + 1}) must be Tensor, not {Py.TypeName(positional[i])}";
            }
        }

        var named = InTableOrder(keywords);
        var text = new StringBuilder(message, 0, at, message.Length * 2).Append(Combination);
        text.AppendJoin(", ", positional.Select(Py.TypeName));
        if (positional.Count > 0 && named.Count > 0)
            text.Append(", ");
        text.AppendJoin(", ", named.Select(pair => $"{pair.Key}={Py.TypeName(pair.Value)}"));
        text.Append(positional.Count == 0 && named.Count > 0 ? ", )" : ")").Append(", but expected one of:\n");
        foreach (var line in Overloads(message))
        {
            text.Append(line).Append('\n');
            string[] parameters = [.. line[" * (".Length..^1].Split(", ")];
            if (parameters.Length == positional.Count + named.Count)
                AppendReason(text, parameters, positional, named);
        }

        return text.ToString();
    }

    // Dimensions by name are no strings to PyTorch.
    private static IEnumerable<string> Overloads(string message) =>
        message.Split('\n').Where(line => line.StartsWith(" * ", StringComparison.Ordinal)).Select(line => line.Replace("str dim", "name dim", StringComparison.Ordinal));

    private static void AppendReason(StringBuilder text, string[] parameters, IReadOnlyList<object> positional, List<KeyValuePair<string, object>> named)
    {
        string[] names = [.. parameters.Select(parameter => parameter[(parameter.LastIndexOf(' ') + 1)..])];
        var incorrect = named.Where(pair => !names.AsSpan(positional.Count).Contains(pair.Key)).Select(pair => pair.Key).ToList();
        if (incorrect.Count > 0)
        {
            text.Append("      didn't match because some of the keywords were incorrect: ").AppendJoin(", ", incorrect).Append('\n');
            return;
        }

        text.Append("      didn't match because some of the arguments have invalid types: (");
        for (var i = 0; i < parameters.Length; i++)
        {
            var value = i < positional.Count ? positional[i] : named.First(pair => pair.Key == names[i]).Value;
            var type = Py.TypeName(value);
            var expected = parameters[i][..Math.Max(0, parameters[i].LastIndexOf(' '))];
            var mark = type == expected || expected == "float" && type == "int" ? "" : "!";
            text.Append(mark).Append(i < positional.Count ? "" : names[i] + "=").Append(type).Append(mark).Append(", ");
        }

        if (positional.Count > 0)
            text.Length -= 2;
        text.Append(")\n");
    }

    private static List<KeyValuePair<string, object>> InTableOrder(PyDict? keywords)
    {
        List<KeyValuePair<string, object>> order = [];
        if (keywords is null)
            return order;
        foreach (var (key, value) in keywords.Entries)
        {
            var name = (string)key;
            var bucket = Hash(name) % Buckets;
            var peer = keywords.Count > (int)Buckets ? -1 : order.FindIndex(pair => Hash(pair.Key) % Buckets == bucket);
            order.Insert(Math.Max(peer, 0), new(name, value));
        }

        return order;
    }

    // std::hash of a string in the standard library that PyTorch is built with: MurmurHash64A.
    private static ulong Hash(string text)
    {
        const ulong Multiplier = 0xc6a4a7935bd1e995;
        static ulong Mix(ulong value) => value ^ (value >> 47);
        ReadOnlySpan<byte> bytes = Encoding.UTF8.GetBytes(text);
        var hash = 0xc70f6907UL ^ ((ulong)bytes.Length * Multiplier);
        for (; bytes.Length >= 8; bytes = bytes[8..])
            hash = (hash ^ (Mix(BinaryPrimitives.ReadUInt64LittleEndian(bytes) * Multiplier) * Multiplier)) * Multiplier;
        if (bytes.Length > 0)
        {
            Span<byte> rest = stackalloc byte[8];
            rest.Clear();
            bytes.CopyTo(rest);
            hash = (hash ^ BinaryPrimitives.ReadUInt64LittleEndian(rest)) * Multiplier;
        }

        return Mix(Mix(hash) * Multiplier);
    }
}
