namespace Aspire.Hosting.ApplicationModel;

/// <summary>A value from the configuration: Parameters:NAME.</summary>
public sealed class ParameterResource(string name, Func<string> callback, bool secret) : Resource(name), IValueProvider
{
    /// <summary>Whether the value must not be shown.</summary>
    public bool Secret { get; } = secret;

    /// <inheritdoc/>
    public ValueTask<string?> GetValueAsync(CancellationToken cancellationToken = default) => new(callback());
}
