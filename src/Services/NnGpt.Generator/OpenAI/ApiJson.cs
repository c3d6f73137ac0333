using System.Text.Encodings.Web;
using System.Text.Json;

namespace NnGpt.Generator.OpenAI;

/// <summary>How bodies are written.</summary>
internal static class ApiJson
{
    public static JsonSerializerOptions Options { get; } = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };
}
