using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Options;

namespace NnGpt.Generator.Remote;

/// <summary>The calls of the OpenAI API that are used, and vLLM's two for adapters. Retries are the HTTP client's own.</summary>
internal sealed class OpenAIClient(IHttpClientFactory clients, IOptions<OpenAIOptions> options)
{
    public const string HttpClientName = "openai";
    private const int LongestMessage = 500;

    /// <summary>The model of the settings, or the first base model that the server lists.</summary>
    /// <exception cref="HttpRequestException">The server cannot be reached or refuses.</exception>
    /// <exception cref="InvalidDataException">Its answer is none of the API.</exception>
    public async Task<ServerModel> GetModelAsync(CancellationToken cancellationToken)
    {
        using var response = await clients.CreateClient(HttpClientName).GetAsync(Url("models"), cancellationToken);
        await RequireSuccessAsync(response, cancellationToken);
        return await ReadAsync(response, root =>
        {
            JsonElement[] models = [.. root.GetProperty("data").EnumerateArray()];
            string wanted = options.Value.Model;
            int at = wanted.Length > 0
                ? Array.FindIndex(models, model => model.GetProperty("id").GetString() == wanted)
                : Array.FindIndex(models, static model => TextOf(model, "parent") is null);
            if (at < 0)
            {
                throw new InvalidDataException($"{options.Value.BaseUrl} has no model{(wanted.Length > 0 ? $" '{wanted}'" : "")}");
            }

            return new ServerModel(
                models[at].GetProperty("id").GetString()!,
                models[at].TryGetProperty("max_model_len", out var length) && length.ValueKind == JsonValueKind.Number ? length.GetInt32() : 0,
                TextOf(models[at], "owned_by") ?? "");
        }, cancellationToken);
    }

    /// <summary>One answer.</summary>
    /// <param name="body">Body of /chat/completions, without streaming and with one choice.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="HttpRequestException">The server cannot be reached or refuses; its own words are in the message.</exception>
    /// <exception cref="InvalidDataException">Its answer is none of the API.</exception>
    public async Task<ServerAnswer> CompleteChatAsync(JsonObject body, CancellationToken cancellationToken)
    {
        using var response = await clients.CreateClient(HttpClientName).PostAsJsonAsync(Url("chat/completions"), body, cancellationToken);
        await RequireSuccessAsync(response, cancellationToken);
        return await ReadAsync(response, static root =>
        {
            var choice = root.GetProperty("choices")[0];
            root.TryGetProperty("usage", out var usage);
            return new ServerAnswer(
                TextOf(choice.GetProperty("message"), "content") ?? "",
                TextOf(choice, "stop_reason") is "abandoned" ? "abandoned" : TextOf(choice, "finish_reason") ?? "",
                Count(usage, "prompt_tokens"),
                Count(usage, "completion_tokens"));
        }, cancellationToken);
    }

    /// <summary>vLLM's load_lora_adapter; null when it worked or the name is loaded already, else status and message.</summary>
    public Task<(HttpStatusCode Status, string Message)?> LoadAdapterAsync(string name, string path, CancellationToken cancellationToken) =>
        ChangeAdapterAsync("load_lora_adapter", new JsonObject { ["lora_name"] = name, ["lora_path"] = path }, cancellationToken);

    /// <summary>vLLM's unload_lora_adapter; null when it worked.</summary>
    public Task<(HttpStatusCode Status, string Message)?> UnloadAdapterAsync(string name, CancellationToken cancellationToken) =>
        ChangeAdapterAsync("unload_lora_adapter", new JsonObject { ["lora_name"] = name }, cancellationToken);

    private async Task<(HttpStatusCode Status, string Message)?> ChangeAdapterAsync(string call, JsonObject body, CancellationToken cancellationToken)
    {
        using var response = await clients.CreateClient(HttpClientName).PostAsJsonAsync(Url(call), body, cancellationToken);
        if (response.IsSuccessStatusCode)
        {
            return null;
        }

        string message = await MessageAsync(response, cancellationToken);
        bool loaded = response.StatusCode == HttpStatusCode.BadRequest && message.Contains("already been loaded", StringComparison.OrdinalIgnoreCase);
        return loaded ? null : (response.StatusCode, message);
    }

    private Uri Url(string call) => new($"{options.Value.BaseUrl.TrimEnd('/')}/{call}");

    private static async Task RequireSuccessAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        if (!response.IsSuccessStatusCode)
        {
            throw new HttpRequestException(
                $"{response.RequestMessage?.RequestUri} answered {(int)response.StatusCode}: {await MessageAsync(response, cancellationToken)}", null, response.StatusCode);
        }
    }

    // {"error": {"message": "..."}}, {"message": "..."} or whatever it says
    private static async Task<string> MessageAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        string text = await response.Content.ReadAsStringAsync(cancellationToken);
        try
        {
            using var json = JsonDocument.Parse(text);
            var root = json.RootElement.ValueKind == JsonValueKind.Object && json.RootElement.TryGetProperty("error", out var error) ? error : json.RootElement;
            text = (root.ValueKind == JsonValueKind.Object ? TextOf(root, "message") : null) ?? text;
        }
        catch (JsonException)
        {
            // Not every server answers errors in JSON.
        }

        return text.Length > LongestMessage ? text[..LongestMessage] : text;
    }

    private static async Task<T> ReadAsync<T>(HttpResponseMessage response, Func<JsonElement, T> read, CancellationToken cancellationToken)
    {
        try
        {
            using var json = await JsonDocument.ParseAsync(await response.Content.ReadAsStreamAsync(cancellationToken), default, cancellationToken);
            return read(json.RootElement);
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or FormatException or IndexOutOfRangeException)
        {
            throw new InvalidDataException($"{response.RequestMessage?.RequestUri} gave an answer that is none of the OpenAI API: {e.Message}", e);
        }
    }

    private static string? TextOf(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static int Count(JsonElement usage, string name) =>
        usage.ValueKind == JsonValueKind.Object && usage.TryGetProperty(name, out var count) && count.TryGetInt32(out int value) ? value : 0;
}
