using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;

namespace NnGpt.Dashboard.Security;

/// <summary>
/// Who has the token gets a cookie that is made of it: nothing is stored, and a dashboard started again with the same
/// token knows its browsers still.
/// </summary>
internal sealed class BrowserSession
{
    public const string Cookie = "nngpt-dashboard";

    private readonly byte[] _tokenDigest;
    private readonly string _session;
    private readonly byte[] _sessionDigest;

    public BrowserSession(IOptions<DashboardOptions> options)
    {
        byte[] token = Encoding.UTF8.GetBytes(options.Value.BrowserToken);
        _tokenDigest = SHA256.HashData(token);
        _session = Convert.ToHexStringLower(HMACSHA256.HashData(token, "nngpt dashboard session"u8));
        _sessionDigest = Digest(_session);
    }

    public bool IsToken(string? token) => CryptographicOperations.FixedTimeEquals(Digest(token), _tokenDigest);

    public bool IsLoggedIn(HttpContext context) =>
        CryptographicOperations.FixedTimeEquals(Digest(context.Request.Cookies[Cookie]), _sessionDigest);

    // Lax and not Strict: a login link opened from a page, such as a terminal in the browser, must find its cookie after the redirect.
    public void LogIn(HttpContext context) => context.Response.Cookies.Append(Cookie, _session, new CookieOptions
    {
        HttpOnly = true,
        SameSite = SameSiteMode.Lax,
        Secure = context.Request.IsHttps,
        Path = "/",
        MaxAge = TimeSpan.FromDays(7),
        IsEssential = true,
    });

    private static byte[] Digest(string? text) => SHA256.HashData(Encoding.UTF8.GetBytes(text ?? ""));
}
