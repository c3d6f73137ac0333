using System.Net;
using Microsoft.Extensions.Options;
using NnGpt.Generator.Adapters;
using NnGpt.ServiceDefaults.Artifacts;

namespace NnGpt.Generator.Remote;

/// <summary>
/// Keeps the server's adapters as the loop needs them: each is put where the server can read it and loaded once, and one that nobody
/// samples with any more is unloaded when another has been loaded. A server that cannot load adapters samples with its base model.
/// </summary>
internal sealed partial class RemoteAdapters(
    OpenAIClient client, AdapterCache cache, IOptions<OpenAIOptions> options, ILogger<RemoteAdapters> logger) : IDisposable
{
    private const int NameDigits = 16;

    private readonly SemaphoreSlim _turn = new(1, 1);
    private readonly Dictionary<string, int> _users = [];
    private readonly HashSet<string> _refused = [];
    private bool _unsupported;

    /// <summary>
    /// The name under which the server knows the adapter, which stays loaded until <see cref="ReleaseAsync"/>; null when it samples
    /// with its base model.
    /// </summary>
    /// <exception cref="HttpRequestException">The server cannot be reached, or fails.</exception>
    public async Task<string?> AcquireAsync(string digest, CancellationToken cancellationToken)
    {
        if (digest.Length == 0)
        {
            return null;
        }

        await _turn.WaitAsync(cancellationToken);
        try
        {
            string name = $"nngpt-{ArtifactClient.FileName(digest)[..NameDigits]}";
            if (!_users.ContainsKey(name) && !await LoadAsync(digest, name, cancellationToken))
            {
                return null;
            }

            _users[name] = _users.GetValueOrDefault(name) + 1;
            foreach (string old in _users.Where(entry => entry.Value == 0).Select(static entry => entry.Key).ToArray())
            {
                await UnloadAsync(old, cancellationToken);
            }

            return name;
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>Nothing of this caller's samples with it any more.</summary>
    /// <param name="name">From <see cref="AcquireAsync"/>.</param>
    /// <param name="lost">The server does not know it (it was started again): it is loaded anew when next asked for.</param>
    public async Task ReleaseAsync(string name, bool lost)
    {
        await _turn.WaitAsync(CancellationToken.None);
        try
        {
            if (lost)
            {
                _users.Remove(name);
            }
            else if (_users.TryGetValue(name, out int users))
            {
                _users[name] = users - 1;
            }
        }
        finally
        {
            _turn.Release();
        }
    }

    public void Dispose() => _turn.Dispose();

    private async Task<bool> LoadAsync(string digest, string name, CancellationToken cancellationToken)
    {
        if (_unsupported || _refused.Contains(digest))
        {
            return false;
        }

        if (Folder() is not { } folder)
        {
            _unsupported = true;
            LogNoFolder(options.Value.BaseUrl);
            return false;
        }

        string path = await PlaceAsync(digest, name, folder, cancellationToken);
        var refusal = await client.LoadAdapterAsync(name, path, cancellationToken);
        if (refusal is not { } refused)
        {
            LogLoaded(options.Value.BaseUrl, digest, name);
            return true;
        }

        switch (refused.Status)
        {
            case HttpStatusCode.NotFound or HttpStatusCode.MethodNotAllowed or HttpStatusCode.NotImplemented or HttpStatusCode.Forbidden:
                _unsupported = true;
                LogUnsupported(options.Value.BaseUrl, (int)refused.Status);
                return false;
            case >= HttpStatusCode.InternalServerError:
                throw new HttpRequestException($"{options.Value.BaseUrl} could not load the adapter {digest}: {refused.Message}", null, refused.Status);
            default:
                _refused.Add(digest);
                LogRefused(options.Value.BaseUrl, digest, refused.Message);
                return false;
        }
    }

    private async Task UnloadAsync(string name, CancellationToken cancellationToken)
    {
        _users.Remove(name);
        if (await client.UnloadAdapterAsync(name, cancellationToken) is { } refused)
        {
            LogKept(options.Value.BaseUrl, name, refused.Message);
        }
    }

    // Null: nowhere. Empty: the cache itself.
    private string? Folder() => options.Value.AdapterDirectory.Length > 0 ? options.Value.AdapterDirectory
        : new Uri(options.Value.BaseUrl).IsLoopback ? ""
        : null;

    /// <summary>Puts the adapter's files where the server reads them; the path that the server knows.</summary>
    private async Task<string> PlaceAsync(string digest, string name, string folder, CancellationToken cancellationToken)
    {
        string cached = Path.GetFullPath(await cache.GetAsync(digest, cancellationToken));
        if (folder.Length == 0)
        {
            return cached;
        }

        string target = Path.Combine(Path.GetFullPath(folder), name);
        if (!Directory.Exists(target))
        {
            string partial = $"{target}.{Guid.NewGuid():N}.part";
            Directory.CreateDirectory(partial);
            foreach (string file in Directory.GetFiles(cached))
            {
                File.Copy(file, Path.Combine(partial, Path.GetFileName(file)));
            }

            Directory.Move(partial, target);
        }

        return options.Value.AdapterDirectoryOnServer is { Length: > 0 } seen ? $"{seen.TrimEnd('/')}/{name}" : target;
    }

    [LoggerMessage(120, LogLevel.Information, "{Server} has loaded the adapter {Digest} as {Name}")]
    private partial void LogLoaded(string server, string digest, string name);

    [LoggerMessage(121, LogLevel.Warning, "{Server} cannot load adapters (load_lora_adapter: {Status}); it goes on with its base model")]
    private partial void LogUnsupported(string server, int status);

    [LoggerMessage(122, LogLevel.Warning, "{Server} refused the adapter {Digest} and goes on with its base model: {Message}")]
    private partial void LogRefused(string server, string digest, string message);

    [LoggerMessage(123, LogLevel.Warning, "{Server} is on another machine and Generator:OpenAI:AdapterDirectory is not set; it goes on with its base model")]
    private partial void LogNoFolder(string server);

    [LoggerMessage(124, LogLevel.Warning, "{Server} did not unload {Name}: {Message}")]
    private partial void LogKept(string server, string name, string message);
}
