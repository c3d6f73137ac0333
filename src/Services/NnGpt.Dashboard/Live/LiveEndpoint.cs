namespace NnGpt.Dashboard.Live;

internal static class LiveEndpoint
{
    private static readonly TimeSpan s_keepAlive = TimeSpan.FromSeconds(15);

    public static void MapLive(this WebApplication app)
    {
        var topics = app.Services.GetServices<LiveTopic>().ToDictionary(topic => topic.Name, StringComparer.Ordinal);
        app.Map("/api/live", async (HttpContext context, TimeProvider time, ILogger<LiveConnection> logger, IHostApplicationLifetime lifetime) =>
        {
            if (!context.WebSockets.IsWebSocketRequest)
            {
                await Results.Problem("This is a WebSocket.", statusCode: StatusCodes.Status400BadRequest).ExecuteAsync(context);
                return;
            }
            using var socket = await context.WebSockets.AcceptWebSocketAsync(new WebSocketAcceptContext { KeepAliveInterval = s_keepAlive });
            using var either = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, lifetime.ApplicationStopping);
            using var connection = new LiveConnection(socket, topics, time, logger);
            await connection.RunAsync(either.Token);
        });
    }

    /// <summary>Adds something that pages can follow.</summary>
    public static void AddLiveTopic(
        this IServiceCollection services, string name, Func<IServiceProvider, Func<string, CancellationToken, IAsyncEnumerable<string>>> watch) =>
        services.AddSingleton(provider => new LiveTopic(name, watch(provider)));
}
