using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace NnGpt.Corpus.Chat;

/// <summary>
/// Chat pairs in Hugging Face's chat format, one JSON object a line:
/// <c>{"messages":[{"role":"system","content":"..."},{"role":"user","content":"..."},{"role":"assistant","content":"..."}]}</c>
/// </summary>
public static class ChatJsonl
{
    private static readonly JsonWriterOptions s_options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The JSON line of a pair, without a line end.</summary>
    public static string Format(ChatPair pair) => Format(pair.System, pair.User, pair.Assistant);

    /// <summary>Writes one line a pair, with <c>\n</c> line ends and without a byte order mark.</summary>
    public static void Write(TextWriter writer, IEnumerable<ChatPair> pairs)
    {
        foreach (ChatPair pair in pairs)
        {
            writer.Write(Format(pair));
            writer.Write('\n');
        }
    }

    /// <summary>Reads pairs lazily; blank lines are passed over.</summary>
    /// <exception cref="InvalidDataException">A line is no chat pair; the message has its number.</exception>
    public static IEnumerable<ChatPair> Read(TextReader reader)
    {
        int number = 0;
        while (reader.ReadLine() is { } line)
        {
            number++;
            if (!string.IsNullOrWhiteSpace(line))
            {
                yield return Parse(line, number);
            }
        }
    }

    internal static string Format(string system, string user, string assistant)
    {
        using MemoryStream stream = new();
        using (Utf8JsonWriter writer = new(stream, s_options))
        {
            writer.WriteStartObject();
            writer.WriteStartArray("messages");
            if (system.Length > 0)
            {
                WriteMessage(writer, ChatRole.System, system);
            }

            WriteMessage(writer, ChatRole.User, user);
            WriteMessage(writer, ChatRole.Assistant, assistant);
            writer.WriteEndArray();
            writer.WriteEndObject();
        }

        return Encoding.UTF8.GetString(stream.ToArray());
    }

    private static void WriteMessage(Utf8JsonWriter writer, string role, string content)
    {
        writer.WriteStartObject();
        writer.WriteString("role", role);
        writer.WriteString("content", content);
        writer.WriteEndObject();
    }

    private static ChatPair Parse(string line, int number)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(line);
            string system = "";
            string? user = null;
            string? assistant = null;
            foreach (JsonElement message in document.RootElement.GetProperty("messages").EnumerateArray())
            {
                string content = message.GetProperty("content").GetString()
                    ?? throw new InvalidDataException($"line {number}: a message has no content");
                switch (message.GetProperty("role").GetString())
                {
                    case ChatRole.System when system.Length == 0 && user is null:
                        system = content;
                        break;
                    case ChatRole.User when user is null:
                        user = content;
                        break;
                    case ChatRole.Assistant when user is not null && assistant is null:
                        assistant = content;
                        break;
                    default:
                        throw new InvalidDataException($"line {number}: not one system, user and assistant message in this order");
                }
            }

            return user is null || assistant is null
                ? throw new InvalidDataException($"line {number}: the user's or the assistant's message is missing")
                : new ChatPair(system, user, assistant);
        }
        catch (Exception error) when (error is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            throw new InvalidDataException($"line {number} is not a chat pair: {error.Message}", error);
        }
    }
}
