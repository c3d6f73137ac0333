using System.Net;
using NnGpt.Dashboard.Tests.Running;

namespace NnGpt.Dashboard.Tests.Security;

public sealed class LoginTests(DashboardFixture fixture)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private HttpClient Client => fixture.Dashboard.Client;

    [Fact]
    public async Task Login_RightToken_GivesACookieThatScriptsAndOtherSitesCannotUse()
    {
        using var answer = await Client.GetAsync($"/login?t={DashboardProcess.Token}", Cancel);

        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        Assert.Equal("/", answer.Headers.Location!.OriginalString);
        string cookie = answer.Headers.GetValues("Set-Cookie").Single().ToLowerInvariant();
        Assert.Contains("; httponly", cookie, StringComparison.Ordinal);
        Assert.Contains("; samesite=lax", cookie, StringComparison.Ordinal);
        Assert.Contains("; path=/", cookie, StringComparison.Ordinal);
        Assert.DoesNotContain(DashboardProcess.Token, cookie, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("wrong")]
    [InlineData("")]
    [InlineData("a-token-for-the-tests-onl")]
    [InlineData("A-TOKEN-FOR-THE-TESTS-ONLY")]
    [InlineData("%00")]
    public async Task Login_WrongToken_IsRefusedWithoutACookie(string token)
    {
        using var answer = await Client.GetAsync($"/login?t={token}", Cancel);

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        Assert.False(answer.Headers.Contains("Set-Cookie"));
        Assert.Contains("token", await answer.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Login_TokenWithMarkup_IsNotPrinted()
    {
        using var answer = await Client.GetAsync($"/login?t={Uri.EscapeDataString(HostileExperiment.Markup)}", Cancel);

        Assert.DoesNotContain("attacked", await answer.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/index.html")]
    [InlineData("/api/session")]
    [InlineData("/api/profiles")]
    [InlineData("/api/live")]
    [InlineData("/api/experiments/evil-1")]
    [InlineData("/api/experiments/evil-1/report.html")]
    [InlineData("/api/adapters/sha256:00")]
    [InlineData("/experiments/evil-1")]
    [InlineData("/icon.svg")]
    public async Task Get_WithoutCookie_IsRefused(string path)
    {
        using var answer = await Client.GetAsync(path, Cancel);

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
    }

    [Theory]
    [InlineData("nngpt-dashboard=")]
    [InlineData("nngpt-dashboard=0000000000000000000000000000000000000000000000000000000000000000")]
    [InlineData("nngpt-dashboard=" + DashboardProcess.Token)]
    public async Task Get_WrongCookie_IsRefused(string cookie)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/profiles") { Headers = { { "Cookie", cookie } } };
        using var answer = await Client.SendAsync(request, Cancel);

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
    }

    [Fact]
    public async Task Get_CookieOfADashboardBefore_IsStillGoodForTheSameToken()
    {
        string cookie = await fixture.Dashboard.CookieAsync(Cancel);
        await using var another = await DashboardProcess.StartAsync(fixture.Coordinator.Address);
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/session") { Headers = { { "Cookie", cookie } } };
        using var answer = await another.Client.SendAsync(request, Cancel);

        Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
    }

    [Fact]
    public async Task Alive_WithoutCookie_Answers()
    {
        using var answer = await Client.GetAsync("/alive", Cancel);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }
}
