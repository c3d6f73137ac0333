using System.Net;
using Microsoft.Extensions.Options;

namespace NnGpt.Dashboard.Security;

/// <summary>
/// Every request: the headers that keep a page to itself, a host name that is ours (no DNS rebinding), the cookie, and for
/// whatever changes something a sign that our own page sends it (no cross-site request forgery).
/// </summary>
internal sealed class RequestGuard(RequestDelegate next, BrowserSession session, IOptions<DashboardOptions> options)
{
    /// <summary>Sent by the page with every change; another site cannot send it without asking first.</summary>
    public const string RequestHeader = "X-NnGpt-Dashboard";

    private const string Otlp = "/v1";

    public Task InvokeAsync(HttpContext context)
    {
        AddHeaders(context);
        var request = context.Request;
        if (!IsOurHost(request.Host.Host))
            return Refuse(context, StatusCodes.Status421MisdirectedRequest, $"'{request.Host.Host}' is no name of this dashboard. Dashboard:AllowedHosts adds names.");
        if (LoginPage.IsPublic(request.Path) || request.Path.StartsWithSegments(Otlp))
            return next(context);
        if (!session.IsLoggedIn(context))
            return LoginPage.RefuseAsync(context);
        bool reads = HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method);
        if ((!reads || context.WebSockets.IsWebSocketRequest) && !IsOurOrigin(request))
            return Refuse(context, StatusCodes.Status403Forbidden, "The request comes from another site.");
        if (!reads && !request.Headers.ContainsKey(RequestHeader))
            return Refuse(context, StatusCodes.Status403Forbidden, $"The header {RequestHeader} is missing.");
        return next(context);
    }

    private bool IsOurHost(string host) =>
        host is "localhost" || (IPAddress.TryParse(host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address))
            || options.Value.AllowedHosts.Contains(host, StringComparer.OrdinalIgnoreCase);

    // Browsers send Origin with every POST and every WebSocket.
    private static bool IsOurOrigin(HttpRequest request) =>
        request.Headers.Origin is [{ } origin]
            ? Uri.TryCreate(origin, UriKind.Absolute, out var from) && from.Authority == request.Host.Value
            : !request.Headers.ContainsKey("Sec-Fetch-Site") || request.Headers["Sec-Fetch-Site"] == "same-origin";

    private static Task Refuse(HttpContext context, int status, string detail) => Results.Problem(detail, statusCode: status).ExecuteAsync(context);

    private static void AddHeaders(HttpContext context)
    {
        var headers = context.Response.Headers;
        headers.ContentSecurityPolicy =
            $"default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self' ws://{context.Request.Host} wss://{context.Request.Host}; "
            + "base-uri 'none'; form-action 'self'; frame-ancestors 'none'";
        headers.XContentTypeOptions = "nosniff";
        headers.XFrameOptions = "DENY";
        headers["Referrer-Policy"] = "no-referrer";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
    }
}
