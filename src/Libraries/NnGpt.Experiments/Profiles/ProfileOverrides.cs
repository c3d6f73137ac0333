using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace NnGpt.Experiments.Profiles;

/// <summary>The text of a profile with other values.</summary>
public static class ProfileOverrides
{
    /// <summary>
    /// The same profile with some settings at other values. The text is written anew, without its comments. Whether the values are
    /// right is for <see cref="ExperimentProfile.Parse"/> to say.
    /// </summary>
    /// <param name="yaml">Text of a profile without problems.</param>
    /// <param name="settings">Paths such as "admission.tau", and plain scalars.</param>
    /// <exception cref="ArgumentException">A path leads through a value, or names a section.</exception>
    public static string Apply(string yaml, IEnumerable<KeyValuePair<string, string>> settings)
    {
        var stream = new YamlStream();
        stream.Load(new StringReader(yaml));
        var root = stream.Documents.Count > 0 && stream.Documents[0].RootNode is YamlMappingNode mapping ? mapping : [];
        foreach (var (path, value) in settings)
        {
            string[] parts = path.Split('.');
            var section = root;
            foreach (string part in parts[..^1])
                section = Section(section, part, path);
            if (section.Children.TryGetValue(parts[^1], out var before) && before is YamlMappingNode)
                throw new ArgumentException($"{path} is a section, no setting");
            section.Children[parts[^1]] = new YamlScalarNode(value) { Style = ScalarStyle.Plain };
        }
        using var text = new StringWriter { NewLine = "\n" };
        new YamlStream(new YamlDocument(root)).Save(text, assignAnchors: false);
        return text.ToString();
    }

    /// <summary>What a text sets, by path: scalars only. Lists such as fine_tuning.target_modules are left out.</summary>
    /// <param name="yaml">Text that is a mapping; of another one, nothing.</param>
    /// <exception cref="YamlException">The text is no YAML.</exception>
    public static IReadOnlyDictionary<string, string> Read(string yaml)
    {
        var stream = new YamlStream();
        stream.Load(new StringReader(yaml));
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        if (stream.Documents.Count > 0 && stream.Documents[0].RootNode is YamlMappingNode root)
            Collect(root, "", values);
        return values;
    }

    private static void Collect(YamlMappingNode section, string prefix, Dictionary<string, string> values)
    {
        foreach (var (name, value) in section.Children)
        {
            string path = $"{prefix}{(name as YamlScalarNode)?.Value}";
            if (value is YamlScalarNode scalar)
                values[path] = scalar.Value ?? "";
            else if (value is YamlMappingNode inner)
                Collect(inner, $"{path}.", values);
        }
    }

    private static YamlMappingNode Section(YamlMappingNode parent, string name, string path)
    {
        if (!parent.Children.TryGetValue(name, out var child) || child is YamlScalarNode { Value: null or "" })
            parent.Children[name] = child = new YamlMappingNode();
        return child as YamlMappingNode ?? throw new ArgumentException($"{path}: {name} is no section");
    }
}
