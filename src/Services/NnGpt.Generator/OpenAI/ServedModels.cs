using System.Collections.Concurrent;
using System.Security.Cryptography;
using Grpc.Core;
using NnGpt.Generator.Adapters;
using NnGpt.Generator.Embedded;
using NnGpt.LanguageModel.Adapters;

namespace NnGpt.Generator.OpenAI;

/// <summary>
/// The names that /v1 knows: the base model, every adapter by its digest, and adapters that a client had loaded under a name.
/// </summary>
internal sealed class ServedModels(EmbeddedModel model, AdapterCache adapters, TimeProvider time)
{
    private readonly ConcurrentDictionary<string, string> _loaded = new(StringComparer.Ordinal);
    private readonly long _created = time.GetUtcNow().ToUnixTimeSeconds();

    public IEnumerable<object> List() => Names().Select(name => Describe(name)!);

    /// <summary>Null when there is no such model.</summary>
    public object? Describe(string name) => !Names().Contains(name, StringComparer.Ordinal)
        ? null
        : new
        {
            Id = name,
            Object = "model",
            Created = _created,
            OwnedBy = "nngpt",
            Root = model.Name,
            Parent = name == model.Name ? null : model.Name,
            MaxModelLen = model.ContextLength,
        };

    /// <summary>Whether there is such a model, and the folder of its adapter; null for the base model.</summary>
    public async Task<(bool Known, string? Adapter)> ResolveAsync(string name, CancellationToken cancellationToken)
    {
        if (name == model.Name)
        {
            return (true, null);
        }

        if (_loaded.TryGetValue(name, out string? directory))
        {
            return (true, directory);
        }

        try
        {
            return (true, await adapters.GetAsync(name, cancellationToken));
        }
        catch (Exception e) when (e is FormatException or RpcException { StatusCode: StatusCode.NotFound or StatusCode.InvalidArgument })
        {
            return (false, null);
        }
    }

    /// <summary>Takes a copy of a PEFT folder under a name; an error when that does not work.</summary>
    public async Task<ApiError?> LoadAsync(string name, string path, CancellationToken cancellationToken)
    {
        if (name == model.Name || _loaded.ContainsKey(name))
        {
            return ApiError.Invalid($"The LoRA adapter '{name}' has already been loaded.", "lora_name");
        }

        if (!File.Exists(Path.Combine(path, "adapter_config.json")))
        {
            return ApiError.Invalid($"'{path}' is no folder of a PEFT adapter.", "lora_path");
        }

        // A copy, so that what happens to the folder afterwards changes nothing.
        using var archive = new MemoryStream();
        try
        {
            await AdapterArchive.PackAsync(path, archive, cancellationToken);
            string digest = $"sha256:{Convert.ToHexStringLower(SHA256.HashData(archive.GetBuffer().AsSpan(0, (int)archive.Length)))}";
            archive.Position = 0;
            string directory = await adapters.AddAsync(digest, archive, cancellationToken);
            model.CheckAdapter(directory);
            _loaded[name] = directory;
            return null;
        }
        catch (Exception e) when (e is IOException or InvalidDataException or UnauthorizedAccessException)
        {
            return ApiError.Invalid($"The adapter in '{path}' cannot be loaded: {e.Message}", "lora_path");
        }
    }

    /// <summary>Forgets a name.</summary>
    public ApiError? Unload(string name) => _loaded.TryRemove(name, out _)
        ? null
        : new ApiError(StatusCodes.Status404NotFound, $"The LoRA adapter '{name}' cannot be found.", ApiError.InvalidRequest, "lora_name");

    private IEnumerable<string> Names() => [model.Name, .. adapters.Digests(), .. _loaded.Keys.Order(StringComparer.Ordinal)];
}
