using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using Google.Protobuf;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Options;
using NnGpt.Dashboard.Telemetry.Otlp;

namespace NnGpt.Dashboard.Telemetry;

/// <summary>OTLP over HTTP with protobuf bodies: /v1/traces, /v1/metrics, /v1/logs.</summary>
internal static class OtlpEndpoints
{
    private const string ContentType = "application/x-protobuf";
    private const string KeyHeader = "x-otlp-api-key";

    public static void MapOtlp(this WebApplication app)
    {
        var logs = app.Services.GetRequiredService<LogWindow>();
        var spans = app.Services.GetRequiredService<SpanWindow>();
        var metrics = app.Services.GetRequiredService<MetricWindow>();
        var options = app.Services.GetRequiredService<IOptions<DashboardOptions>>().Value;
        app.MapPost("/v1/logs", context => ReceiveAsync(context, options, LogsData.Parser, logs.Add));
        app.MapPost("/v1/traces", context => ReceiveAsync(context, options, TracesData.Parser, spans.Add));
        app.MapPost("/v1/metrics", context => ReceiveAsync(context, options, MetricsData.Parser, metrics.Add));
    }

    private static async Task ReceiveAsync<T>(HttpContext context, DashboardOptions options, MessageParser<T> parser, Action<T> add)
        where T : IMessage<T>
    {
        (context.Response.StatusCode, byte[]? body) = await ReadAsync(context, options);
        if (body is null)
            return;
        try
        {
            add(parser.ParseFrom(body));
            context.Response.ContentType = ContentType;
        }
        catch (InvalidProtocolBufferException)
        {
            context.Response.StatusCode = StatusCodes.Status400BadRequest;
        }
    }

    private static async Task<(int Status, byte[]? Body)> ReadAsync(HttpContext context, DashboardOptions options)
    {
        var request = context.Request;
        if (!HasKey(request, options.OtlpApiKey))
            return (StatusCodes.Status401Unauthorized, null);
        if (request.ContentType?.Split(';')[0].Trim() != ContentType)
            return (StatusCodes.Status415UnsupportedMediaType, null);
        if (request.ContentLength > options.MaxOtlpBytes)
            return (StatusCodes.Status413PayloadTooLarge, null);
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
            size.MaxRequestBodySize = options.MaxOtlpBytes;
        string encoding = request.Headers.ContentEncoding.ToString();
        if (encoding is not ("" or "identity" or "gzip"))
            return (StatusCodes.Status415UnsupportedMediaType, null);
        try
        {
            await using var content = encoding == "gzip" ? new GZipStream(request.Body, CompressionMode.Decompress) : request.Body;
            using var body = new MemoryStream();
            byte[] buffer = new byte[64 * 1024];
            int read;
            while ((read = await content.ReadAsync(buffer, context.RequestAborted)) > 0)
            {
                // A small body can unpack to a large one.
                if (body.Length + read > options.MaxOtlpBytes)
                    return (StatusCodes.Status413PayloadTooLarge, null);
                body.Write(buffer, 0, read);
            }
            return (StatusCodes.Status200OK, body.ToArray());
        }
        catch (BadHttpRequestException e)
        {
            return (e.StatusCode, null);
        }
        catch (InvalidDataException)
        {
            return (StatusCodes.Status400BadRequest, null);
        }
    }

    private static bool HasKey(HttpRequest request, string? key) =>
        !string.IsNullOrEmpty(key)
        && CryptographicOperations.FixedTimeEquals(
            SHA256.HashData(Encoding.UTF8.GetBytes(request.Headers[KeyHeader].ToString())), SHA256.HashData(Encoding.UTF8.GetBytes(key)));
}
