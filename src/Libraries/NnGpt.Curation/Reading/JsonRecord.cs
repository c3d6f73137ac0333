using System.Text.Json;
using NnGpt.Corpus.Chat;
using NnGpt.Corpus.Records;

namespace NnGpt.Curation.Reading;

/// <summary>
/// A network in a line of JSON. The shapes, tried in this order: a record of a corpus
/// <c>{"id","source"}</c>; chat messages <c>{"messages":[{"role","content"}]}</c> (OpenAI, Hugging Face) or
/// <c>{"conversations":[{"from","value"}]}</c> (ShareGPT), the code in a reply; <c>{"prompt","completion"}</c>, text or
/// messages; <c>{"instruction","output"}</c>; the code in one of <c>source</c>, <c>code</c>, <c>nn_code</c>; and the code, bare or in
/// prose, in one of <c>response</c>, <c>content</c>, <c>text</c>.
/// </summary>
internal static class JsonRecord
{
    private static readonly string[] s_ids = ["id", "name", "uid", "path"];
    private static readonly string[] s_sources = ["source", "code", "nn_code"];
    private static readonly string[] s_texts = [.. s_sources, "completion", "output", "response", "content", "text"];
    private static readonly string[] s_conversations = ["messages", "conversations", "completion"];

    /// <summary>Reads a line.</summary>
    /// <param name="line">UTF-8.</param>
    /// <param name="file">File that messages name.</param>
    /// <param name="number">Line in it.</param>
    public static RecordReading Read(ReadOnlySpan<byte> line, string file, long number)
    {
        byte[] raw = line.ToArray();
        RecordReading Malformed(MalformedReason reason, string detail) =>
            RecordReading.Of(new MalformedRecord(file, number, reason, detail));

        if (!System.Text.Unicode.Utf8.IsValid(line))
        {
            return Malformed(MalformedReason.NotUtf8, "the line is not UTF-8");
        }

        try
        {
            using JsonDocument document = JsonDocument.Parse(raw);
            JsonElement json = document.RootElement;
            if (json.ValueKind != JsonValueKind.Object)
            {
                return Malformed(MalformedReason.BadJson, "the line is no JSON object");
            }

            CorpusRecord? known = CorpusFile.From(json);
            (string? answer, bool isSource) = known is null ? Answer(json) : (known.Source, true);
            if (answer is null)
            {
                return Malformed(MalformedReason.UnknownShape, "none of messages, conversations, prompt and completion, text, code, source");
            }

            // What is named source is kept to the letter, where prose around code is cut away.
            string source = SourceText.Normalize(isSource ? CodeBlock.ExtractSource(answer) : CodeBlock.ExtractNetwork(answer));
            return string.IsNullOrWhiteSpace(source)
                ? Malformed(MalformedReason.NoCode, "the text holds no code")
                : source.Length > SourceText.MaxLength
                ? Malformed(MalformedReason.TooLong, $"the source has {source.Length} characters; at most {SourceText.MaxLength}")
                : RecordReading.Of((known ?? new CorpusRecord(IdOf(json) ?? $"{file}:{number}", source)) with { Source = source }, raw);
        }
        catch (JsonException error)
        {
            return Malformed(MalformedReason.BadJson, $"no JSON: {error.Message}");
        }
        catch (Exception error) when (error is InvalidOperationException or FormatException or KeyNotFoundException)
        {
            // A property of the wrong type, or "\ud800", half a character.
            return Malformed(MalformedReason.BadJson, error.Message);
        }
    }

    /// <summary>The text that holds the code, null when the shape is not known, and whether it should hold nothing else.</summary>
    private static (string? Text, bool IsSource) Answer(JsonElement json)
    {
        foreach (string name in s_conversations)
        {
            if (json.TryGetProperty(name, out JsonElement messages) && messages.ValueKind == JsonValueKind.Array)
            {
                return (FromMessages(messages), false);
            }
        }

        foreach (string name in s_texts)
        {
            if (json.TryGetProperty(name, out JsonElement text) && text.ValueKind == JsonValueKind.String)
            {
                return (text.GetString(), s_sources.Contains(name));
            }
        }

        return (null, false);
    }

    /// <summary>The first reply with a code block, else the last reply; empty when nobody replies.</summary>
    private static string FromMessages(JsonElement messages)
    {
        string last = "";
        foreach (JsonElement message in messages.EnumerateArray())
        {
            if (message.ValueKind != JsonValueKind.Object || Speaker(message) is not (ChatRole.Assistant or "gpt" or "model" or "bot"))
            {
                continue;
            }

            string content = Content(message);
            if (CodeBlock.Extract(content).Fenced)
            {
                return content;
            }

            last = content.Length > 0 ? content : last;
        }

        return last;
    }

    private static string? Speaker(JsonElement message) =>
        message.TryGetProperty("role", out JsonElement role) || message.TryGetProperty("from", out role) ? role.GetString() : null;

    // "text", or as OpenAI writes parts: [{"type":"text","text":"..."}]
    private static string Content(JsonElement message)
    {
        if (!message.TryGetProperty("content", out JsonElement content) && !message.TryGetProperty("value", out content))
        {
            return "";
        }

        return content.ValueKind switch
        {
            JsonValueKind.String => content.GetString()!,
            JsonValueKind.Array => string.Concat(content.EnumerateArray()
                .Where(part => part.ValueKind == JsonValueKind.Object && part.TryGetProperty("text", out JsonElement text) && text.ValueKind == JsonValueKind.String)
                .Select(part => part.GetProperty("text").GetString())),
            _ => "",
        };
    }

    private static string? IdOf(JsonElement json)
    {
        foreach (string name in s_ids)
        {
            if (json.TryGetProperty(name, out JsonElement id) && id.ValueKind is JsonValueKind.String or JsonValueKind.Number
                && id.ToString() is { Length: > 0 and <= 512 } text)
            {
                return text;
            }
        }

        return null;
    }
}
