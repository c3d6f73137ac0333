using System.Text.Json;
using System.Text.RegularExpressions;

namespace NnGpt.LanguageModel.Tokenization;

/// <summary>Splits at the matches of a regular expression.</summary>
internal sealed class SplitPreTokenizer : PreTokenizer
{
    private readonly Regex _pattern;
    private readonly SplitBehavior _behavior;
    private readonly bool _inverted;

    public SplitPreTokenizer(string pattern, SplitBehavior behavior, bool inverted)
    {
        _pattern = new Regex(pattern, RegexOptions.CultureInvariant | RegexOptions.Compiled);
        _behavior = behavior;
        _inverted = inverted;
    }

    public static SplitPreTokenizer Parse(JsonElement json)
    {
        JsonElement pattern = json.GetProperty("pattern");
        string regex = pattern.TryGetProperty("Regex", out JsonElement expression)
            ? expression.GetString() ?? ""
            : Regex.Escape(pattern.GetProperty("String").GetString() ?? "");
        string behavior = json.GetProperty("behavior").GetString() ?? "";
        return Enum.TryParse(behavior, out SplitBehavior parsed)
            ? new SplitPreTokenizer(regex, parsed, json.GetProperty("invert").GetBoolean())
            : throw new InvalidDataException($"split behavior '{behavior}' is not supported");
    }

    public override IEnumerable<string> Split(string piece, bool atStart)
    {
        List<(string Text, bool Match)> parts = Parts(piece);
        List<string> pieces = [];
        bool joinNext = false;
        bool lastMatch = false;
        foreach ((string text, bool match) in parts)
        {
            bool join = (joinNext && !match)
                || (_behavior == SplitBehavior.MergedWithPrevious && match && pieces.Count > 0 && !lastMatch)
                || (_behavior == SplitBehavior.Contiguous && pieces.Count > 0 && match == lastMatch);
            joinNext = _behavior == SplitBehavior.MergedWithNext && match;
            lastMatch = match;
            if (_behavior == SplitBehavior.Removed && match)
            {
                continue;
            }

            if (join)
            {
                pieces[^1] += text;
            }
            else
            {
                pieces.Add(text);
            }
        }

        return pieces;
    }

    private List<(string Text, bool Match)> Parts(string piece)
    {
        CodePointText shadow = new(piece);
        List<(string Text, bool Match)> parts = [];
        int start = 0;
        for (Match match = _pattern.Match(shadow.Text); match.Success; match = match.NextMatch())
        {
            if (match.Length == 0)
            {
                continue;
            }

            if (match.Index > start)
            {
                parts.Add((shadow.Original(start, match.Index), _inverted));
            }

            start = match.Index + match.Length;
            parts.Add((shadow.Original(match.Index, start), !_inverted));
        }

        if (start < shadow.Text.Length)
        {
            parts.Add((shadow.Original(start, shadow.Text.Length), _inverted));
        }

        return parts;
    }
}
