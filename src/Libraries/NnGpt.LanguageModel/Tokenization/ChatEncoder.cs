using System.Text.Json;
using NnGpt.Corpus.Chat;

namespace NnGpt.LanguageModel.Tokenization;

/// <summary>Conversations as token ids: tokenizer and chat template of one model together.</summary>
public sealed class ChatEncoder(Tokenizer tokenizer, ChatTemplate template)
{
    /// <summary>The tokenizer that is used.</summary>
    public Tokenizer Tokenizer { get; } = tokenizer;

    /// <summary>The template that is used.</summary>
    public ChatTemplate Template { get; } = template;

    /// <summary>Reads tokenizer.json and tokenizer_config.json of a model's directory.</summary>
    /// <exception cref="InvalidDataException">One of them is damaged or of a kind that is not supported.</exception>
    public static ChatEncoder Load(string directory)
    {
        try
        {
            return new ChatEncoder(Tokenizer.Load(directory), ChatTemplate.Load(directory));
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException or KeyNotFoundException)
        {
            throw new InvalidDataException($"tokenizer_config.json in {directory} is damaged: {error.Message}", error);
        }
    }

    /// <summary>The ids after which the model writes its answer.</summary>
    public int[] EncodePrompt(IEnumerable<ChatMessage> messages) =>
        Tokenizer.Encode(Template.Render(messages, addGenerationPrompt: true));

    /// <summary>
    /// The ids of a training example. Prompt and answer are encoded apart, as they are when the model is sampled.
    /// </summary>
    public EncodedExample Encode(ChatPair pair)
    {
        IReadOnlyList<ChatMessage> messages = pair.Messages;
        string prompt = Template.Render(messages.SkipLast(1), addGenerationPrompt: true);
        string whole = Template.Render(messages, addGenerationPrompt: false);
        if (!whole.StartsWith(prompt, StringComparison.Ordinal))
        {
            throw new InvalidOperationException($"the template {Template.Name} does not continue its own prompt");
        }

        int[] promptIds = Tokenizer.Encode(prompt);
        return new EncodedExample([.. promptIds, .. Tokenizer.Encode(whole[prompt.Length..])], promptIds.Length);
    }
}
