namespace Aspire.Hosting.Orchestration;

/// <summary>Asks a program whether it is ready for work.</summary>
internal interface IHealthProbe
{
    /// <summary>Null when healthy, else what is wrong.</summary>
    Task<string?> CheckAsync(CancellationToken cancellationToken);
}
