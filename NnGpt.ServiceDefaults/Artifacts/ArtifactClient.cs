using System.Globalization;
using System.Security.Cryptography;
using Google.Protobuf;
using Grpc.Core;
using NnGpt.Protocol.V1;

namespace NnGpt.ServiceDefaults.Artifacts;

/// <summary>The Coordinator's content-addressed store. Digests have the form "sha256:&lt;hex&gt;".</summary>
public sealed class ArtifactClient(Protocol.V1.Artifacts.ArtifactsClient client, TimeProvider time)
{
    private const int ChunkBytes = 256 * 1024;
    private static readonly TimeSpan s_deadline = TimeSpan.FromMinutes(10);

    /// <summary>Stores the rest of a seekable stream and returns its digest. Storing the same content again is a success.</summary>
    /// <param name="content">Read from its current position to its end, twice.</param>
    /// <param name="mediaType">e.g. "application/x-tar".</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="RpcException">The store cannot be reached or refuses.</exception>
    public async Task<ArtifactInfo> PutAsync(Stream content, string mediaType, CancellationToken cancellationToken)
    {
        long start = content.Position;
        string digest = Digest(await SHA256.HashDataAsync(content, cancellationToken));
        content.Position = start;

        using var call = client.Put(deadline: Deadline(), cancellationToken: cancellationToken);
        try
        {
            await call.RequestStream.WriteAsync(
                new PutArtifactRequest { Header = new ArtifactHeader { MediaType = mediaType, Digest = digest } }, cancellationToken);
            byte[] buffer = new byte[ChunkBytes];
            int read;
            while ((read = await content.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellationToken)) > 0)
            {
                await call.RequestStream.WriteAsync(
                    new PutArtifactRequest { Chunk = ByteString.CopyFrom(buffer, 0, read) }, cancellationToken);
            }
            await call.RequestStream.CompleteAsync();
        }
        catch (Exception e) when (e is InvalidOperationException or RpcException { StatusCode: StatusCode.OK })
        {
            // The server has answered before the stream ended: its answer or its error follows.
        }
        return await call.ResponseAsync;
    }

    /// <summary>
    /// Fetches an artifact into a file, unless the file is there already. It appears under its name only when it is
    /// complete and its digest is right, so several processes may share a directory.
    /// </summary>
    /// <param name="digest">"sha256:&lt;hex&gt;".</param>
    /// <param name="path">The file; its directory is made.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="RpcException">NOT_FOUND, or DATA_LOSS when the content does not have the digest.</exception>
    public async Task GetToFileAsync(string digest, string path, CancellationToken cancellationToken)
    {
        if (File.Exists(path))
            return;
        string directory = Path.GetDirectoryName(Path.GetFullPath(path))!;
        Directory.CreateDirectory(directory);
        string partial = $"{path}.{Guid.NewGuid():N}.part";
        try
        {
            string actual;
            await using (var file = new FileStream(partial, FileMode.CreateNew, FileAccess.Write))
                actual = await CopyToAsync(digest, file, cancellationToken);
            if (!string.Equals(actual, digest, StringComparison.Ordinal))
                throw new RpcException(new Status(StatusCode.DataLoss, $"artifact {digest} arrived as {actual}"));
            File.Move(partial, path, overwrite: true);
        }
        finally
        {
            File.Delete(partial);
        }
    }

    /// <summary>A file name for a digest: the hex digits alone.</summary>
    /// <exception cref="FormatException">Not of the form "sha256:&lt;64 hex digits&gt;".</exception>
    public static string FileName(string digest)
    {
        const string Prefix = "sha256:";
        string hex = digest.StartsWith(Prefix, StringComparison.Ordinal) ? digest[Prefix.Length..] : "";
        return hex.Length == 64 && hex.All(char.IsAsciiHexDigitLower)
            ? hex
            : throw new FormatException(string.Create(CultureInfo.InvariantCulture, $"'{digest}' is not a digest sha256:<64 hex digits>."));
    }

    private static string Digest(ReadOnlySpan<byte> hash) => $"sha256:{Convert.ToHexStringLower(hash)}";

    private DateTime Deadline() => time.GetUtcNow().UtcDateTime + s_deadline;

    private async Task<string> CopyToAsync(string digest, FileStream file, CancellationToken cancellationToken)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        using var call = client.Get(new GetArtifactRequest { Digest = digest }, deadline: Deadline(), cancellationToken: cancellationToken);
        await foreach (var part in call.ResponseStream.ReadAllAsync(cancellationToken))
        {
            hash.AppendData(part.Chunk.Span);
            await file.WriteAsync(part.Chunk.Memory, cancellationToken);
        }
        return Digest(hash.GetHashAndReset());
    }
}
