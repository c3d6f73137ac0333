using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using NnGpt.Corpus.Chat;
using NnGpt.Generator.Designers;
using NnGpt.Protocol.V1;

namespace NnGpt.Generator.Tests.OpenAI;

public sealed class OpenAIServerTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Chat_SixteenAtATimeAloneAndInAnotherOrder_GivesTheSameTexts()
    {
        await using var generator = await ServedGenerator.StartAsync(static options => options.MaxBatch = 16);
        ulong[] seeds = [.. Enumerable.Range(0, 16).Select(static i => (ulong)i * 1_000_003)];
        var embedded = await generator.Designer.DesignAsync(
            new DesignRequest([new ChatMessage(ChatRole.User, "Design a network.")], new SamplingSettings { Temperature = 0.8, TopP = 0.95, TopK = 50, MaxNewTokens = 200 }, seeds, ""),
            Token);

        string[] reversed = await Task.WhenAll(seeds.Reverse().Select(seed => TextAsync(generator, Body(seed, 200))));
        string[] alone = [await TextAsync(generator, Body(seeds[3], 200)), await TextAsync(generator, Body(seeds[11], 200))];

        Assert.Equal(embedded.Select(text => text.Text), reversed.Reverse());
        Assert.Equal([embedded[3].Text, embedded[11].Text], alone);
        Assert.True(generator.Model.LargestBatch > 8, $"only {generator.Model.LargestBatch} were computed together");
        Assert.True(embedded.Select(text => text.Text).Distinct().Count() > 8);
    }

    [Fact]
    public async Task Chat_JoiningABatchThatRuns_ChangesNoText()
    {
        await using var generator = await ServedGenerator.StartAsync(static options => options.MaxBatch = 3);
        string[] alone = new string[6];
        for (int i = 0; i < alone.Length; i++)
            alone[i] = await TextAsync(generator, Body((ulong)i, 20 + (20 * i)));

        // Six texts of different lengths through three places: each end lets one in beside others that are half-way.
        string[] joined = await Task.WhenAll(Enumerable.Range(0, 6).Select(i => TextAsync(generator, Body((ulong)i, 20 + (20 * i)))));

        Assert.Equal(alone, joined);
    }

    [Fact]
    public async Task Chat_WithAnAdapterAsModel_GivesItsTexts()
    {
        await using var generator = await ServedGenerator.StartAsync();
        string digest = generator.AddAdapter();

        var listed = await generator.Client.GetFromJsonAsync<JsonNode>("models", Token);
        string adapted = await TextAsync(generator, Body(1, 24, digest));

        Assert.Equal([ServedGenerator.ModelName, digest], listed!["data"]!.AsArray().Select(model => (string)model!["id"]!));
        Assert.Equal(ServedGenerator.ModelName, (string?)listed["data"]![1]!["parent"]);
        Assert.NotEqual(await TextAsync(generator, Body(1, 24)), adapted);
    }

    [Fact]
    public async Task LoadAdapter_OfAFolder_ServesItUnderItsNameUntilItIsUnloaded()
    {
        await using var generator = await ServedGenerator.StartAsync();
        string folder = Path.Combine(generator.Cache, "made-elsewhere");
        ServedGenerator.SaveAdapter(folder);
        JsonObject load = new() { ["lora_name"] = "mine", ["lora_path"] = folder };

        using var loaded = await generator.Client.PostAsJsonAsync("load_lora_adapter", load, Token);
        using var again = await generator.Client.PostAsJsonAsync("load_lora_adapter", load, Token);
        Directory.Delete(folder, recursive: true);
        string adapted = await TextAsync(generator, Body(1, 24, "mine"));
        using var unloaded = await generator.Client.PostAsJsonAsync("unload_lora_adapter", new JsonObject { ["lora_name"] = "mine" }, Token);
        using var gone = await generator.Client.PostAsJsonAsync("chat/completions", Body(1, 24, "mine"), Token);
        using var missing = await generator.Client.PostAsJsonAsync("load_lora_adapter", load, Token);

        Assert.Equal(
            [HttpStatusCode.OK, HttpStatusCode.BadRequest, HttpStatusCode.OK, HttpStatusCode.NotFound, HttpStatusCode.BadRequest],
            [loaded.StatusCode, again.StatusCode, unloaded.StatusCode, gone.StatusCode, missing.StatusCode]);
        Assert.NotEqual(await TextAsync(generator, Body(1, 24)), adapted);
    }

    [Theory]
    [InlineData("""{"model": "model"}""", 400, "messages")]
    [InlineData("""{"messages": [{"role": "user", "content": "x"}]}""", 400, "model")]
    [InlineData("""{"model": "other", "messages": [{"role": "user", "content": "x"}]}""", 404, "model")]
    [InlineData("""{"model": "sha256:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", "messages": [{"role": "user", "content": "x"}]}""", 404, "model")]
    [InlineData("""{"model": "model", "messages": [{"role": "robot", "content": "x"}]}""", 400, "messages")]
    [InlineData("""{"model": "model", "messages": [{"role": "user", "content": [{"type": "image_url"}]}]}""", 400, "messages")]
    [InlineData("""{"model": "model", "messages": [{"role": "user", "content": "\ud800"}]}""", 400, "messages")]
    [InlineData("""{"model": "model", "messages": [{"role": "user", "content": "x"}], "temperature": -1}""", 400, "temperature")]
    [InlineData("""{"model": "model", "messages": [{"role": "user", "content": "x"}], "n": 0}""", 400, "n")]
    [InlineData("""{"model": "model", "messages": [{"role": "user", "content": "x"}], "stop": [""]}""", 400, "stop")]
    [InlineData("""{"model": "model", "messages": [{"role": "user", "content": "x"}], "seed": 1.5}""", 400, "seed")]
    [InlineData("""{"model": "model", "messages": [{"role": "user", "content": "x"}], "max_tokens": "9"}""", 400, "max_tokens")]
    [InlineData("""{"model": "model", "messages": [{"role": "user", "content": "x"}], "stream_options": {}}""", 400, "stream_options")]
    [InlineData("""{"model": "model", "messages": [{"role": "user", "content": "x"}], "tools": [{}]}""", 400, "tools")]
    [InlineData("""{"model": """, 400, null)]
    [InlineData("[]", 400, null)]
    public async Task Chat_WithAWrongRequest_SaysWhatIsWrong(string body, int status, string? param)
    {
        await using var generator = await ServedGenerator.StartAsync();
        using var response = await generator.Client.PostAsync("chat/completions", new StringContent(body, Encoding.UTF8, "application/json"), Token);
        var error = (await response.Content.ReadFromJsonAsync<JsonNode>(Token))!["error"]!.AsObject();

        Assert.Equal(status, (int)response.StatusCode);
        Assert.Equal(["message", "type", "param", "code"], error.Select(field => field.Key));
        Assert.Equal(param, (string?)error["param"]);
        Assert.Equal("invalid_request_error", (string?)error["type"]);
    }

    [Fact]
    public async Task Chat_MoreThanMayWait_IsRefusedAndLaterAnswered()
    {
        await using var generator = await ServedGenerator.StartAsync(static options => options.MaxPending = 2);
        var body = Body(1, 8);
        body["n"] = 3;
        using var refused = await generator.Client.PostAsJsonAsync("chat/completions", body, Token);
        Assert.Equal(HttpStatusCode.TooManyRequests, refused.StatusCode);
        Assert.Equal(TimeSpan.FromSeconds(1), refused.Headers.RetryAfter!.Delta);
        Assert.NotEmpty(await TextAsync(generator, Body(1, 8)));
    }

    [Fact]
    public async Task Post_NotJsonOrForAnotherHost_IsRefused()
    {
        await using var generator = await ServedGenerator.StartAsync();
        using var form = await generator.Client.PostAsync("chat/completions", new StringContent("{}", Encoding.UTF8, "text/plain"), Token);
        using var rebound = new HttpRequestMessage(HttpMethod.Get, "models") { Headers = { Host = "evil.example" } };
        using var elsewhere = await generator.Client.SendAsync(rebound, Token);
        using var unknown = await generator.Client.GetAsync("embeddings", Token);
        Assert.Equal(
            [HttpStatusCode.UnsupportedMediaType, HttpStatusCode.Forbidden, HttpStatusCode.NotFound],
            [form.StatusCode, elsewhere.StatusCode, unknown.StatusCode]);
    }

    [Fact]
    public async Task Stream_WhoseClientLeaves_MakesRoomForOthers()
    {
        await using var generator = await ServedGenerator.StartAsync(static options => options.MaxBatch = 1);
        var body = Body(1, 600);
        body["stream"] = true;
        using (var request = new HttpRequestMessage(HttpMethod.Post, "chat/completions") { Content = JsonContent.Create(body) })
        using (var response = await generator.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Token))
        {
            using var reader = new StreamReader(await response.Content.ReadAsStreamAsync(Token));
            Assert.StartsWith("data: {", await reader.ReadLineAsync(Token), StringComparison.Ordinal);
        }

        Assert.NotEmpty(await TextAsync(generator, Body(2, 8)));
    }

    [Fact]
    public async Task Completions_OfTokensOrText_AreTheSame()
    {
        await using var generator = await ServedGenerator.StartAsync();
        int[] ids = generator.Model.Encoder.Tokenizer.Encode("import torch", addSpecialTokens: true);
        JsonObject body = new() { ["model"] = ServedGenerator.ModelName, ["prompt"] = "import torch", ["seed"] = 5, ["max_tokens"] = 12 };
        var text = await SendAsync(generator, "completions", body);
        body["prompt"] = new JsonArray([.. ids.Select(id => JsonValue.Create(id))]);
        var tokens = await SendAsync(generator, "completions", body);

        Assert.Equal((string?)text["choices"]![0]!["text"], (string?)tokens["choices"]![0]!["text"]);
        Assert.Equal(ids.Length, (int)tokens["usage"]!["prompt_tokens"]!);
        Assert.Equal("text_completion", (string?)text["object"]);
    }

    private static JsonObject Body(ulong seed, int tokens, string model = ServedGenerator.ModelName) => new()
    {
        ["model"] = model,
        ["messages"] = new JsonArray(new JsonObject { ["role"] = "user", ["content"] = "Design a network." }),
        ["seed"] = seed,
        ["temperature"] = 0.8,
        ["top_p"] = 0.95,
        ["top_k"] = 50,
        ["max_tokens"] = tokens,
    };

    private static async Task<string> TextAsync(ServedGenerator generator, JsonObject body) =>
        (string)(await SendAsync(generator, "chat/completions", body))["choices"]![0]!["message"]!["content"]!;

    private static async Task<JsonNode> SendAsync(ServedGenerator generator, string call, JsonObject body)
    {
        using var response = await generator.Client.PostAsJsonAsync(call, body, Token);
        string text = await response.Content.ReadAsStringAsync(Token);
        Assert.True(response.IsSuccessStatusCode, text);
        return JsonNode.Parse(text) ?? throw new JsonException("empty");
    }
}
