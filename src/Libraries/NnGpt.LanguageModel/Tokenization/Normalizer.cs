using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace NnGpt.LanguageModel.Tokenization;

/// <summary>The <c>normalizer</c> of a tokenizer.json as a function on text.</summary>
internal static class Normalizer
{
    /// <exception cref="InvalidDataException">It has a type that is not known.</exception>
    public static Func<string, string> Parse(JsonElement? json)
    {
        if (json is not { ValueKind: JsonValueKind.Object } element)
        {
            return text => text;
        }

        string type = element.GetProperty("type").GetString() ?? "";
        switch (type)
        {
            case "Sequence":
                Func<string, string>[] parts = [.. element.GetProperty("normalizers").EnumerateArray().Select(part => Parse(part))];
                return text => parts.Aggregate(text, (current, part) => part(current));
            case "NFC":
                return text => text.Normalize(NormalizationForm.FormC);
            case "NFD":
                return text => text.Normalize(NormalizationForm.FormD);
            case "NFKC":
                return text => text.Normalize(NormalizationForm.FormKC);
            case "NFKD":
                return text => text.Normalize(NormalizationForm.FormKD);
            case "Lowercase":
                return text => text.ToLowerInvariant();
            case "Prepend":
                string prefix = element.GetProperty("prepend").GetString() ?? "";
                return text => text.Length == 0 ? text : prefix + text;
            case "Replace":
                JsonElement pattern = element.GetProperty("pattern");
                string content = element.GetProperty("content").GetString() ?? "";
                if (pattern.TryGetProperty("String", out JsonElement literal))
                {
                    string from = literal.GetString() ?? "";
                    return text => text.Replace(from, content, StringComparison.Ordinal);
                }

                Regex regex = new(pattern.GetProperty("Regex").GetString() ?? "", RegexOptions.CultureInvariant);
                return text => regex.Replace(text, content.Replace("$", "$$", StringComparison.Ordinal));
            default:
                throw new InvalidDataException($"normalizer of type '{type}' is not supported");
        }
    }
}
