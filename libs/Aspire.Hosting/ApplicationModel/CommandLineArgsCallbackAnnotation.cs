namespace Aspire.Hosting.ApplicationModel;

/// <summary>Adds command line arguments (strings or <see cref="IValueProvider"/>s) when the application starts.</summary>
public sealed class CommandLineArgsCallbackAnnotation(Action<IList<object>> callback) : IResourceAnnotation
{
    /// <summary>Fills the arguments.</summary>
    public Action<IList<object>> Callback { get; } = callback;
}
