using System.Globalization;
using System.Text;
using System.Text.Json;

namespace NnGpt.LanguageModel.Tokenization;

/// <summary>The <c>decoder</c> of a tokenizer.json: the bytes that each token stands for.</summary>
internal sealed class TokenBytes
{
    private readonly bool _byteLevel;
    private readonly bool _byteFallback;
    private readonly List<(string From, string To)> _replacements = [];

    private TokenBytes(JsonElement json) => Read(json, ref _byteLevel, ref _byteFallback);

    /// <summary>How many spaces fall away at the beginning of a text.</summary>
    public int LeadingSpaces { get; private set; }

    /// <exception cref="InvalidDataException">It has a type that is not known.</exception>
    public static TokenBytes Parse(JsonElement json) => new(json);

    public byte[] Of(string token)
    {
        if (_byteLevel)
        {
            byte[] bytes = new byte[token.Length];
            for (int i = 0; i < token.Length; i++)
            {
                if (!ByteAlphabet.TryByte(token[i], out bytes[i]))
                {
                    return Encoding.UTF8.GetBytes(token);
                }
            }

            return bytes;
        }

        // <0x0A> is one byte.
        if (_byteFallback && token.Length == 6 && token.StartsWith("<0x", StringComparison.Ordinal) && token[5] == '>'
            && byte.TryParse(token.AsSpan(3, 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture, out byte value))
        {
            return [value];
        }

        foreach ((string from, string to) in _replacements)
        {
            token = token.Replace(from, to, StringComparison.Ordinal);
        }

        return Encoding.UTF8.GetBytes(token);
    }

    private void Read(JsonElement json, ref bool byteLevel, ref bool byteFallback)
    {
        if (json.ValueKind != JsonValueKind.Object)
        {
            return;
        }

        string type = json.GetProperty("type").GetString() ?? "";
        switch (type)
        {
            case "Sequence":
                foreach (JsonElement part in json.GetProperty("decoders").EnumerateArray())
                {
                    Read(part, ref byteLevel, ref byteFallback);
                }

                break;
            case "ByteLevel":
                byteLevel = true;
                break;
            case "ByteFallback":
                byteFallback = true;
                break;
            case "Fuse":
                break;
            case "Replace":
                _replacements.Add((json.GetProperty("pattern").GetProperty("String").GetString() ?? "", json.GetProperty("content").GetString() ?? ""));
                break;
            case "Strip":
                LeadingSpaces = json.GetProperty("start").GetInt32();
                break;
            case "Metaspace":
                _replacements.Add((json.GetProperty("replacement").GetString() ?? "\u2581", " "));
                LeadingSpaces = json.TryGetProperty("prepend_scheme", out JsonElement scheme) && scheme.ValueEquals("never") ? 0 : 1;
                break;
            default:
                throw new InvalidDataException($"decoder of type '{type}' is not supported");
        }
    }
}
