using System.Net;
using NnGpt.EndToEnd.Tests.Running;
using NnGpt.Testing.Infrastructure;

namespace NnGpt.Dashboard.Tests.Running;

/// <summary>The dashboard as the AppHost starts it: a process of its own, with tokens and a Coordinator.</summary>
internal sealed class DashboardProcess : IAsyncDisposable
{
    public const string Token = "a-token-for-the-tests-only";
    public const string OtlpKey = "a-key-for-the-tests-only";

    /// <summary>Small, so that a test can go beyond it.</summary>
    public const int MaxOtlpBytes = 64 * 1024;

    private static readonly TimeSpan s_startDeadline = TimeSpan.FromMinutes(2);

    private readonly ChildProcess _process;

    private DashboardProcess(ChildProcess process, int port)
    {
        _process = process;
        Address = new Uri($"http://127.0.0.1:{port}");
        Client = new HttpClient(new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false }) { BaseAddress = Address };
    }

    public Uri Address { get; }

    public int Id => _process.Id;

    /// <summary>Follows no redirect and keeps no cookie.</summary>
    public HttpClient Client { get; }

    public string LoginAddress => $"{Address}login?t={Token}";

    public static async Task<DashboardProcess> StartAsync(string coordinator, int? port = null, IReadOnlyDictionary<string, string?>? settings = null)
    {
        int own = port ?? FreePort.Take(1)[0];
        string configuration = new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name;
        string program = Path.Combine(Checkout.Root, "src", "Services", "NnGpt.Dashboard", "bin", configuration, "net10.0", "NnGpt.Dashboard.dll");
        var environment = new Dictionary<string, string?>
        {
            ["HTTP_PORT"] = $"{own}",
            ["Dashboard__BrowserToken"] = Token,
            ["Dashboard__OtlpApiKey"] = OtlpKey,
            ["Dashboard__MaxOtlpBytes"] = $"{MaxOtlpBytes}",
            ["Dashboard__ProfilesDirectory"] = Path.Combine(Checkout.Root, "profiles"),
            ["ConnectionStrings__rabbitmq"] = "amqp://nobody:nothing@127.0.0.1:1",
            ["services__coordinator__grpc__0"] = coordinator,
            ["services__validator__grpc__0"] = coordinator,
            ["services__trainer__grpc__0"] = coordinator,
        };
        foreach (var (name, value) in settings ?? new Dictionary<string, string?>())
            environment[name] = value;
        var dashboard = new DashboardProcess(await ChildProcess.StartAsync("dotnet", [program], environment), own);
        await Eventually.TrueAsync("the dashboard answers", s_startDeadline, dashboard.Answers, CancellationToken.None);
        return dashboard;
    }

    /// <summary>A request with the cookie of a browser that is logged in.</summary>
    public async Task<HttpRequestMessage> LoggedInAsync(HttpMethod method, string path, CancellationToken cancellationToken)
    {
        var request = new HttpRequestMessage(method, path);
        request.Headers.Add("Cookie", await CookieAsync(cancellationToken));
        return request;
    }

    /// <summary>NAME=VALUE of a session.</summary>
    public async Task<string> CookieAsync(CancellationToken cancellationToken)
    {
        using var answer = await Client.GetAsync($"/login?t={Token}", cancellationToken);
        return answer.Headers.GetValues("Set-Cookie").Single().Split(';')[0];
    }

    public Task KillAsync() => _process.KillAsync();

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _process.DisposeAsync();
    }

    private bool Answers()
    {
        if (_process.HasExited)
            throw new InvalidOperationException($"the dashboard has ended:\n{_process.Output}");
        try
        {
            using var answer = Client.Send(new HttpRequestMessage(HttpMethod.Get, "/alive"));
            return answer.StatusCode == HttpStatusCode.OK;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }
}
