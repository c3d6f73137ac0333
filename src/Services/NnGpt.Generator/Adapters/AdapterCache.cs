using Microsoft.Extensions.Options;
using NnGpt.LanguageModel.Adapters;
using NnGpt.ServiceDefaults.Artifacts;

namespace NnGpt.Generator.Adapters;

/// <summary>Adapters by digest: fetched once from the artifact store, then found on disk.</summary>
internal sealed class AdapterCache(ArtifactClient artifacts, IOptions<GeneratorOptions> options)
{
    /// <summary>The PEFT directory of an adapter.</summary>
    public async Task<string> GetAsync(string digest, CancellationToken cancellationToken)
    {
        string name = ArtifactClient.FileName(digest);
        string directory = Path.Combine(options.Value.CacheDirectory, "adapters", name);
        if (Directory.Exists(directory))
        {
            return directory;
        }

        string archive = $"{directory}.tar";
        await artifacts.GetToFileAsync(digest, archive, cancellationToken);
        await using (var stream = File.OpenRead(archive))
        {
            await AdapterArchive.UnpackAsync(stream, directory, cancellationToken);
        }

        File.Delete(archive);
        return directory;
    }
}
