using System.Text;
using System.Text.Json;
using NnGpt.Corpus.Chat;

namespace NnGpt.LanguageModel.Tokenization;

/// <summary>
/// How a conversation becomes the text that a model was trained on. The template in tokenizer_config.json is a Jinja
/// program; it is recognised by its marks, not run, so the set of wordings is closed.
/// </summary>
public sealed class ChatTemplate
{
    /// <summary>The Jinja source of <see cref="RoleTokens"/>, as it is written beside the embedded model.</summary>
    public const string RoleTokensJinja =
        "{{ bos_token }}{% for message in messages %}{{ '<|' + message['role'] + '|>' + message['content'] }}"
        + "{% if message['role'] == 'assistant' %}{{ eos_token }}{% endif %}{% endfor %}"
        + "{% if add_generation_prompt %}{{ '<|assistant|>' }}{% endif %}";

    private readonly Func<ChatMessage, string> _message;
    private readonly string _generationPrompt;
    private readonly string _bos;
    private readonly string _withoutSystem;

    private ChatTemplate(string name, string bos, Func<ChatMessage, string> message, string generationPrompt, string withoutSystem = "")
    {
        Name = name;
        _bos = bos;
        _message = message;
        _generationPrompt = generationPrompt;
        _withoutSystem = withoutSystem;
    }

    /// <summary>Which wording this is.</summary>
    public string Name { get; }

    /// <summary>One token a role, nothing else: the embedded model's template.</summary>
    public static ChatTemplate RoleTokens(string bos, string eos) => new(
        "role-tokens",
        bos,
        message => $"<|{message.Role}|>{message.Content}{(message.Role == ChatRole.Assistant ? eos : "")}",
        "<|assistant|>");

    /// <summary>The template that a model's directory names (tokenizer_config.json or chat_template.jinja).</summary>
    /// <exception cref="InvalidDataException">There is none, or it is none of those that are known.</exception>
    public static ChatTemplate Load(string directory)
    {
        string file = Path.Combine(directory, "tokenizer_config.json");
        using JsonDocument config = JsonDocument.Parse(File.ReadAllBytes(file));
        string separate = Path.Combine(directory, "chat_template.jinja");
        string? jinja = File.Exists(separate)
            ? File.ReadAllText(separate)
            : config.RootElement.TryGetProperty("chat_template", out JsonElement element) && element.ValueKind == JsonValueKind.String
                ? element.GetString()
                : null;
        return jinja is null
            ? throw new InvalidDataException($"{file} has no chat_template")
            : Recognize(jinja, TokenText(config.RootElement, "bos_token"), TokenText(config.RootElement, "eos_token"))
                ?? throw new InvalidDataException($"the chat template of {directory} is none of those that are known: role tokens, DeepSeek-Coder, ChatML, LLaMA 3");
    }

    /// <summary>The conversation as text, with the special tokens in it.</summary>
    /// <param name="messages">The messages in order.</param>
    /// <param name="addGenerationPrompt">End with the words after which the assistant speaks.</param>
    public string Render(IEnumerable<ChatMessage> messages, bool addGenerationPrompt)
    {
        StringBuilder text = new(_bos);
        List<ChatMessage> all = [.. messages];
        if (!all.Exists(message => message.Role == ChatRole.System))
        {
            text.Append(_withoutSystem);
        }

        foreach (ChatMessage message in all)
        {
            text.Append(_message(message));
        }

        return addGenerationPrompt ? text.Append(_generationPrompt).ToString() : text.ToString();
    }

    private static ChatTemplate? Recognize(string jinja, string bos, string eos)
    {
        if (jinja.Contains("### Instruction:", StringComparison.Ordinal))
        {
            return new ChatTemplate("deepseek-coder", bos, DeepSeekCoder, "### Response:\n", DeepSeekCoderSystem);
        }

        if (jinja.Contains("<|im_start|>", StringComparison.Ordinal))
        {
            return new ChatTemplate(
                "chatml", "", message => $"<|im_start|>{message.Role}\n{message.Content}<|im_end|>\n", "<|im_start|>assistant\n");
        }

        if (jinja.Contains("<|start_header_id|>", StringComparison.Ordinal))
        {
            return new ChatTemplate(
                "llama-3",
                bos,
                message => $"<|start_header_id|>{message.Role}<|end_header_id|>\n\n{message.Content.Trim()}<|eot_id|>",
                "<|start_header_id|>assistant<|end_header_id|>\n\n");
        }

        return jinja == RoleTokensJinja ? RoleTokens(bos, eos) : null;
    }

    private const string DeepSeekCoderSystem =
        "You are an AI programming assistant, utilizing the Deepseek Coder model, developed by Deepseek Company, and you "
        + "only answer questions related to computer science. For politically sensitive questions, security and privacy "
        + "issues, and other non-computer science questions, you will refuse to answer\n";

    private static string DeepSeekCoder(ChatMessage message) => message.Role switch
    {
        ChatRole.System => message.Content,
        ChatRole.User => $"### Instruction:\n{message.Content}\n",
        _ => $"### Response:\n{message.Content}\n<|EOT|>\n",
    };

    // "bos_token": "<s>" or "bos_token": {"content": "<s>", ...}
    private static string TokenText(JsonElement config, string name) =>
        !config.TryGetProperty(name, out JsonElement token) || token.ValueKind == JsonValueKind.Null
            ? ""
            : (token.ValueKind == JsonValueKind.Object ? token.GetProperty("content").GetString() : token.GetString()) ?? "";
}
