namespace Aspire.Hosting.ApplicationModel;

/// <summary>A value that is known only when the application starts.</summary>
public interface IValueProvider
{
    /// <summary>The value; null when there is none.</summary>
    ValueTask<string?> GetValueAsync(CancellationToken cancellationToken = default);
}
