using System.Globalization;
using System.Text.RegularExpressions;

namespace NnGpt.Candidates.Tests;

/// <summary>Makes the mistakes that language models make in a network, one a call, the same for the same seed.</summary>
internal sealed partial class Mistakes(int seed)
{
    private static readonly (string From, string To)[] s_confusions =
    [
        ("Conv2d", "Conv1d"), ("BatchNorm2d", "BatchNorm1d"), ("MaxPool2d", "AvgPool2d"), ("AdaptiveAvgPool2d", "MaxPool2d"), ("Linear", "Conv2d"),
        ("cat", "stack"), ("view", "reshape"), ("flatten", "squeeze"), ("relu", "gelu"), ("ReLU", "RELU"), ("LayerNorm", "GroupNorm"),
        ("Conv2d", "ConvTranspose2d"), ("mean", "sum"), ("permute", "transpose"), ("Embedding", "Linear"), ("LSTM", "GRU"), ("unsqueeze", "squeeze"),
        ("chunk", "split"), ("matmul", "bmm"), ("BatchNorm2d", "LayerNorm"), ("Conv2d", "Conv3d"), ("softmax", "Softmax"), ("SGD", "Adam"),
        ("kernel_size", "kernel"), ("padding", "pad"), ("stride", "strides"), ("in_channels", "in_features"), ("bias", "use_bias"),
        ("batch_first", "batchfirst"), ("ModuleList", "Sequential"), ("Sequential", "ModuleList"), ("super", "supper"), ("torch", "np"),
    ];

    private static readonly string[] s_values = ["None", "True", "1.5", "(2, 3)", "-1", "0", "1", "2", "3", "7", "64"];

    private readonly Random _random = new(seed);

    /// <summary>The source with one mistake.</summary>
    public string In(string source)
    {
        while (true)
        {
            var changed = _random.Next(8) switch
            {
                0 or 1 or 2 => AtOne(Number(), source, OtherNumber),
                3 => WithoutALine(source),
                4 => Truncated(source),
                5 => AtOne(Attribute(), source, name => _random.Next(2) == 0 ? name + "_" : name[..^1]),
                6 => Confused(source),
                _ => AtOne(Argument(), source, _ => s_values[_random.Next(s_values.Length)]),
            };
            if (changed is not null && changed != source)
                return changed;
        }
    }

    private string? AtOne(Regex pattern, string source, Func<string, string> change)
    {
        var matches = pattern.Matches(source);
        if (matches.Count == 0)
            return null;
        var match = matches[_random.Next(matches.Count)];
        return source[..match.Index] + change(match.Value) + source[(match.Index + match.Length)..];
    }

    private string OtherNumber(string text)
    {
        var number = int.Parse(text, CultureInfo.InvariantCulture);
        int[] others = [number * 2, number / 2, number + 1, number - 1, 0, 1, 3];
        return others[_random.Next(others.Length)].ToString(CultureInfo.InvariantCulture);
    }

    private string WithoutALine(string source)
    {
        var lines = source.Split('\n').ToList();
        lines.RemoveAt(_random.Next(lines.Count));
        return string.Join('\n', lines);
    }

    private string Truncated(string source)
    {
        var lines = source.Split('\n');
        return string.Join('\n', lines.Take(_random.Next(lines.Length / 2, lines.Length)));
    }

    private string? Confused(string source)
    {
        var (from, to) = s_confusions[_random.Next(s_confusions.Length)];
        return AtOne(new Regex($@"\b{from}\b"), source, _ => to);
    }

    [GeneratedRegex(@"(?<![\w.])\d{1,4}(?![\w.])")]
    private static partial Regex Number();

    [GeneratedRegex(@"(?<=\w\.)[a-z_]\w{2,}")]
    private static partial Regex Attribute();

    [GeneratedRegex(@"(?<=[(,=] ?)\w+(?=[,)])")]
    private static partial Regex Argument();
}
