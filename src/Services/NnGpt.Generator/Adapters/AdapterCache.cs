using Microsoft.Extensions.Options;
using NnGpt.LanguageModel.Adapters;
using NnGpt.ServiceDefaults.Artifacts;

namespace NnGpt.Generator.Adapters;

/// <summary>Adapters by digest: fetched once from the artifact store, then found on disk.</summary>
internal sealed class AdapterCache(ArtifactClient artifacts, IOptions<GeneratorOptions> options)
{
    private const int DigestCharacters = 64;

    private string Folder => Path.Combine(options.Value.CacheDirectory, "adapters");

    /// <summary>The PEFT directory of an adapter.</summary>
    /// <exception cref="FormatException">No digest.</exception>
    /// <exception cref="Grpc.Core.RpcException">NOT_FOUND, or the store cannot be reached.</exception>
    public async Task<string> GetAsync(string digest, CancellationToken cancellationToken)
    {
        string directory = DirectoryOf(digest);
        if (Directory.Exists(directory))
        {
            return directory;
        }

        string archive = $"{directory}.tar";
        await artifacts.GetToFileAsync(digest, archive, cancellationToken);
        await using (var stream = File.OpenRead(archive))
        {
            await AddAsync(digest, stream, cancellationToken);
        }

        File.Delete(archive);
        return directory;
    }

    /// <summary>Puts an archive of that digest into the cache; its PEFT directory.</summary>
    public async Task<string> AddAsync(string digest, Stream archive, CancellationToken cancellationToken)
    {
        string directory = DirectoryOf(digest);
        if (!Directory.Exists(directory))
        {
            await AdapterArchive.UnpackAsync(archive, directory, cancellationToken);
        }

        return directory;
    }

    /// <summary>The adapters on disk.</summary>
    public IEnumerable<string> Digests() => !Directory.Exists(Folder)
        ? []
        : Directory.EnumerateDirectories(Folder)
            .Select(static directory => Path.GetFileName(directory))
            .Where(static name => name.Length == DigestCharacters && name.All(char.IsAsciiHexDigitLower))
            .Order(StringComparer.Ordinal)
            .Select(static name => $"sha256:{name}");

    private string DirectoryOf(string digest) => Path.Combine(Folder, ArtifactClient.FileName(digest));
}
