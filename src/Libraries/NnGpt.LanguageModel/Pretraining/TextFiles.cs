using System.Text;
using System.Text.Json;
using NnGpt.Corpus.Chat;

namespace NnGpt.LanguageModel.Pretraining;

/// <summary>
/// Texts to learn from: every file of a folder and its sub-folders, a single file, or JSON lines with "text" or with chat "messages".
/// Files that are no UTF-8 text are passed over.
/// </summary>
/// <param name="Texts">Plain texts, in the order of the files' names.</param>
/// <param name="Pairs">Chat pairs, which are learnt as answers to their prompts.</param>
/// <param name="PassedOver">Files that were no text.</param>
public sealed record TextFiles(IReadOnlyList<string> Texts, IReadOnlyList<ChatPair> Pairs, int PassedOver)
{
    private static readonly UTF8Encoding s_strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Reads a folder or a file.</summary>
    /// <exception cref="InvalidDataException">A line of a .jsonl file is neither a text nor a chat pair, or nothing was found.</exception>
    /// <exception cref="IOException">The path does not exist or cannot be read.</exception>
    public static TextFiles Read(string path)
    {
        string[] files = Directory.Exists(path)
            ? [.. Directory.EnumerateFiles(path, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal)]
            : [path];
        List<string> texts = [];
        List<ChatPair> pairs = [];
        int passedOver = 0;
        foreach (string file in files)
        {
            if (Path.GetExtension(file) == ".jsonl")
            {
                ReadLines(file, texts, pairs);
            }
            else if (ReadText(file) is { } text)
            {
                texts.Add(text);
            }
            else
            {
                passedOver++;
            }
        }
        texts.RemoveAll(string.IsNullOrWhiteSpace);
        return texts.Count + pairs.Count > 0
            ? new TextFiles(texts, pairs, passedOver)
            : throw new InvalidDataException($"{path} holds no text to learn from");
    }

    private static string? ReadText(string file)
    {
        try
        {
            string text = s_strict.GetString(File.ReadAllBytes(file));
            return text.Contains('\0', StringComparison.Ordinal) ? null : text.TrimStart('\uFEFF');
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }

    // {"text": "..."} or {"messages": [...]}
    private static void ReadLines(string file, List<string> texts, List<ChatPair> pairs)
    {
        int number = 0;
        foreach (string line in File.ReadLines(file))
        {
            number++;
            if (string.IsNullOrWhiteSpace(line))
            {
                continue;
            }
            try
            {
                using JsonDocument json = JsonDocument.Parse(line);
                if (json.RootElement.ValueKind == JsonValueKind.Object && json.RootElement.TryGetProperty("text", out JsonElement text))
                {
                    texts.Add(text.GetString() ?? "");
                }
                else
                {
                    using StringReader single = new(line);
                    pairs.AddRange(ChatJsonl.Read(single));
                }
            }
            catch (Exception error) when (error is JsonException or InvalidOperationException or InvalidDataException)
            {
                throw new InvalidDataException($"{file}, line {number}: neither {{\"text\": ...}} nor a chat pair {{\"messages\": [...]}}", error);
            }
        }
    }
}
