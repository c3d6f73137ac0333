using System.Text;
using System.Text.Json;
using System.Threading.Channels;
using Grpc.Core;
using Microsoft.Extensions.Options;

namespace NnGpt.Generator.OpenAI;

/// <summary>Answers the two completion calls: in one body, or in server-sent events.</summary>
internal sealed partial class CompletionHandler(
    ChoiceSampler sampler, ServedModels models, IOptions<GeneratorOptions> options, TimeProvider time, ILogger<CompletionHandler> logger)
{
    private static readonly byte[] s_done = "data: [DONE]\n\n"u8.ToArray();
    private int _pending;

    public async Task AnswerAsync(HttpContext context, GenerationRequest request, IAnswerFormat format)
    {
        int pending = Interlocked.Add(ref _pending, request.Choices);
        try
        {
            if (pending > options.Value.MaxPending)
            {
                context.Response.Headers.RetryAfter = "1";
                await FailAsync(context, new ApiError(
                    StatusCodes.Status429TooManyRequests,
                    $"{pending - request.Choices} texts are waited for and {request.Choices} more were asked for; the server takes {options.Value.MaxPending}.",
                    "requests", null, "rate_limit_exceeded"));
                return;
            }

            var (known, adapter) = await models.ResolveAsync(request.Model, context.RequestAborted);
            if (!known)
            {
                await FailAsync(context, ApiError.UnknownModel(request.Model));
                return;
            }

            await (request.Stream ? StreamAsync(context, request, format, adapter) : SendAsync(context, request, format, adapter));
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // The client is gone.
        }
        catch (Exception failure) when (failure is InvalidDataException or IOException or RpcException or ObjectDisposedException)
        {
            LogFailure(failure, request.Model);
            await FailAsync(context, ApiError.Server(failure.Message));
        }
        finally
        {
            Interlocked.Add(ref _pending, -request.Choices);
        }
    }

    private async Task SendAsync(HttpContext context, GenerationRequest request, IAnswerFormat format, string? adapter)
    {
        var choices = await sampler.SampleAsync(request, adapter, null, context.RequestAborted);
        await context.Response.WriteAsJsonAsync(
            new
            {
                Id = NewId(format),
                Object = format.ObjectName,
                Created = time.GetUtcNow().ToUnixTimeSeconds(),
                request.Model,
                Choices = choices.Select(format.Choice),
                Usage = Usage(request, choices),
            },
            ApiJson.Options,
            context.RequestAborted);
    }

    private async Task StreamAsync(HttpContext context, GenerationRequest request, IAnswerFormat format, string? adapter)
    {
        var pieces = Channel.CreateUnbounded<ChoicePiece>(new UnboundedChannelOptions { SingleReader = true });
        var sampling = SampleIntoAsync();
        context.Response.ContentType = "text/event-stream; charset=utf-8";
        context.Response.Headers.CacheControl = "no-cache";
        string id = NewId(format);
        long created = time.GetUtcNow().ToUnixTimeSeconds();
        try
        {
            foreach (object first in Enumerable.Range(0, request.Choices).Select(format.FirstChunkChoice).OfType<object>())
            {
                await SendChunkAsync([first], null);
            }

            await foreach (var piece in pieces.Reader.ReadAllAsync(context.RequestAborted))
            {
                await SendChunkAsync([format.ChunkChoice(piece)], null);
            }

            var choices = await sampling;
            if (request.IncludeUsage)
            {
                await SendChunkAsync([], Usage(request, choices));
            }

            await context.Response.Body.WriteAsync(s_done, context.RequestAborted);
        }
        finally
        {
            // Whatever ended the answer, the sampling has ended too before the request does: it watches the same token.
            await ((Task)sampling).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
        }

        async Task<IReadOnlyList<ChoiceText>> SampleIntoAsync()
        {
            try
            {
                return await sampler.SampleAsync(request, adapter, pieces.Writer, context.RequestAborted);
            }
            finally
            {
                pieces.Writer.TryComplete();
            }
        }

        async Task SendChunkAsync(object[] choices, object? usage)
        {
            Dictionary<string, object?> chunk = new()
            {
                ["id"] = id,
                ["object"] = format.ChunkObjectName,
                ["created"] = created,
                ["model"] = request.Model,
                ["choices"] = choices,
            };
            if (request.IncludeUsage)
            {
                chunk["usage"] = usage;
            }

            await WriteEventAsync(context, chunk);
        }
    }

    private static async Task FailAsync(HttpContext context, ApiError error)
    {
        if (!context.Response.HasStarted)
        {
            context.Response.StatusCode = error.Status;
            await context.Response.WriteAsJsonAsync(error.ToBody(), ApiJson.Options, context.RequestAborted);
        }
        else if (!context.RequestAborted.IsCancellationRequested)
        {
            await WriteEventAsync(context, error.ToBody());
        }
    }

    private static async Task WriteEventAsync(HttpContext context, object data)
    {
        await context.Response.Body.WriteAsync(Encoding.UTF8.GetBytes($"data: {JsonSerializer.Serialize(data, ApiJson.Options)}\n\n"), context.RequestAborted);
        await context.Response.Body.FlushAsync(context.RequestAborted);
    }

    private static string NewId(IAnswerFormat format) => $"{format.IdPrefix}{Guid.NewGuid():N}";

    private static object Usage(GenerationRequest request, IReadOnlyList<ChoiceText> choices)
    {
        int prompt = request.Prompts.Sum(static prompt => prompt.Length);
        int completion = choices.Sum(static choice => choice.Tokens);
        return new { PromptTokens = prompt, CompletionTokens = completion, TotalTokens = prompt + completion };
    }

    [LoggerMessage(110, LogLevel.Error, "A completion of {Model} failed")]
    private partial void LogFailure(Exception exception, string model);
}
