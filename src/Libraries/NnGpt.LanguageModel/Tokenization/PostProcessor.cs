using System.Text.Json;

namespace NnGpt.LanguageModel.Tokenization;

/// <summary>The <c>post_processor</c> of a tokenizer.json: special tokens around a single text.</summary>
internal sealed record PostProcessor(IReadOnlyList<int> Before, IReadOnlyList<int> After)
{
    /// <exception cref="InvalidDataException">It has a type that is not known.</exception>
    public static PostProcessor Parse(JsonElement? json)
    {
        PostProcessor none = new([], []);
        if (json is not { ValueKind: JsonValueKind.Object } element)
        {
            return none;
        }

        string type = element.GetProperty("type").GetString() ?? "";
        return type switch
        {
            "ByteLevel" => none,
            "TemplateProcessing" => ParseTemplate(element),
            "Sequence" => element.GetProperty("processors").EnumerateArray().Select(part => Parse(part)).Aggregate(
                none, (outer, part) => new PostProcessor([.. part.Before, .. outer.Before], [.. outer.After, .. part.After])),
            _ => throw new InvalidDataException($"post-processor of type '{type}' is not supported"),
        };
    }

    private static PostProcessor ParseTemplate(JsonElement element)
    {
        JsonElement special = element.GetProperty("special_tokens");
        List<int> before = [];
        List<int> after = [];
        bool passed = false;
        foreach (JsonElement part in element.GetProperty("single").EnumerateArray())
        {
            if (part.TryGetProperty("Sequence", out _))
            {
                passed = true;
                continue;
            }

            string name = part.GetProperty("SpecialToken").GetProperty("id").GetString() ?? "";
            (passed ? after : before).AddRange(
                special.GetProperty(name).GetProperty("ids").EnumerateArray().Select(id => id.GetInt32()));
        }

        return new PostProcessor(before, after);
    }
}
