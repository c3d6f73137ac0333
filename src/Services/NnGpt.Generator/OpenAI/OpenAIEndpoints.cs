using System.Net;
using System.Net.Mime;
using System.Text.Json;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Options;

namespace NnGpt.Generator.OpenAI;

/// <summary>
/// The OpenAI API on the service's http port, for programs on this machine. A web page cannot use it: a body must say that it is JSON,
/// which a browser does not send elsewhere without asking first, and the host must be named as this machine.
/// </summary>
internal static class OpenAIEndpoints
{
    private const int MostBodyBytes = 4 << 20;

    public static void MapOpenAI(this WebApplication app)
    {
        var api = app.MapGroup("/v1").AddEndpointFilter(RefuseOthersAsync).WithMetadata(new RequestSizeLimitAttribute(MostBodyBytes));
        api.MapGet("/models", (ServedModels models) => Results.Json(new { Object = "list", Data = models.List() }, ApiJson.Options));
        api.MapGet("/models/{**name}", (string name, ServedModels models) =>
            models.Describe(name) is { } model ? Results.Json(model, ApiJson.Options) : ApiError.UnknownModel(name).ToResult());
        api.MapPost("/completions", (HttpContext context, RequestReader reader, CompletionHandler handler) =>
            CompleteAsync(context, reader.ReadCompletion, handler, new TextFormat()));
        api.MapPost("/chat/completions", (HttpContext context, RequestReader reader, CompletionHandler handler) =>
            CompleteAsync(context, reader.ReadChat, handler, new ChatFormat()));
        if (app.Services.GetRequiredService<IOptions<GeneratorOptions>>().Value.AllowRuntimeAdapters)
        {
            api.MapPost("/load_lora_adapter", (HttpContext context, ServedModels models) => ChangeAdapterAsync(
                context,
                async fields => fields.Text("lora_name") is { Length: > 0 } name && fields.Text("lora_path") is { Length: > 0 } path
                    ? (await models.LoadAsync(name, path, context.RequestAborted), $"Success: LoRA adapter '{name}' added successfully.")
                    : (ApiError.Invalid("'lora_name' and 'lora_path' must be given."), "")));
            api.MapPost("/unload_lora_adapter", (HttpContext context, ServedModels models) => ChangeAdapterAsync(
                context,
                fields => Task.FromResult(fields.Text("lora_name") is { Length: > 0 } name
                    ? (models.Unload(name), $"Success: LoRA adapter '{name}' removed successfully.")
                    : (ApiError.Invalid("'lora_name' must be given."), ""))));
        }

        api.MapFallback((HttpContext context) => new ApiError(
            StatusCodes.Status404NotFound, $"Unknown request URL: {context.Request.Method} {context.Request.Path}.", ApiError.InvalidRequest, null, "unknown_url").ToResult());
    }

    private static async ValueTask<object?> RefuseOthersAsync(EndpointFilterInvocationContext invocation, EndpointFilterDelegate next)
    {
        var request = invocation.HttpContext.Request;
        // There is no address where the server is a test's own, in the same process.
        bool local = invocation.HttpContext.Connection.RemoteIpAddress is not { } address || IPAddress.IsLoopback(address);
        string host = request.Host.Host;
        if (!local || !(host is "localhost" || (IPAddress.TryParse(host.Trim('[', ']'), out var named) && IPAddress.IsLoopback(named))))
        {
            return new ApiError(StatusCodes.Status403Forbidden, "This server answers programs on its own machine only.", ApiError.InvalidRequest).ToResult();
        }

        return request.Method == HttpMethods.Post && !request.HasJsonContentType()
            ? new ApiError(StatusCodes.Status415UnsupportedMediaType, "The body must be application/json.", ApiError.InvalidRequest).ToResult()
            : await next(invocation);
    }

    private static async Task CompleteAsync(
        HttpContext context, Func<JsonElement, (GenerationRequest?, ApiError?)> read, CompletionHandler handler, IAnswerFormat format)
    {
        var (body, error) = await ReadBodyAsync(context);
        using (body)
        {
            GenerationRequest? request = null;
            if (body is not null)
            {
                (request, error) = read(body.RootElement);
            }

            await (request is null ? error!.ToResult().ExecuteAsync(context) : handler.AnswerAsync(context, request, format));
        }
    }

    private static async Task<IResult> ChangeAdapterAsync(HttpContext context, Func<RequestFields, Task<(ApiError? Error, string Success)>> change)
    {
        var (body, error) = await ReadBodyAsync(context);
        using (body)
        {
            if (body is null)
            {
                return error!.ToResult();
            }

            var fields = new RequestFields(body.RootElement);
            var (refusal, success) = await change(fields);
            return (fields.Error ?? refusal)?.ToResult() ?? Results.Text(success, MediaTypeNames.Text.Plain);
        }
    }

    private static async Task<(JsonDocument? Body, ApiError? Error)> ReadBodyAsync(HttpContext context)
    {
        try
        {
            var body = await JsonDocument.ParseAsync(context.Request.Body, default, context.RequestAborted);
            if (body.RootElement.ValueKind == JsonValueKind.Object)
            {
                return (body, null);
            }

            body.Dispose();
            return (null, ApiError.Invalid("The body must be a JSON object."));
        }
        catch (JsonException e)
        {
            return (null, ApiError.Invalid($"We could not parse the JSON body of your request: {e.Message}"));
        }
        catch (BadHttpRequestException e)
        {
            return (null, new ApiError(e.StatusCode, e.Message, ApiError.InvalidRequest));
        }
    }
}
