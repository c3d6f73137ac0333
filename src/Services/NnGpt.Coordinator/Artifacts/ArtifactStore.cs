using System.Security.Cryptography;
using Microsoft.Extensions.Options;
using NnGpt.ServiceDefaults.Artifacts;

namespace NnGpt.Coordinator.Artifacts;

/// <summary>
/// Files named by the SHA-256 of their content: artifacts/ab/abcdef... with the media type beside it. A file appears
/// under its name only when it is complete, checked and on disk.
/// </summary>
internal sealed class ArtifactStore(IOptions<CoordinatorOptions> options)
{
    private readonly string _root = Path.Combine(options.Value.DataDirectory, "artifacts");
    private readonly long _maxBytes = options.Value.MaxArtifactBytes;

    /// <summary>Stores what the parts are together. Storing the same content again is a success.</summary>
    /// <exception cref="ArtifactTooLargeException">More than the limit.</exception>
    /// <exception cref="ArtifactMismatchException">Another digest than the expected one.</exception>
    public async Task<StoredArtifact> PutAsync(
        IAsyncEnumerable<ReadOnlyMemory<byte>> parts, string mediaType, string? expectedDigest, CancellationToken cancellationToken)
    {
        string incoming = Path.Combine(_root, "incoming");
        Directory.CreateDirectory(incoming);
        string partial = Path.Combine(incoming, Guid.NewGuid().ToString("N"));
        try
        {
            string digest;
            long bytes = 0;
            await using (var file = new FileStream(partial, FileMode.CreateNew, FileAccess.Write, FileShare.None))
            {
                using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
                await foreach (var part in parts.WithCancellation(cancellationToken))
                {
                    bytes += part.Length;
                    if (bytes > _maxBytes)
                        throw new ArtifactTooLargeException(_maxBytes);
                    hash.AppendData(part.Span);
                    await file.WriteAsync(part, cancellationToken);
                }
                file.Flush(flushToDisk: true);
                digest = $"sha256:{Convert.ToHexStringLower(hash.GetHashAndReset())}";
            }
            if (!string.IsNullOrEmpty(expectedDigest) && expectedDigest != digest)
                throw new ArtifactMismatchException(expectedDigest, digest);
            string path = PathOf(digest);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            // The type first: an artifact that is found has one. The digest is of the content alone.
            await File.WriteAllTextAsync($"{path}.type", mediaType, cancellationToken);
            File.Move(partial, path, overwrite: true);
            return new StoredArtifact(digest, bytes, mediaType, path);
        }
        finally
        {
            File.Delete(partial);
        }
    }

    /// <summary>Stores a small content that is in memory.</summary>
    public Task<StoredArtifact> PutAsync(ReadOnlyMemory<byte> content, string mediaType, CancellationToken cancellationToken) =>
        PutAsync(new[] { content }.ToAsyncEnumerable(), mediaType, null, cancellationToken);

    /// <summary>Null when there is none of that digest.</summary>
    /// <exception cref="FormatException">Not a digest.</exception>
    public StoredArtifact? Find(string digest)
    {
        var file = new FileInfo(PathOf(digest));
        return file.Exists
            ? new StoredArtifact(digest, file.Length, File.Exists($"{file.FullName}.type") ? File.ReadAllText($"{file.FullName}.type") : "application/octet-stream", file.FullName)
            : null;
    }

    /// <summary>Removes what an earlier process had not finished receiving.</summary>
    public void RemoveUnfinished()
    {
        string incoming = Path.Combine(_root, "incoming");
        if (Directory.Exists(incoming))
            Directory.Delete(incoming, recursive: true);
    }

    private string PathOf(string digest)
    {
        string name = ArtifactClient.FileName(digest);
        return Path.Combine(_root, name[..2], name);
    }
}
