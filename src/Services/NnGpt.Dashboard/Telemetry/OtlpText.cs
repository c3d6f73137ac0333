using System.Globalization;
using Google.Protobuf;
using NnGpt.Dashboard.Telemetry.Otlp;

namespace NnGpt.Dashboard.Telemetry;

/// <summary>OTLP's values as text, none longer than a page can show.</summary>
internal static class OtlpText
{
    private const int Longest = 8_000;
    private const int MaxAttributes = 64;
    private const int MaxDepth = 4;

    public static IReadOnlyDictionary<string, string> Attributes(IEnumerable<KeyValue> pairs)
    {
        var attributes = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var pair in pairs.Take(MaxAttributes))
            attributes[Shorten(pair.Key)] = Of(pair.Value);
        return attributes;
    }

    public static string Of(AnyValue? value) => Shorten(Write(value, 0));

    public static string Hex(ByteString bytes) => Convert.ToHexStringLower(bytes.Span.Length <= 16 ? bytes.Span : bytes.Span[..16]);

    // A resource without a name is one that nobody configured.
    public static (string Service, string Instance) Source(Resource? resource)
    {
        string service = Find(resource, "service.name") ?? "unknown";
        return (service, Find(resource, "service.instance.id") ?? service);
    }

    public static string Shorten(string text) => text.Length <= Longest ? text : text[..Longest] + "…";

    private static string? Find(Resource? resource, string key) =>
        resource?.Attributes.FirstOrDefault(pair => pair.Key == key)?.Value is { } value ? Of(value) : null;

    private static string Write(AnyValue? value, int depth) => value?.ValueCase switch
    {
        AnyValue.ValueOneofCase.StringValue => value.StringValue,
        AnyValue.ValueOneofCase.BoolValue => value.BoolValue ? "true" : "false",
        AnyValue.ValueOneofCase.IntValue => value.IntValue.ToString(CultureInfo.InvariantCulture),
        AnyValue.ValueOneofCase.DoubleValue => value.DoubleValue.ToString("R", CultureInfo.InvariantCulture),
        AnyValue.ValueOneofCase.ArrayValue when depth < MaxDepth => $"[{string.Join(", ", value.ArrayValue.Values.Take(MaxAttributes).Select(item => Write(item, depth + 1)))}]",
        AnyValue.ValueOneofCase.KvlistValue when depth < MaxDepth => $"{{{string.Join(", ", value.KvlistValue.Values.Take(MaxAttributes).Select(item => $"{item.Key}: {Write(item.Value, depth + 1)}"))}}}",
        AnyValue.ValueOneofCase.BytesValue => Convert.ToHexStringLower(value.BytesValue.Span[..Math.Min(64, value.BytesValue.Length)]),
        AnyValue.ValueOneofCase.ArrayValue or AnyValue.ValueOneofCase.KvlistValue => "…",
        _ => "",
    };
}
