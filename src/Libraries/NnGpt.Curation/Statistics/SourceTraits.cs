using NnGpt.Corpus.Records;
using NnGpt.Curation.Contract;
using NnGpt.Novelty.Shingles;

namespace NnGpt.Curation.Statistics;

/// <summary>What the text of one network tells at a glance.</summary>
/// <param name="Tokens">Python tokens without comments and layout.</param>
/// <param name="Breach">What breaks the candidate contract; null when it is kept.</param>
/// <param name="Family">The family that the record states, else the one that <see cref="Classify"/> finds.</param>
/// <param name="Layers">Classes of torch.nn that are named, each once.</param>
public sealed record SourceTraits(int Tokens, ContractBreach? Breach, string Family, IReadOnlyCollection<string> Layers)
{
    private static readonly HashSet<string> s_shortcuts = ["shortcut", "residual", "identity", "skip", "downsample"];
    private static readonly HashSet<string> s_values = ["x", "out", "y", "h", "z", ")"];

    /// <summary>Looks at a network's text; nothing is run.</summary>
    public static SourceTraits Of(CorpusRecord record)
    {
        List<string> tokens = TokensOf(PythonTokenScanner.NormalizeLineEnds(record.Source));
        SortedSet<string> layers = new(StringComparer.Ordinal);
        for (int i = 2; i < tokens.Count; i++)
        {
            // nn.Conv2d; nn.Module is the base class of everything, a loss no layer.
            if (tokens[i - 1] == "." && tokens[i - 2] == "nn" && char.IsAsciiLetterUpper(tokens[i][0]) && tokens[i] is not ("Module" or "Parameter")
                && !tokens[i].EndsWith("Loss", StringComparison.Ordinal))
            {
                layers.Add(tokens[i]);
            }
        }

        return new SourceTraits(tokens.Count, ContractCheck.Of(record.Source), record.Family ?? Classify(tokens, layers), layers);
    }

    /// <summary>
    /// The most telling of what the source uses, in this order: recurrent layers, attention, concatenated branches, grouped or
    /// depthwise convolutions, shortcuts that are added, convolutions, linear layers alone.
    /// </summary>
    internal static string Classify(List<string> tokens, IReadOnlyCollection<string> layers)
    {
        HashSet<string> names = [.. tokens];
        return layers.Any(layer => layer.StartsWith("LSTM", StringComparison.Ordinal) || layer.StartsWith("GRU", StringComparison.Ordinal) || layer.StartsWith("RNN", StringComparison.Ordinal)) ? "recurrent"
            : layers.Any(layer => layer.StartsWith("Transformer", StringComparison.Ordinal)) || names.Any(name => name.EndsWith("Attention", StringComparison.Ordinal)) ? "attention"
            : names.Contains("cat") || names.Contains("concat") ? "concatenating"
            : names.Contains("groups") ? "grouped"
            : Adds(tokens) ? "residual"
            : layers.Any(layer => layer.StartsWith("Conv", StringComparison.Ordinal)) ? "convolutional"
            : layers.Contains("Linear") ? "perceptron"
            : "other";
    }

    private static List<string> TokensOf(ReadOnlySpan<char> source)
    {
        List<string> tokens = [];
        PythonTokenScanner scanner = new(source);
        while (scanner.MoveNext())
        {
            tokens.Add(source[scanner.Start..scanner.End].ToString());
        }

        return tokens;
    }

    private static bool Adds(List<string> tokens)
    {
        for (int i = 1; i + 1 < tokens.Count; i++)
        {
            if (s_shortcuts.Contains(tokens[i]) || (tokens[i] == "+=" && s_values.Contains(tokens[i - 1]))
                || (tokens[i] == "+" && s_values.Contains(tokens[i - 1]) && tokens[i + 1] is "x" or "self" or "out" or "y" or "h" or "z"))
            {
                return true;
            }
        }

        return false;
    }
}
