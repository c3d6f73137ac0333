using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace NnGpt.Cli.Rendering;

/// <summary>JSON as every command writes it: snake_case names, no escapes of printable text.</summary>
internal static class Json
{
    private static readonly JsonSerializerOptions s_indented = Options(indented: true);
    private static readonly JsonSerializerOptions s_line = Options(indented: false);

    public static string Document(object value) => JsonSerializer.Serialize(value, s_indented);

    public static string Line(object value) => JsonSerializer.Serialize(value, s_line);

    private static JsonSerializerOptions Options(bool indented) => new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
        WriteIndented = indented,
    };
}
