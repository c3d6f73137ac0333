namespace Aspire.Hosting.ApplicationModel;

/// <summary>Adds environment variables when the application starts.</summary>
public sealed class EnvironmentCallbackAnnotation(Action<EnvironmentCallbackContext> callback) : IResourceAnnotation
{
    /// <summary>Fills the environment.</summary>
    public Action<EnvironmentCallbackContext> Callback { get; } = callback;
}
