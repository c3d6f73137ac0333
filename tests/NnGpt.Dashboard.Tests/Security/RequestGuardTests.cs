using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Net.WebSockets;
using NnGpt.Dashboard.Tests.Running;

namespace NnGpt.Dashboard.Tests.Security;

public sealed class RequestGuardTests(DashboardFixture fixture)
{
    private const string Header = "X-NnGpt-Dashboard";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private DashboardProcess Dashboard => fixture.Dashboard;

    [Theory]
    [InlineData("/")]
    [InlineData("/login")]
    [InlineData("/login?t=wrong")]
    [InlineData("/api/experiments/evil-1")]
    [InlineData("/api/nothing")]
    public async Task Answer_Always_HasTheHeadersThatKeepAPageToItself(string path)
    {
        using var request = await Dashboard.LoggedInAsync(HttpMethod.Get, path, Cancel);
        using var answer = await Dashboard.Client.SendAsync(request, Cancel);

        string policy = answer.Headers.GetValues("Content-Security-Policy").Single();
        Assert.Contains("default-src 'none'", policy, StringComparison.Ordinal);
        Assert.Contains("script-src 'self';", policy, StringComparison.Ordinal);
        Assert.Contains("style-src 'self';", policy, StringComparison.Ordinal);
        Assert.Contains("frame-ancestors 'none'", policy, StringComparison.Ordinal);
        Assert.Contains("base-uri 'none'", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
        Assert.Equal("nosniff", answer.Headers.GetValues("X-Content-Type-Options").Single());
        Assert.Equal("DENY", answer.Headers.GetValues("X-Frame-Options").Single());
        Assert.Equal("no-referrer", answer.Headers.GetValues("Referrer-Policy").Single());
        Assert.False(answer.Headers.Contains("Server"));
    }

    [Fact]
    public async Task Post_WithoutOurHeader_IsRefusedAndDoesNothing()
    {
        using var request = await Dashboard.LoggedInAsync(HttpMethod.Post, "/api/experiments/evil-1/stop", Cancel);

        await AssertRefusedAsync(request);
    }

    [Theory]
    [InlineData("http://evil.example")]
    [InlineData("null")]
    [InlineData("http://127.0.0.1:1")]
    public async Task Post_FromAnotherOrigin_IsRefusedAndDoesNothing(string origin)
    {
        using var request = await Dashboard.LoggedInAsync(HttpMethod.Post, "/api/experiments/evil-1/stop", Cancel);
        request.Headers.Add(Header, "1");
        request.Headers.Add("Origin", origin);

        await AssertRefusedAsync(request);
    }

    [Fact]
    public async Task Post_CrossSiteWithoutOrigin_IsRefusedAndDoesNothing()
    {
        using var request = await Dashboard.LoggedInAsync(HttpMethod.Post, "/api/experiments/evil-1/stop", Cancel);
        request.Headers.Add(Header, "1");
        request.Headers.Add("Sec-Fetch-Site", "cross-site");

        await AssertRefusedAsync(request);
    }

    [Fact]
    public async Task Post_FromOurPage_IsDone()
    {
        using var request = await Dashboard.LoggedInAsync(HttpMethod.Post, "/api/experiments/evil-1/resume", Cancel);
        request.Headers.Add(Header, "1");
        request.Headers.Add("Origin", Dashboard.Address.GetLeftPart(UriPartial.Authority));
        using var answer = await Dashboard.Client.SendAsync(request, Cancel);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        lock (fixture.Coordinator.Commands)
            Assert.Contains("resume evil-1", fixture.Coordinator.Commands);
    }

    [Fact]
    public async Task Post_FormOfAnotherSite_IsNotReadAsAStart()
    {
        using var request = await Dashboard.LoggedInAsync(HttpMethod.Post, "/api/experiments", Cancel);
        request.Headers.Add(Header, "1");
        request.Content = new StringContent("{\"profile\":\"name: x\",\"name\":\"forged\"}", System.Text.Encoding.UTF8, "text/plain");
        using var answer = await Dashboard.Client.SendAsync(request, Cancel);

        Assert.False(answer.IsSuccessStatusCode);
        lock (fixture.Coordinator.Commands)
            Assert.DoesNotContain("start forged", fixture.Coordinator.Commands);
    }

    [Theory]
    [InlineData("evil.example")]
    [InlineData("127.0.0.1.evil.example")]
    [InlineData("192.168.0.1")]
    [InlineData("localhost.evil.example")]
    public async Task Get_ByAnotherHostName_IsRefused(string host)
    {
        using var request = await Dashboard.LoggedInAsync(HttpMethod.Get, "/api/profiles", Cancel);
        request.Headers.Host = host;
        using var answer = await Dashboard.Client.SendAsync(request, Cancel);

        Assert.Equal(HttpStatusCode.MisdirectedRequest, answer.StatusCode);
    }

    [Fact]
    public async Task Live_FromAnotherOrigin_IsRefused()
    {
        using var socket = new ClientWebSocket();
        socket.Options.SetRequestHeader("Cookie", await Dashboard.CookieAsync(Cancel));
        socket.Options.SetRequestHeader("Origin", "http://evil.example");

        var refused = await Assert.ThrowsAsync<WebSocketException>(() => socket.ConnectAsync(new Uri($"ws://{Dashboard.Address.Authority}/api/live"), Cancel));

        Assert.Contains("403", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Live_WithoutCookie_IsRefused()
    {
        using var socket = new ClientWebSocket();

        var refused = await Assert.ThrowsAsync<WebSocketException>(() => socket.ConnectAsync(new Uri($"ws://{Dashboard.Address.Authority}/api/live"), Cancel));

        Assert.Contains("401", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/../appsettings.json")]
    [InlineData("/..%2f..%2fNnGpt.Dashboard.dll")]
    [InlineData("/%2e%2e/%2e%2e/etc/passwd")]
    [InlineData("/assets/..%2f..%2f..%2f..%2f..%2fetc%2fpasswd")]
    [InlineData("/assets/..%5c..%5cNnGpt.Dashboard.dll")]
    [InlineData("//etc/passwd")]
    [InlineData("/NnGpt.Dashboard.dll")]
    [InlineData("/wwwroot/index.html")]
    [InlineData("/.built")]
    public async Task Get_PathOutside_GivesNoFile(string path)
    {
        // HttpClient would tidy the path up: the request is written by hand.
        string answer = await SendRawAsync($"GET {path} HTTP/1.1\r\nHost: {Dashboard.Address.Authority}\r\nCookie: {await Dashboard.CookieAsync(Cancel)}\r\nConnection: close\r\n\r\n");

        string status = answer.Split('\r')[0];
        Assert.True(status.Contains(" 404", StringComparison.Ordinal) || status.Contains(" 400", StringComparison.Ordinal) || answer.Contains("<div id=\"app\">", StringComparison.Ordinal), status);
        Assert.DoesNotContain("root:", answer, StringComparison.Ordinal);
        Assert.DoesNotContain("MZ", answer, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/api/profiles/..%2f..%2fREADME.md")]
    [InlineData("/api/experiments/..%2f..%2fetc%2fpasswd")]
    [InlineData("/api/candidates/..%2f..%2fetc%2fpasswd/source.py")]
    [InlineData("/api/adapters/..%2f..%2fetc%2fpasswd")]
    public async Task Api_IdWithAPath_IsUnknown(string path)
    {
        using var request = await Dashboard.LoggedInAsync(HttpMethod.Get, path, Cancel);
        using var answer = await Dashboard.Client.SendAsync(request, Cancel);

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    [Fact]
    public async Task Start_Unset_ListensOnTheLoopbackOnly()
    {
        var listening = (await File.ReadAllLinesAsync("/proc/net/tcp", Cancel)).Concat(await File.ReadAllLinesAsync("/proc/net/tcp6", Cancel))
            .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .Where(fields => fields.Length > 3 && fields[3] == "0A" && fields[1].EndsWith($":{Dashboard.Address.Port:X4}", StringComparison.Ordinal))
            .Select(fields => fields[1].Split(':')[0])
            .ToList();

        Assert.Equal(["0100007F"], listening);
    }

    private async Task AssertRefusedAsync(HttpRequestMessage request)
    {
        using var answer = await Dashboard.Client.SendAsync(request, Cancel);

        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        lock (fixture.Coordinator.Commands)
            Assert.DoesNotContain("stop evil-1", fixture.Coordinator.Commands);
        var problem = await answer.Content.ReadFromJsonAsync<Dictionary<string, object>>(Cancel);
        Assert.NotEmpty(problem!["detail"].ToString()!);
    }

    private async Task<string> SendRawAsync(string request)
    {
        using var connection = new TcpClient();
        await connection.ConnectAsync(IPAddress.Loopback, Dashboard.Address.Port, Cancel);
        await using var stream = connection.GetStream();
        await stream.WriteAsync(System.Text.Encoding.ASCII.GetBytes(request), Cancel);
        using var reader = new StreamReader(stream, System.Text.Encoding.Latin1);
        return await reader.ReadToEndAsync(Cancel);
    }
}
