namespace NnGpt.Generator.Designers;

/// <summary>Loads the model when the service starts, and ends the service when it cannot be loaded.</summary>
internal sealed class DesignerWarmUp(IServiceProvider services) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken) =>
        Task.Run(() => services.GetRequiredService<IDesigner>(), cancellationToken);

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
