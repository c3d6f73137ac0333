using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace NnGpt.Sandbox.Hosting;

/// <summary>Registers a <see cref="WorkerPool"/> in a service.</summary>
public static class WorkerPoolExtensions
{
    /// <summary>
    /// A pool with the settings of a configuration section (<see cref="WorkerPoolOptions"/>, checked at the start), which
    /// warms up when the service starts and makes it ready when the first worker is. A machine without a sufficient
    /// sandbox, or workers that cannot be started at all, end the service with the reason.
    /// </summary>
    public static IHostApplicationBuilder AddWorkerPool(this IHostApplicationBuilder builder, string section)
    {
        builder.Services.AddOptions<WorkerPoolOptions>()
            .BindConfiguration(section)
            .ValidateDataAnnotations()
            .ValidateOnStart();
        builder.Services.TryAddSingleton(TimeProvider.System);
        builder.Services.AddSingleton(services => new WorkerPool(
            services.GetRequiredService<IOptions<WorkerPoolOptions>>().Value,
            services.GetRequiredService<ILogger<WorkerPool>>(),
            services.GetRequiredService<TimeProvider>()));
        builder.Services.AddHostedService<WorkerPoolWarmUp>();
        builder.Services.AddHealthChecks().AddCheck<WorkerPoolHealthCheck>("workers");
        return builder;
    }

    /// <summary>Workers that the section asks for: as many messages can be handled at once.</summary>
    public static int CountWorkers(this IConfiguration configuration, string section) =>
        configuration.GetSection(section).GetValue(nameof(WorkerPoolOptions.Workers), new WorkerPoolOptions().Workers);
}
