using System.Text.Json;
using NnGpt.Corpus.Chat;
using NnGpt.Generator.Embedded;
using NnGpt.LanguageModel.Sampling;

namespace NnGpt.Generator.OpenAI;

/// <summary>From JSON to a <see cref="GenerationRequest"/>, or to the error that names the field.</summary>
internal sealed class RequestReader(EmbeddedModel model)
{
    private const int MostChoices = 128;
    private const int MostPrompts = 256;
    private const int MostStops = 4;
    private const int DefaultCompletionTokens = 16;

    public (GenerationRequest? Request, ApiError? Error) ReadCompletion(JsonElement body)
    {
        var fields = new RequestFields(body);
        fields.Refuse("logprobs", "log-probabilities are not given");
        fields.Refuse("echo", "the prompt is not repeated");
        fields.Refuse("suffix", "there is no insertion");
        if (fields.Integer("best_of", 1, MostChoices) is { } best && best != (fields.Integer("n", 1, MostChoices) ?? 1))
        {
            fields.Fail(ApiError.Invalid("'best_of' is not supported: it must be 'n' or absent.", "best_of", "unsupported_parameter"));
        }

        var prompts = Prompts(fields);
        return Read(fields, prompts, fields.Integer("max_tokens", 1, int.MaxValue) ?? DefaultCompletionTokens);
    }

    public (GenerationRequest? Request, ApiError? Error) ReadChat(JsonElement body)
    {
        var fields = new RequestFields(body);
        fields.Refuse("logprobs", "log-probabilities are not given");
        fields.Refuse("top_logprobs", "log-probabilities are not given", "0");
        fields.Refuse("tools", "the model calls no tools");
        fields.Refuse("functions", "the model calls no functions");
        fields.Refuse("audio", "the model writes text alone");
        if (fields.Find("response_format") is { } format && !(format.ValueKind == JsonValueKind.Object && format.TryGetProperty("type", out var type) && type.ValueEquals("text")))
        {
            fields.Fail(ApiError.Invalid("'response_format' is not supported: only {\"type\": \"text\"} is.", "response_format", "unsupported_parameter"));
        }

        var messages = Messages(fields);
        int? limit = fields.Integer("max_completion_tokens", 1, int.MaxValue) ?? fields.Integer("max_tokens", 1, int.MaxValue);
        return Read(fields, fields.Error is null ? Encode(fields, messages) : [], limit ?? int.MaxValue);
    }

    private (GenerationRequest? Request, ApiError? Error) Read(RequestFields fields, IReadOnlyList<int[]> prompts, int limit)
    {
        string? name = fields.Text("model");
        if (string.IsNullOrEmpty(name))
        {
            fields.Fail(ApiError.Invalid("You must provide a model parameter.", "model"));
        }

        fields.Refuse("logit_bias", "tokens have no bias");
        int topK = fields.Integer("top_k", -1, int.MaxValue) ?? 0;
        int longest = prompts.Count == 0 ? 0 : prompts.Max(static prompt => prompt.Length);
        if (longest >= model.ContextLength)
        {
            fields.Fail(ApiError.Invalid(
                $"This model's maximum context length is {model.ContextLength} tokens, of which the answer needs at least 1. Your prompt has {longest} tokens.",
                fields.Find("messages") is null ? "prompt" : "messages", "context_length_exceeded"));
        }

        var sampling = new SamplingOptions
        {
            Temperature = fields.Number("temperature", 0, 2, 1),
            TopP = fields.Number("top_p", 0, 1, 1),
            TopK = Math.Max(0, topK),
            FrequencyPenalty = fields.Number("frequency_penalty", -2, 2, 0),
            PresencePenalty = fields.Number("presence_penalty", -2, 2, 0),
            RepetitionPenalty = fields.Number("repetition_penalty", 0.01, 100, 1),
            MaxNewTokens = Math.Max(1, Math.Min(limit, model.ContextLength)),
            StopTokens = model.StopTokens,
        };
        var request = new GenerationRequest(
            name ?? "", prompts, fields.Integer("n", 1, MostChoices) ?? 1, fields.Seed("seed") ?? unchecked((ulong)Random.Shared.NextInt64()), sampling,
            Stops(fields), fields.Flag("stream"), IncludesUsage(fields), fields.Flag("syntax_guided"));
        return fields.Error is null ? (request, null) : (null, fields.Error);
    }

    private int[][] Encode(RequestFields fields, List<ChatMessage> messages)
    {
        try
        {
            return [model.Encoder.EncodePrompt(messages)];
        }
        catch (ArgumentException refused)
        {
            fields.Fail(ApiError.Invalid($"'messages': {refused.Message}.", "messages"));
            return [];
        }
    }

    private static bool IncludesUsage(RequestFields fields)
    {
        if (fields.Find("stream_options") is not { } options)
        {
            return false;
        }

        if (options.ValueKind != JsonValueKind.Object || !fields.Flag("stream"))
        {
            fields.Fail(ApiError.Invalid("'stream_options' must be an object, and is for 'stream': true.", "stream_options"));
            return false;
        }

        return new RequestFields(options).Flag("include_usage");
    }

    private static IReadOnlyList<string> Stops(RequestFields fields)
    {
        if (fields.Find("stop") is not { } value)
        {
            return [];
        }

        string?[] stops = value.ValueKind switch
        {
            JsonValueKind.String => [RequestFields.StringOf(value)],
            JsonValueKind.Array => [.. value.EnumerateArray().Select(static stop => stop.ValueKind == JsonValueKind.String ? RequestFields.StringOf(stop) : null)],
            _ => [null],
        };
        if (stops.Length > MostStops || stops.Any(string.IsNullOrEmpty))
        {
            fields.Fail(ApiError.Invalid($"'stop' must be a string or up to {MostStops} strings, none of them empty.", "stop"));
            return [];
        }

        return stops!;
    }

    // A string, strings, token ids, or lists of token ids.
    private List<int[]> Prompts(RequestFields fields)
    {
        List<int[]> prompts = [];
        if (fields.Find("prompt") is { } prompt)
        {
            bool several = prompt.ValueKind == JsonValueKind.Array && prompt.EnumerateArray().All(static part => part.ValueKind is JsonValueKind.String or JsonValueKind.Array);
            foreach (var part in several ? [.. prompt.EnumerateArray()] : new[] { prompt })
            {
                if (Prompt(part) is { Length: > 0 } ids)
                {
                    prompts.Add(ids);
                }
                else
                {
                    fields.Fail(ApiError.Invalid(
                        "'prompt' must be a string, strings, token ids of the model, or lists of token ids; none may be empty.", "prompt"));
                }
            }
        }

        if (prompts.Count is 0 or > MostPrompts)
        {
            fields.Fail(ApiError.Invalid($"'prompt' must hold 1 to {MostPrompts} prompts.", "prompt"));
        }

        return prompts;
    }

    private int[]? Prompt(JsonElement prompt)
    {
        switch (prompt.ValueKind)
        {
            case JsonValueKind.String:
                return RequestFields.StringOf(prompt) is { Length: > 0 } text ? model.Encoder.Tokenizer.Encode(text, addSpecialTokens: true) : null;
            case JsonValueKind.Array:
                List<int> ids = [];
                foreach (var id in prompt.EnumerateArray())
                {
                    if (id.ValueKind != JsonValueKind.Number || !id.TryGetInt32(out int value) || model.Encoder.Tokenizer.TokenOf(value) is null)
                    {
                        return null;
                    }

                    ids.Add(value);
                }

                return [.. ids];
            default:
                return null;
        }
    }

    private static List<ChatMessage> Messages(RequestFields fields)
    {
        List<ChatMessage> messages = [];
        if (fields.Find("messages") is { ValueKind: JsonValueKind.Array } array)
        {
            foreach (var (index, item) in array.EnumerateArray().Index())
            {
                string? role = item.ValueKind == JsonValueKind.Object && item.TryGetProperty("role", out var given) && given.ValueKind == JsonValueKind.String
                    ? RequestFields.StringOf(given)
                    : null;
                role = role == "developer" ? ChatRole.System : role;
                if (role is ChatRole.System or ChatRole.User or ChatRole.Assistant && Content(item) is { } content)
                {
                    messages.Add(new ChatMessage(role, content));
                }
                else
                {
                    fields.Fail(ApiError.Invalid(
                        $"'messages[{index}]' must have a role (system, developer, user or assistant) and a content of text.", "messages"));
                }
            }
        }

        if (messages.Count == 0)
        {
            fields.Fail(ApiError.Invalid("'messages' must be an array with at least one message.", "messages"));
        }

        return messages;
    }

    // "text", or [{"type": "text", "text": "..."}]
    private static string? Content(JsonElement message)
    {
        if (!message.TryGetProperty("content", out var content))
        {
            return null;
        }

        if (content.ValueKind != JsonValueKind.Array)
        {
            return content.ValueKind == JsonValueKind.String ? RequestFields.StringOf(content) : null;
        }

        List<string> parts = [];
        foreach (var part in content.EnumerateArray())
        {
            if (part.ValueKind != JsonValueKind.Object || !part.TryGetProperty("type", out var type) || !type.ValueEquals("text")
                || !part.TryGetProperty("text", out var text) || text.ValueKind != JsonValueKind.String || RequestFields.StringOf(text) is not { } value)
            {
                return null;
            }

            parts.Add(value);
        }

        return string.Concat(parts);
    }
}
