using System.Text.Json;
using System.Text.Json.Serialization;

namespace NnGpt.LanguageModel.Llama;

/// <summary>Token ids that are one number, a list of numbers or null in Hugging Face's files.</summary>
internal sealed class TokenIdsConverter : JsonConverter<IReadOnlyList<int>>
{
    public override bool HandleNull => true;

    public override IReadOnlyList<int> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.TokenType switch
    {
        JsonTokenType.Null => [],
        JsonTokenType.Number => [reader.GetInt32()],
        _ => JsonSerializer.Deserialize<int[]>(ref reader, options) ?? [],
    };

    public override void Write(Utf8JsonWriter writer, IReadOnlyList<int> value, JsonSerializerOptions options)
    {
        switch (value.Count)
        {
            case 0:
                writer.WriteNullValue();
                break;
            case 1:
                writer.WriteNumberValue(value[0]);
                break;
            default:
                JsonSerializer.Serialize(writer, value.ToArray(), options);
                break;
        }
    }
}
