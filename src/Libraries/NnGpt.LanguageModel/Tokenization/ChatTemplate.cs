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

    private readonly Func<IReadOnlyList<ChatMessage>, string> _render;
    private readonly string _generationPrompt;

    private ChatTemplate(string name, Func<IReadOnlyList<ChatMessage>, string> render, string generationPrompt) =>
        (Name, _render, _generationPrompt) = (name, render, generationPrompt);

    /// <summary>Which wording this is.</summary>
    public string Name { get; }

    /// <summary>One token a role, nothing else: the embedded model's template.</summary>
    public static ChatTemplate RoleTokens(string bos, string eos) => new(
        "role-tokens",
        messages => bos + Each(messages, message => $"<|{message.Role}|>{message.Content}{(message.Role == ChatRole.Assistant ? eos : "")}"),
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
            : config.RootElement.TryGetProperty("chat_template", out JsonElement element) ? Default(element) : null;
        return jinja is null
            ? throw new InvalidDataException($"{file} has no chat_template")
            : Recognize(jinja, TokenText(config.RootElement, "bos_token"), TokenText(config.RootElement, "eos_token"))
                ?? throw new InvalidDataException($"the chat template of {directory} is none of those that are known: role tokens, DeepSeek-Coder, LLaMA 2 and CodeLlama, LLaMA 3, ChatML");
    }

    /// <summary>The conversation as text, with the special tokens in it.</summary>
    /// <param name="messages">The messages in order.</param>
    /// <param name="addGenerationPrompt">End with the words after which the assistant speaks.</param>
    /// <exception cref="ArgumentException">The template has no place for messages in this order; the message says what it wants.</exception>
    public string Render(IEnumerable<ChatMessage> messages, bool addGenerationPrompt)
    {
        string text = _render([.. messages]);
        return addGenerationPrompt ? text + _generationPrompt : text;
    }

    private static string Each(IEnumerable<ChatMessage> messages, Func<ChatMessage, string> write) => string.Concat(messages.Select(write));

    private static ChatTemplate? Recognize(string jinja, string bos, string eos)
    {
        if (jinja.Contains("### Instruction:", StringComparison.Ordinal) && jinja.Contains("<|EOT|>", StringComparison.Ordinal))
        {
            return new ChatTemplate(
                "deepseek-coder",
                messages => bos + (messages.Any(message => message.Role == ChatRole.System) ? "" : DeepSeekCoderSystem) + Each(messages, DeepSeekCoder),
                "### Response:\n");
        }

        if (jinja.Contains("<|im_start|>", StringComparison.Ordinal))
        {
            return new ChatTemplate(
                "chatml", messages => Each(messages, message => $"<|im_start|>{message.Role}\n{message.Content}<|im_end|>\n"), "<|im_start|>assistant\n");
        }

        if (jinja.Contains("[INST]", StringComparison.Ordinal) && jinja.Contains("<<SYS>>", StringComparison.Ordinal))
        {
            return new ChatTemplate("llama-2", messages => Llama2(messages, bos, eos), "");
        }

        if (jinja.Contains("<|start_header_id|>", StringComparison.Ordinal))
        {
            // The template of LLaMA 3.1 tells the model dates; without a date of its caller it says this one.
            return jinja.Contains("Cutting Knowledge Date", StringComparison.Ordinal)
                ? new ChatTemplate("llama-3.1", messages => bos + Llama31(messages), Llama3Prompt)
                : new ChatTemplate("llama-3", messages => bos + Each(messages, Llama3), Llama3Prompt);
        }

        return jinja == RoleTokensJinja ? RoleTokens(bos, eos) : null;
    }

    // "chat_template": "..." or [{"name": "default", "template": "..."}, ...]
    private static string? Default(JsonElement template) => template.ValueKind switch
    {
        JsonValueKind.String => template.GetString(),
        JsonValueKind.Array => template.EnumerateArray().FirstOrDefault(static one => one.GetProperty("name").ValueEquals("default")) is { ValueKind: JsonValueKind.Object } one
            ? one.GetProperty("template").GetString()
            : null,
        _ => null,
    };

    private static string Llama2(IReadOnlyList<ChatMessage> messages, string bos, string eos)
    {
        string? system = messages.Count > 0 && messages[0].Role == ChatRole.System ? messages[0].Content : null;
        StringBuilder text = new();
        foreach ((int index, ChatMessage message) in messages.Skip(system is null ? 0 : 1).Index())
        {
            if (message.Role != (index % 2 == 0 ? ChatRole.User : ChatRole.Assistant))
            {
                throw new ArgumentException("the chat template of LLaMA 2 wants user and assistant in turn, after at most one system message");
            }

            string content = index == 0 && system is not null ? $"<<SYS>>\n{system}\n<</SYS>>\n\n{message.Content}" : message.Content;
            text.Append(message.Role == ChatRole.User ? $"{bos}[INST] {content.Trim()} [/INST]" : $" {content.Trim()} {eos}");
        }

        return text.ToString();
    }

    private static string Llama3(ChatMessage message) => $"<|start_header_id|>{message.Role}<|end_header_id|>\n\n{message.Content.Trim()}<|eot_id|>";

    private static string Llama31(IReadOnlyList<ChatMessage> messages)
    {
        bool system = messages.Count > 0 && messages[0].Role == ChatRole.System;
        return $"<|start_header_id|>system<|end_header_id|>\n\nCutting Knowledge Date: December 2023\nToday Date: 26 Jul 2024\n\n{(system ? messages[0].Content.Trim() : "")}<|eot_id|>"
            + Each(messages.Skip(system ? 1 : 0), Llama3);
    }

    private const string Llama3Prompt = "<|start_header_id|>assistant<|end_header_id|>\n\n";

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
