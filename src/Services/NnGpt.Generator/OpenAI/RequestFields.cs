using System.Globalization;
using System.Text.Json;

namespace NnGpt.Generator.OpenAI;

/// <summary>Reads the fields of a request's JSON object; remembers the first that is wrong. null counts as absent everywhere.</summary>
internal sealed class RequestFields(JsonElement body)
{
    public ApiError? Error { get; private set; }

    public void Fail(ApiError error) => Error ??= error;

    public JsonElement? Find(string name) =>
        body.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;

    public string? Text(string name)
    {
        if (Find(name) is not { } value)
        {
            return null;
        }

        if (value.ValueKind == JsonValueKind.String && StringOf(value) is { } text)
        {
            return text;
        }

        Fail(ApiError.Invalid($"'{name}' must be a string.", name));
        return null;
    }

    public bool Flag(string name)
    {
        if (Find(name) is { } value && value.ValueKind is not (JsonValueKind.True or JsonValueKind.False))
        {
            Fail(ApiError.Invalid($"'{name}' must be true or false.", name));
        }

        return Find(name) is { ValueKind: JsonValueKind.True };
    }

    public double Number(string name, double least, double most, double absent)
    {
        if (Find(name) is not { } value)
        {
            return absent;
        }

        if (value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out double number) && number >= least && number <= most)
        {
            return number;
        }

        Fail(ApiError.Invalid(string.Create(CultureInfo.InvariantCulture, $"'{name}' must be a number from {least} to {most}."), name));
        return absent;
    }

    public int? Integer(string name, int least, int most)
    {
        if (Find(name) is not { } value)
        {
            return null;
        }

        if (value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out int number) && number >= least && number <= most)
        {
            return number;
        }

        Fail(ApiError.Invalid(string.Create(CultureInfo.InvariantCulture, $"'{name}' must be an integer from {least} to {most}."), name));
        return null;
    }

    /// <summary>A 64-bit seed, signed or not; the bits count.</summary>
    public ulong? Seed(string name)
    {
        if (Find(name) is not { } value)
        {
            return null;
        }

        if (value.ValueKind == JsonValueKind.Number)
        {
            if (value.TryGetInt64(out long signed))
            {
                return unchecked((ulong)signed);
            }

            if (value.TryGetUInt64(out ulong unsigned))
            {
                return unsigned;
            }
        }

        Fail(ApiError.Invalid($"'{name}' must be a 64-bit integer.", name));
        return null;
    }

    /// <summary>Fails when a field asks for something that is not there; false, 0, empty and the given default do not.</summary>
    public void Refuse(string name, string why, params string[] harmless)
    {
        bool asks = Find(name) is { } value && value.ValueKind switch
        {
            JsonValueKind.False => false,
            JsonValueKind.Array => value.GetArrayLength() > 0,
            JsonValueKind.Object => value.EnumerateObject().Any(),
            JsonValueKind.String => !harmless.Contains(StringOf(value)),
            _ => !harmless.Contains(value.GetRawText()),
        };
        if (asks)
        {
            Fail(ApiError.Invalid($"'{name}' is not supported: {why}.", name, "unsupported_parameter"));
        }
    }

    /// <summary>The text of a JSON string; null when it holds half a surrogate pair.</summary>
    public static string? StringOf(JsonElement value)
    {
        try
        {
            return value.GetString();
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }
}
