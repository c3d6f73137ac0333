using System.Text.Json;

namespace NnGpt.LanguageModel.Tokenization;

/// <summary>SentencePiece's splitter: spaces become a visible mark, words begin with it.</summary>
internal sealed class MetaspacePreTokenizer : PreTokenizer
{
    private readonly char _mark;
    private readonly bool _prepends;
    private readonly bool _splits;

    public MetaspacePreTokenizer(JsonElement json)
    {
        _mark = (json.GetProperty("replacement").GetString() ?? "\u2581")[0];
        _prepends = json.TryGetProperty("prepend_scheme", out JsonElement scheme)
            ? scheme.GetString() != "never"
            : json.TryGetProperty("add_prefix_space", out JsonElement prefix) && prefix.GetBoolean();
        _splits = !json.TryGetProperty("split", out JsonElement split) || split.GetBoolean();
    }

    public override IEnumerable<string> Split(string piece)
    {
        string text = piece.Replace(' ', _mark);
        if (_prepends && text.Length > 0 && text[0] != _mark)
        {
            text = _mark + text;
        }

        if (!_splits)
        {
            yield return text;
            yield break;
        }

        int start = 0;
        for (int i = 1; i <= text.Length; i++)
        {
            if (i == text.Length || text[i] == _mark)
            {
                yield return text[start..i];
                start = i;
            }
        }
    }
}
