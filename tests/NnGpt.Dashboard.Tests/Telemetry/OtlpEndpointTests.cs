using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using Google.Protobuf;
using NnGpt.Dashboard.Telemetry.Otlp;
using NnGpt.Dashboard.Tests.Running;

namespace NnGpt.Dashboard.Tests.Telemetry;

public sealed class OtlpEndpointTests(DashboardFixture fixture)
{
    private static readonly string[] s_paths = ["/v1/traces", "/v1/metrics", "/v1/logs"];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static TheoryData<string> Paths => [.. s_paths];

    [Theory, MemberData(nameof(Paths))]
    public async Task Post_EmptyBody_IsTaken(string path) => Assert.Equal(HttpStatusCode.OK, await PostAsync(path, []));

    [Theory, MemberData(nameof(Paths))]
    public async Task Post_WithoutKey_IsRefused(string path) => Assert.Equal(HttpStatusCode.Unauthorized, await PostAsync(path, [], key: null));

    [Theory, MemberData(nameof(Paths))]
    public async Task Post_WrongKey_IsRefused(string path) => Assert.Equal(HttpStatusCode.Unauthorized, await PostAsync(path, [], key: "wrong"));

    [Theory, MemberData(nameof(Paths))]
    public async Task Post_BrowsersCookieInsteadOfAKey_IsRefused(string path)
    {
        using var request = await fixture.Dashboard.LoggedInAsync(HttpMethod.Post, path, Cancel);
        request.Content = Protobuf([]);
        using var answer = await fixture.Dashboard.Client.SendAsync(request, Cancel);

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
    }

    [Theory, MemberData(nameof(Paths))]
    public async Task Post_OversizedBody_IsRefused(string path) =>
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, await PostAsync(path, new byte[DashboardProcess.MaxOtlpBytes + 1]));

    [Fact]
    public async Task Post_OversizedChunkedBody_IsRefused()
    {
        var content = new StreamContent(new MemoryStream(new byte[DashboardProcess.MaxOtlpBytes + 1]));
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, await PostAsync("/v1/logs", content, chunked: true));
    }

    [Fact]
    public async Task Post_SmallBodyThatUnpacksToALargeOne_IsRefused()
    {
        byte[] packed = Pack(new byte[50 * DashboardProcess.MaxOtlpBytes]);
        Assert.InRange(packed.Length, 1, DashboardProcess.MaxOtlpBytes);
        var content = Protobuf(packed);
        content.Headers.ContentEncoding.Add("gzip");

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, await PostAsync("/v1/logs", content));
    }

    [Fact]
    public async Task Post_Gzip_IsRead()
    {
        var content = Protobuf(Pack(new LogsData().ToByteArray()));
        content.Headers.ContentEncoding.Add("gzip");

        Assert.Equal(HttpStatusCode.OK, await PostAsync("/v1/logs", content));
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("br")]
    public async Task Post_BrokenOrUnknownEncoding_IsRefused(string encoding)
    {
        var content = Protobuf([1, 2, 3, 4]);
        content.Headers.ContentEncoding.Add(encoding);

        Assert.Contains(await PostAsync("/v1/logs", content), new[] { HttpStatusCode.BadRequest, HttpStatusCode.UnsupportedMediaType });
    }

    [Theory, MemberData(nameof(Paths))]
    public async Task Post_NoProtobuf_IsRefused(string path) => Assert.Equal(HttpStatusCode.BadRequest, await PostAsync(path, [0xff, 0xff, 0xff, 0xff, 0x07]));

    [Fact]
    public async Task Post_Json_IsRefused() =>
        Assert.Equal(HttpStatusCode.UnsupportedMediaType, await PostAsync("/v1/logs", new StringContent("{}", System.Text.Encoding.UTF8, "application/json")));

    [Fact]
    public async Task Post_ValueNestedVeryDeeply_IsRefusedOrCut()
    {
        var value = new AnyValue { StringValue = "deep" };
        for (int i = 0; i < 500; i++)
            value = new AnyValue { ArrayValue = new ArrayValue { Values = { value } } };
        var data = new LogsData { ResourceLogs = { new ResourceLogs { ScopeLogs = { new ScopeLogs { LogRecords = { new LogRecord { Body = value } } } } } } };

        Assert.Contains(await PostAsync("/v1/logs", data.ToByteArray()), new[] { HttpStatusCode.OK, HttpStatusCode.BadRequest });
        using var alive = await fixture.Dashboard.Client.GetAsync("/alive", Cancel);
        Assert.Equal(HttpStatusCode.OK, alive.StatusCode);
    }

    private static byte[] Pack(byte[] content)
    {
        var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.SmallestSize))
            gzip.Write(content);
        return packed.ToArray();
    }

    private static ByteArrayContent Protobuf(byte[] body) => new(body) { Headers = { ContentType = new MediaTypeHeaderValue("application/x-protobuf") } };

    private Task<HttpStatusCode> PostAsync(string path, byte[] body, string? key = DashboardProcess.OtlpKey) => PostAsync(path, Protobuf(body), key);

    private async Task<HttpStatusCode> PostAsync(string path, HttpContent content, string? key = DashboardProcess.OtlpKey, bool chunked = false)
    {
        content.Headers.ContentType ??= new MediaTypeHeaderValue("application/x-protobuf");
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = content };
        request.Headers.TransferEncodingChunked = chunked;
        if (key is not null)
            request.Headers.Add("x-otlp-api-key", key);
        using var answer = await fixture.Dashboard.Client.SendAsync(request, Cancel);
        return answer.StatusCode;
    }
}
