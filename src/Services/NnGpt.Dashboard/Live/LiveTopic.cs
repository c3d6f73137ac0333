namespace NnGpt.Dashboard.Live;

/// <summary>Something a page can follow.</summary>
/// <param name="Name">What a page asks for.</param>
/// <param name="Watch">
/// The state now and then its changes, as JSON texts. The argument is what of it is followed, e.g. an experiment's id. When
/// it fails it is asked again, so that its first message must stand for itself.
/// </param>
internal sealed record LiveTopic(string Name, Func<string, CancellationToken, IAsyncEnumerable<string>> Watch);
