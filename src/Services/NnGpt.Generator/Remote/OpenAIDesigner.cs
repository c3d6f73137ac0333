using System.Diagnostics;
using System.Net;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Options;
using NnGpt.Generator.Designers;
using NnGpt.Protocol.V1;

namespace NnGpt.Generator.Remote;

/// <summary>
/// A server that speaks the OpenAI API: one request a seed, many at a time, for the server to batch. The same seeds give the same texts
/// as far as the server keeps its word.
/// </summary>
internal sealed partial class OpenAIDesigner(
    OpenAIClient client, RemoteAdapters adapters, IOptions<OpenAIOptions> options, TimeProvider time, ILogger<OpenAIDesigner> logger) : IDesigner
{
    private volatile ServerModel? _model;
    private volatile string _adapterDigest = "";

    public ModelInfo Model => new() { Name = _model?.Name ?? options.Value.Model, ContextLength = _model?.ContextLength ?? 0, AdapterDigest = _adapterDigest };

    /// <exception cref="HttpRequestException">The server cannot be reached or refuses, after the retries.</exception>
    /// <exception cref="TimeoutException">The total time is over.</exception>
    /// <exception cref="InvalidDataException">An answer is none of the API.</exception>
    public async Task<IReadOnlyList<DesignedText>> DesignAsync(DesignRequest request, CancellationToken cancellationToken)
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(options.Value.TotalSeconds), time);
        using var total = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, deadline.Token);
        try
        {
            var model = _model ??= await client.GetModelAsync(total.Token);
            if (request.Sampling.SyntaxGuided && !model.IsGenerator)
            {
                LogUnguided(options.Value.BaseUrl);
            }

            return await DesignAsync(request, model, again: true, total.Token);
        }
        catch (OperationCanceledException) when (deadline.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw new TimeoutException($"{options.Value.BaseUrl} did not write {request.Seeds.Count} texts within {options.Value.TotalSeconds} s");
        }
    }

    private async Task<IReadOnlyList<DesignedText>> DesignAsync(DesignRequest request, ServerModel model, bool again, CancellationToken cancellationToken)
    {
        string? adapter = await adapters.AcquireAsync(request.AdapterDigest, cancellationToken);
        bool lost = false;
        try
        {
            long start = Stopwatch.GetTimestamp();
            var answers = await AnswerAsync(request, model, adapter ?? model.Name, cancellationToken);
            double share = Stopwatch.GetElapsedTime(start).TotalSeconds / answers.Count;
            _adapterDigest = adapter is null ? "" : request.AdapterDigest;
            return
            [
                .. answers.Zip(request.Seeds, (answer, seed) => new DesignedText(
                    answer.Text,
                    new Origin
                    {
                        Model = model.Name,
                        AdapterDigest = _adapterDigest,
                        Seed = seed,
                        PromptTokens = answer.PromptTokens,
                        CompletionTokens = answer.CompletionTokens,
                        FinishReason = answer.FinishReason,
                        Seconds = share,
                    })),
            ];
        }
        catch (HttpRequestException e) when (e.StatusCode == HttpStatusCode.NotFound && adapter is not null && again)
        {
            lost = true;
        }
        finally
        {
            if (adapter is not null)
            {
                await adapters.ReleaseAsync(adapter, lost);
            }
        }

        return await DesignAsync(request, model, again: false, cancellationToken);
    }

    private async Task<IReadOnlyList<ServerAnswer>> AnswerAsync(DesignRequest request, ServerModel model, string name, CancellationToken cancellationToken)
    {
        var answers = new ServerAnswer[request.Seeds.Count];
        await Parallel.ForEachAsync(
            Enumerable.Range(0, answers.Length),
            new ParallelOptions { MaxDegreeOfParallelism = options.Value.Concurrency, CancellationToken = cancellationToken },
            async (index, token) => answers[index] = await client.CompleteChatAsync(Body(request, model, name, request.Seeds[index]), token));
        return answers;
    }

    private JsonObject Body(DesignRequest request, ServerModel model, string name, ulong seed)
    {
        var body = new JsonObject
        {
            ["model"] = name,
            ["messages"] = new JsonArray([.. request.Prompt.Select(static message => new JsonObject { ["role"] = message.Role, ["content"] = message.Content })]),
            ["temperature"] = request.Sampling.Temperature,
            ["top_p"] = request.Sampling.TopP,
            ["max_tokens"] = request.Sampling.MaxNewTokens,
            // The API's seed is signed; the bits are the same.
            ["seed"] = unchecked((long)seed),
            ["n"] = 1,
        };
        if (options.Value.SendTopK && request.Sampling.TopK > 0)
        {
            body["top_k"] = request.Sampling.TopK;
        }

        if (request.Sampling.SyntaxGuided && model.IsGenerator)
        {
            body["syntax_guided"] = true;
        }

        return body;
    }

    [LoggerMessage(130, LogLevel.Warning, "{Server} knows no syntax-guided decoding; it samples without")]
    private partial void LogUnguided(string server);
}
