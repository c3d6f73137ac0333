using System.Globalization;
using System.Numerics;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace NnGpt.Experiments.Profiles;

/// <summary>Reads the settings of one mapping, notes what is wrong with them, and what there could have been.</summary>
internal sealed class SectionReader(
    YamlMappingNode? node, string path, List<ProfileProblem> problems, List<ProfileSetting> settings)
{
    private readonly HashSet<string> _known = new(StringComparer.Ordinal);

    public SectionReader Section(string name)
    {
        var value = Find(name);
        if (value is not (null or YamlMappingNode) && !IsEmpty(value))
            Report(value, name, $"{PathOf(name)} is {Show(value)}; it must be a section with settings of its own");
        return new SectionReader(value as YamlMappingNode, PathOf(name), problems, settings);
    }

    public int Integer(string name, int fallback, int min, int max) => Number(name, fallback, min, max, "a whole number");

    public long Long(string name, long fallback, long min, long max) => Number(name, fallback, min, max, "a whole number");

    public ulong Seed(string name, ulong fallback) => Number(name, fallback, 0UL, ulong.MaxValue, "a whole number");

    public double Number(string name, double fallback, double min, double max) => Number(name, fallback, min, max, "a number");

    public bool Switch(string name, bool fallback)
    {
        Describe(name, fallback ? "true" : "false", "true or false");
        return Scalar(name) switch
        {
            null => fallback,
            { Value: "true", Style: ScalarStyle.Plain } => true,
            { Value: "false", Style: ScalarStyle.Plain } => false,
            var other => Wrong(name, other, "true or false", fallback),
        };
    }

    public string Choice(string name, string fallback, params string[] choices)
    {
        string range = string.Join(", ", choices);
        Describe(name, fallback, range);
        return Scalar(name) is not { } scalar ? fallback
            : choices.Contains(scalar.Value, StringComparer.Ordinal) ? scalar.Value!
            : Wrong(name, scalar, $"one of {range}", fallback);
    }

    public string Name(string name, string fallback)
    {
        const string Range = "1 to 40 letters, digits, '-' or '_'";
        Describe(name, fallback, Range);
        return Scalar(name) is not { } scalar ? fallback
            : IsName(scalar.Value ?? "") ? scalar.Value!
            : Wrong(name, scalar, Range, fallback);
    }

    /// <summary>Any text; empty when it is not set.</summary>
    public string Text(string name, string range, int maxLength)
    {
        Describe(name, "\"\"", range);
        return Find(name) switch
        {
            null => "",
            YamlScalarNode { Value: { } text } when text.Length <= maxLength && !text.Any(char.IsControl) => text,
            var other => Wrong(name, other, range, ""),
        };
    }

    public IReadOnlyList<string> Subset(string name, IReadOnlyList<string> fallback, params string[] choices)
    {
        string range = $"a list of one or more of {string.Join(", ", choices)}";
        Describe(name, $"[{string.Join(", ", fallback)}]", range);
        var value = Find(name);
        if (value is null)
            return fallback;
        var items = (value as YamlSequenceNode)?.Children.Select(c => (c as YamlScalarNode)?.Value ?? "").ToArray() ?? [];
        return items.Length > 0 && items.All(choices.Contains) && items.Distinct().Count() == items.Length
            ? items
            : Wrong(name, value, range, fallback);
    }

    /// <summary>"all" (null), or a list of whole numbers and ranges of them: [0, 1, 4-7].</summary>
    public IReadOnlyList<int>? Ranges(string name, int max)
    {
        string range = string.Create(CultureInfo.InvariantCulture, $"all, or a list of numbers and ranges in 0..{max}");
        Describe(name, "all", range);
        var value = Find(name);
        if (value is null or YamlScalarNode { Value: "all" })
            return null;
        var numbers = new SortedSet<int>();
        foreach (var item in (value as YamlSequenceNode)?.Children ?? [])
        {
            string[] ends = ((item as YamlScalarNode)?.Value ?? "").Split('-', 2);
            if (!int.TryParse(ends[0], NumberStyles.None, CultureInfo.InvariantCulture, out int first)
                || !int.TryParse(ends[^1], NumberStyles.None, CultureInfo.InvariantCulture, out int last) || last < first || last > max)
                return Wrong<IReadOnlyList<int>?>(name, value, range, null);
            numbers.UnionWith(Enumerable.Range(first, last - first + 1));
        }
        return numbers.Count > 0 ? [.. numbers] : Wrong<IReadOnlyList<int>?>(name, value, range, null);
    }

    public IReadOnlyDictionary<string, double> Numbers(string name, IReadOnlyDictionary<string, double> fallback, double min, double max)
    {
        string range = string.Create(CultureInfo.InvariantCulture, $"names with numbers in {min}..{max}");
        Describe(name, $"{{{string.Join(", ", fallback.Select(p => string.Create(CultureInfo.InvariantCulture, $"{p.Key}: {p.Value}")))}}}", range);
        var value = Find(name);
        if (value is null)
            return fallback;
        if (value is not YamlMappingNode mapping)
            return Wrong(name, value, range, fallback);
        var numbers = new Dictionary<string, double>(fallback, StringComparer.Ordinal);
        foreach (var (key, item) in mapping.Children)
        {
            string itemName = (key as YamlScalarNode)?.Value ?? "";
            if (!IsName(itemName) || !TryParse(item, out double number) || !(number >= min && number <= max))
                Report(item, $"{name}.{itemName}", string.Create(CultureInfo.InvariantCulture, $"{PathOf(name)}.{itemName} is {Show(item)}; it must be a number in {min}..{max}"));
            else
                numbers[itemName] = number;
        }
        return numbers;
    }

    /// <summary>Reports what was there and nobody asked for.</summary>
    public void End()
    {
        foreach (var key in node?.Children.Keys ?? [])
        {
            string name = (key as YamlScalarNode)?.Value ?? "?";
            if (!_known.Contains(name))
                Report(key, name, $"{PathOf(name)} is no setting; {(path.Length == 0 ? "a profile" : path)} has {string.Join(", ", _known)}");
        }
    }

    /// <summary>Reports a value that is in its range but does not go with another one.</summary>
    public void Require(bool fits, string name, string message)
    {
        if (!fits)
            problems.Add(new ProfileProblem(PathOf(name), (int)(Find(name)?.Start.Line ?? 0), $"{PathOf(name)}: {message}"));
    }

    private T Number<T>(string name, T fallback, T min, T max, string kind)
        where T : struct, INumber<T>
    {
        string range = string.Create(CultureInfo.InvariantCulture, $"{min}..{max}");
        Describe(name, fallback.ToString(null, CultureInfo.InvariantCulture), range);
        var value = Find(name);
        return value is null ? fallback
            : TryParse(value, out T number) && number >= min && number <= max ? number
            : Wrong(name, value, $"{kind} in {range}", fallback);
    }

    // 500_000 is a number in YAML 1.1 and easier to read.
    private static bool TryParse<T>(YamlNode value, out T number)
        where T : struct, INumber<T>
    {
        number = default;
        return value is YamlScalarNode { Style: ScalarStyle.Plain, Value: { } text }
            && T.TryParse(text.Replace("_", "", StringComparison.Ordinal), NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out number);
    }

    private static bool IsName(string text) =>
        text.Length is > 0 and <= 40 && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_');

    private static bool IsEmpty(YamlNode value) => value is YamlScalarNode { Value: null or "" };

    private YamlNode? Find(string name)
    {
        _known.Add(name);
        return node is not null && node.Children.TryGetValue(new YamlScalarNode(name), out var value) ? value : null;
    }

    private YamlScalarNode? Scalar(string name) => Find(name) switch
    {
        null => null,
        YamlScalarNode scalar => scalar,
        _ => new YamlScalarNode("a list or section"),
    };

    private T Wrong<T>(string name, YamlNode value, string range, T fallback)
    {
        Report(value, name, $"{PathOf(name)} is {Show(value)}; it must be {range}");
        return fallback;
    }

    private void Report(YamlNode value, string name, string message) =>
        problems.Add(new ProfileProblem(PathOf(name), (int)value.Start.Line, message));

    private void Describe(string name, string fallback, string range) =>
        settings.Add(new ProfileSetting(PathOf(name), fallback, range));

    private string PathOf(string name) => path.Length == 0 ? name : $"{path}.{name}";

    private static string Show(YamlNode value) => value switch
    {
        YamlScalarNode { Value: null or "" } => "empty",
        YamlScalarNode { Value.Length: > 60 } scalar => $"\"{scalar.Value[..60]}...\"",
        YamlScalarNode { Style: ScalarStyle.Plain } scalar => scalar.Value!,
        YamlScalarNode scalar => $"\"{scalar.Value}\"",
        YamlSequenceNode => "a list",
        _ => "a section",
    };
}
