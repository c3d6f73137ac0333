using System.Text.Json;

namespace NnGpt.LanguageModel.Tokenization;

/// <summary>Cuts text into the pieces that byte pair encoding may not merge across.</summary>
internal abstract class PreTokenizer
{
    /// <summary>The pieces in order.</summary>
    /// <param name="piece">Text between added tokens, or a piece of another splitter.</param>
    /// <param name="atStart">It begins the whole text.</param>
    public abstract IEnumerable<string> Split(string piece, bool atStart);

    /// <summary>Reads the <c>pre_tokenizer</c> of a tokenizer.json.</summary>
    /// <exception cref="InvalidDataException">It has a type that is not known.</exception>
    public static PreTokenizer Parse(JsonElement? json)
    {
        if (json is not { ValueKind: JsonValueKind.Object } element)
        {
            return new SequencePreTokenizer([]);
        }

        string type = element.GetProperty("type").GetString() ?? "";
        return type switch
        {
            "Sequence" => new SequencePreTokenizer([.. element.GetProperty("pretokenizers").EnumerateArray().Select(part => Parse(part))]),
            "Split" => SplitPreTokenizer.Parse(element),
            "Digits" => new SplitPreTokenizer(
                element.GetProperty("individual_digits").GetBoolean() ? @"\p{N}" : @"\p{N}+", SplitBehavior.Isolated, inverted: false),
            "ByteLevel" => new ByteLevelPreTokenizer(
                element.GetProperty("add_prefix_space").GetBoolean(),
                !element.TryGetProperty("use_regex", out JsonElement regex) || regex.GetBoolean()),
            "Metaspace" => new MetaspacePreTokenizer(element),
            _ => throw new InvalidDataException($"pre-tokenizer of type '{type}' is not supported"),
        };
    }
}
