using System.Security.Cryptography;
using Grpc.Core;
using NnGpt.Cli.Connection;
using NnGpt.LanguageModel.Adapters;
using NnGpt.Protocol.V1;

namespace NnGpt.Cli.Export;

/// <summary>An adapter artifact: a tar of the files of one PEFT directory.</summary>
internal static class AdapterDownload
{
    private const long MaxBytes = 4L << 30;

    /// <summary>Downloads the artifact, checks its digest, and unpacks it into the directory.</summary>
    public static async Task ExtractAsync(CoordinatorConnection connection, string digest, string directory, CancellationToken cancellationToken)
    {
        string archive = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        try
        {
            await DownloadAsync(connection, digest, archive, cancellationToken);
            await using var stream = File.OpenRead(archive);
            if (Directory.Exists(directory))
            {
                Directory.Delete(directory, recursive: true);
            }

            await AdapterArchive.UnpackAsync(stream, directory, cancellationToken);
        }
        finally
        {
            File.Delete(archive);
        }
    }

    private static async Task DownloadAsync(CoordinatorConnection connection, string digest, string path, CancellationToken cancellationToken)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        await using var file = File.Create(path);
        using var call = connection.Artifacts.Get(new GetArtifactRequest { Digest = digest }, cancellationToken: cancellationToken);
        long total = 0;
        await foreach (var chunk in call.ResponseStream.ReadAllAsync(cancellationToken))
        {
            total += chunk.Chunk.Length;
            if (total > MaxBytes)
            {
                throw new CommandFailedException($"adapter {digest} is larger than {MaxBytes} bytes", ExitCode.Failed);
            }

            hash.AppendData(chunk.Chunk.Span);
            await file.WriteAsync(chunk.Chunk.Memory, cancellationToken);
        }

        string actual = $"sha256:{Convert.ToHexStringLower(hash.GetHashAndReset())}";
        if (actual != digest)
        {
            throw new CommandFailedException($"adapter {digest} arrived damaged (its digest is {actual})", ExitCode.Failed);
        }
    }
}
