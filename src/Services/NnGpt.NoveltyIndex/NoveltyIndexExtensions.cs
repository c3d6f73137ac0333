using Microsoft.Extensions.Options;
using NnGpt.Novelty;
using NnGpt.NoveltyIndex.Grpc;
using NnGpt.NoveltyIndex.Health;
using NnGpt.NoveltyIndex.Judging;
using NnGpt.NoveltyIndex.Messaging;
using NnGpt.Protocol.V1;
using NnGpt.ServiceDefaults;
using NnGpt.ServiceDefaults.Grpc;
using NnGpt.ServiceDefaults.Messaging;
using StackExchange.Redis;

namespace NnGpt.NoveltyIndex;

internal static class NoveltyIndexExtensions
{
    public static IHostApplicationBuilder AddNoveltyIndex(this IHostApplicationBuilder builder)
    {
        builder.AddValidatedOptions<NoveltyIndexOptions>(NoveltyIndexOptions.Section)
            .Configure<IConfiguration>((o, c) => o.Redis = c.GetConnectionString("redis") ?? o.Redis);
        builder.Services.AddSingleton<IConnectionMultiplexer>(services => Connect(services.GetRequiredService<IOptions<NoveltyIndexOptions>>().Value));
        builder.Services.AddSingleton(services => new RedisNoveltyIndex(
            services.GetRequiredService<IConnectionMultiplexer>(),
            TimeSpan.FromDays(services.GetRequiredService<IOptions<NoveltyIndexOptions>>().Value.IndexLifetimeDays)));
        builder.Services.AddSingleton<IndexRecovery>();
        builder.Services.AddSingleton<CandidateJudge>();
        builder.Services.AddHealthChecks().AddCheck<RedisHealthCheck>("redis");
        builder.AddCoordinatorClient();
        int concurrency = builder.Configuration.GetSection(NoveltyIndexOptions.Section).Get<NoveltyIndexOptions>()?.Concurrency ?? 4;
        builder.AddQueue("novelty", queue =>
        {
            // Long, because a handler waits for Redis to come back rather than use up the message's deliveries.
            queue.Deadline = TimeSpan.FromMinutes(25);
            queue.Concurrency = concurrency;
            queue.On<CandidateTrained, JudgeHandler>("candidate.trained");
        });
        return builder;
    }

    public static WebApplication MapNoveltyIndex(this WebApplication app)
    {
        app.MapGrpcService<NoveltyService>();
        return app;
    }

    private static ConnectionMultiplexer Connect(NoveltyIndexOptions options)
    {
        var redis = ConfigurationOptions.Parse(options.Redis);
        redis.AbortOnConnectFail = false;
        redis.ConnectRetry = 3;
        redis.ReconnectRetryPolicy = new LinearRetry(500);
        redis.BacklogPolicy = BacklogPolicy.FailFast;
        return ConnectionMultiplexer.Connect(redis);
    }
}
