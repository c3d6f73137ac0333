using System.Net.Http.Headers;
using Microsoft.Extensions.Http.Resilience;
using Microsoft.Extensions.Options;
using NnGpt.Generator.Designers;
using Polly;

namespace NnGpt.Generator.Remote;

internal static class OpenAIExtensions
{
    /// <summary>A server that speaks the OpenAI API as the designer.</summary>
    public static void AddOpenAIDesigner(this IServiceCollection services)
    {
        services.AddHttpClient(OpenAIClient.HttpClientName, static (provider, client) =>
            {
                // The time limits are the pipeline's and the designer's.
                client.Timeout = Timeout.InfiniteTimeSpan;
                string key = provider.GetRequiredService<IOptions<OpenAIOptions>>().Value.ApiKey;
                key = key.Length > 0 ? key : Environment.GetEnvironmentVariable("OPENAI_API_KEY") ?? "";
                if (key.Length > 0)
                {
                    client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
                }
            })
            .ConfigurePrimaryHttpMessageHandler(static () => new SocketsHttpHandler { AllowAutoRedirect = false, PooledConnectionLifetime = TimeSpan.FromMinutes(5) })
            .AddResilienceHandler("openai", static (pipeline, context) =>
            {
                var options = context.ServiceProvider.GetRequiredService<IOptions<OpenAIOptions>>().Value;
                if (options.Retries > 0)
                {
                    // A request names its seed, so that asking twice is as good as asking once.
                    pipeline.AddRetry(new HttpRetryStrategyOptions
                    {
                        MaxRetryAttempts = options.Retries,
                        Delay = TimeSpan.FromSeconds(options.RetryDelaySeconds),
                        BackoffType = DelayBackoffType.Exponential,
                        UseJitter = true,
                    });
                }

                pipeline.AddTimeout(TimeSpan.FromSeconds(options.AttemptSeconds));
            });
        services.AddSingleton<OpenAIClient>();
        services.AddSingleton<RemoteAdapters>();
        services.AddSingleton<IDesigner, OpenAIDesigner>();
        services.AddHealthChecks().AddCheck<OpenAIHealthCheck>("openai");
    }
}
