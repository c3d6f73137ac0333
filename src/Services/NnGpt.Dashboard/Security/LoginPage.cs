namespace NnGpt.Dashboard.Security;

/// <summary>Asks for the token, and takes it.</summary>
internal static class LoginPage
{
    public const string Path = "/login";

    private const string StylePath = "/login.css";

    public static bool IsPublic(PathString path) => path == Path || path == StylePath || path == "/alive" || path == "/health";

    public static void MapLogin(this WebApplication app)
    {
        app.MapGet(Path, (HttpContext context, BrowserSession session, string? t) =>
        {
            if (t is null)
                return session.IsLoggedIn(context) ? Results.LocalRedirect("/") : Show(context, StatusCodes.Status200OK, wrong: false);
            if (!session.IsToken(t))
                return Show(context, StatusCodes.Status401Unauthorized, wrong: true);
            session.LogIn(context);
            return Results.LocalRedirect("/");
        });
        app.MapGet(StylePath, () => Results.Text(Style, "text/css"));
    }

    public static Task RefuseAsync(HttpContext context)
    {
        bool isPage = HttpMethods.IsGet(context.Request.Method) && context.Request.Headers.Accept.ToString().Contains("text/html", StringComparison.Ordinal);
        return (isPage
            ? Show(context, StatusCodes.Status401Unauthorized, wrong: false)
            : Results.Problem("Log in first: open the address that the AppHost printed.", statusCode: StatusCodes.Status401Unauthorized)).ExecuteAsync(context);
    }

    private static IResult Show(HttpContext context, int status, bool wrong)
    {
        context.Response.Headers.CacheControl = "no-store";
        return Results.Text(
            $"""
            <!doctype html>
            <html lang="en">
            <head>
              <meta charset="utf-8">
              <meta name="viewport" content="width=device-width, initial-scale=1">
              <title>Log in - NnGpt</title>
              <link rel="icon" href="data:,">
              <link rel="stylesheet" href="{StylePath}">
            </head>
            <body>
              <main>
                <h1>NnGpt</h1>
                {(wrong ? "<p class=\"wrong\" role=\"alert\">That token is not the one of this run. The AppHost makes a new one at every start.</p>" : "")}
                <p>Open the address that the AppHost printed when it was ready, or paste the token from its end (<code>/login?t=…</code>). The file <code>.nngpt/urls</code> has it too.</p>
                <form method="get" action="{Path}">
                  <label for="t">Token</label>
                  <input id="t" name="t" type="password" autocomplete="off" required autofocus>
                  <button>Log in</button>
                </form>
              </main>
            </body>
            </html>
            """,
            "text/html; charset=utf-8",
            statusCode: status);
    }

    private const string Style =
        """
        :root { color-scheme: light dark; --ink: #1b2330; --paper: #f7f8fa; --card: #fff; --line: #c9d0da; --accent: #005fa3; --wrong: #a3330b }
        @media (prefers-color-scheme: dark) { :root { --ink: #e6e9ee; --paper: #12161c; --card: #1b2129; --line: #46505e; --accent: #6cb6f5; --wrong: #ff9d73 } }
        * { box-sizing: border-box }
        body { margin: 0; min-height: 100vh; display: grid; place-items: center; padding: 1rem; background: var(--paper); color: var(--ink); font: 16px/1.5 system-ui, sans-serif }
        main { max-width: 28rem; padding: 2rem; background: var(--card); border: 1px solid var(--line); border-radius: 10px }
        h1 { margin: 0 0 .5rem; font-size: 1.4rem }
        form { display: grid; gap: .5rem }
        input, button { font: inherit; padding: .5rem .75rem; border: 1px solid var(--line); border-radius: 6px; background: var(--paper); color: inherit }
        button { background: var(--accent); border-color: var(--accent); color: var(--card); font-weight: 600; cursor: pointer }
        :focus-visible { outline: 3px solid var(--accent); outline-offset: 2px }
        .wrong { color: var(--wrong); font-weight: 600 }
        """;
}
