using System.Security.Cryptography;
using Google.Protobuf;
using Grpc.Core;
using NnGpt.Corpus.Records;
using NnGpt.Experiments.Profiles;
using NnGpt.Protocol.V1;

namespace NnGpt.Cli.Connection;

/// <summary>Puts the corpus file that a profile names into the Coordinator's store, and its digest into the profile.</summary>
internal static class BaseCorpusUpload
{
    private const string DigestPrefix = "sha256:";
    private const int ChunkBytes = 256 * 1024;

    /// <summary>The profile's text, ready to be started. A file that is missing or no corpus ends the command.</summary>
    public static async Task<string> ApplyAsync(CoordinatorConnection connection, ProfileText profile, CancellationToken cancellationToken)
    {
        if (ExperimentProfile.Parse(profile.Text).Profile is not { Corpus: { File.Length: > 0 } corpus } || corpus.File.StartsWith(DigestPrefix, StringComparison.Ordinal))
        {
            return profile.Text;
        }

        string path = Path.GetFullPath(corpus.File, profile.Folder);
        path = Directory.Exists(path) ? Path.Combine(path, CorpusFile.Name) : path;
        if (!File.Exists(path))
        {
            throw new CommandFailedException($"corpus.file: there is no file '{path}'", ExitCode.NotFound);
        }

        try
        {
            using StreamReader reader = new(path);
            CorpusFile.ReadDocuments(reader, corpus.Documents);
            return ExperimentProfile.WithCorpusFile(profile.Text, await PutAsync(connection, path, cancellationToken));
        }
        catch (Exception wrong) when (wrong is InvalidDataException or ArgumentException)
        {
            throw new CommandFailedException($"corpus.file: '{path}': {wrong.Message}", ExitCode.Usage);
        }
    }

    private static async Task<string> PutAsync(CoordinatorConnection connection, string path, CancellationToken cancellationToken)
    {
        await using FileStream content = File.OpenRead(path);
        string digest = DigestPrefix + Convert.ToHexStringLower(await SHA256.HashDataAsync(content, cancellationToken));
        content.Position = 0;
        using var call = connection.Artifacts.Put(cancellationToken: cancellationToken);
        try
        {
            await call.RequestStream.WriteAsync(
                new PutArtifactRequest { Header = new ArtifactHeader { MediaType = "application/jsonl", Digest = digest } }, cancellationToken);
            byte[] buffer = new byte[ChunkBytes];
            int read;
            while ((read = await content.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellationToken)) > 0)
            {
                await call.RequestStream.WriteAsync(new PutArtifactRequest { Chunk = ByteString.CopyFrom(buffer, 0, read) }, cancellationToken);
            }

            await call.RequestStream.CompleteAsync();
        }
        catch (Exception answered) when (answered is InvalidOperationException or RpcException { StatusCode: StatusCode.OK })
        {
            // The store has answered before the file ended: its answer or its error follows.
        }

        return (await call.ResponseAsync).Digest;
    }
}
