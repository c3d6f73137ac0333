using System.Text.Json;

namespace NnGpt.LanguageModel.Tokenization;

/// <summary>SentencePiece's splitter: spaces become a visible mark, words begin with it.</summary>
internal sealed class MetaspacePreTokenizer : PreTokenizer
{
    private readonly char _mark;
    private readonly string _scheme;
    private readonly bool _splits;

    public MetaspacePreTokenizer(JsonElement json)
    {
        _mark = (json.GetProperty("replacement").GetString() ?? "\u2581")[0];
        _scheme = json.TryGetProperty("prepend_scheme", out JsonElement scheme) ? scheme.GetString() ?? ""
            : json.TryGetProperty("add_prefix_space", out JsonElement prefix) && !prefix.GetBoolean() ? "never" : "always";
        if (_scheme is not ("always" or "first" or "never"))
        {
            throw new InvalidDataException($"prepend_scheme '{_scheme}' of Metaspace is not supported");
        }

        _splits = !json.TryGetProperty("split", out JsonElement split) || split.GetBoolean();
    }

    public override IEnumerable<string> Split(string piece, bool atStart)
    {
        string text = piece.Replace(' ', _mark);
        if ((_scheme == "always" || (_scheme == "first" && atStart)) && text.Length > 0 && text[0] != _mark)
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
