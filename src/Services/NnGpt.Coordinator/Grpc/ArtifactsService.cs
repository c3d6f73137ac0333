using System.Runtime.CompilerServices;
using Google.Protobuf;
using Grpc.Core;
using NnGpt.Coordinator.Artifacts;
using NnGpt.Protocol.V1;

namespace NnGpt.Coordinator.Grpc;

internal sealed class ArtifactsService(ArtifactStore artifacts) : Protocol.V1.Artifacts.ArtifactsBase
{
    private const int ChunkBytes = 256 * 1024;
    private const int MaxChunkBytes = 1024 * 1024;
    private const int MaxDrainedChunks = 1024;

    public override async Task<ArtifactInfo> Put(IAsyncStreamReader<PutArtifactRequest> requestStream, ServerCallContext context)
    {
        if (!await requestStream.MoveNext(context.CancellationToken) || requestStream.Current.PartCase != PutArtifactRequest.PartOneofCase.Header)
            throw Error(StatusCode.InvalidArgument, "The first message must be the header.");
        var header = requestStream.Current.Header;
        if (header.MediaType.Length is 0 or > 200)
            throw Error(StatusCode.InvalidArgument, "The media type must have 1 to 200 characters.");
        try
        {
            return Info(await artifacts.PutAsync(ChunksAsync(requestStream), header.MediaType, header.Digest, context.CancellationToken));
        }
        catch (ArtifactTooLargeException e)
        {
            await DrainAsync(requestStream, context.CancellationToken);
            throw Error(StatusCode.ResourceExhausted, e.Message);
        }
        catch (ArtifactMismatchException e)
        {
            throw Error(StatusCode.DataLoss, e.Message);
        }
    }

    // A refusal while the client still writes may reach it as a mere reset of the stream: it first says what it has, within bounds.
    private static async Task DrainAsync(IAsyncStreamReader<PutArtifactRequest> requestStream, CancellationToken cancellationToken)
    {
        for (int i = 0; i < MaxDrainedChunks && await requestStream.MoveNext(cancellationToken); i++)
        {
        }
    }

    public override async Task Get(GetArtifactRequest request, IServerStreamWriter<ArtifactChunk> responseStream, ServerCallContext context)
    {
        await using var file = File.OpenRead(Find(request.Digest).Path);
        byte[] buffer = new byte[ChunkBytes];
        int read;
        while ((read = await file.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, context.CancellationToken)) > 0)
            await responseStream.WriteAsync(new ArtifactChunk { Chunk = ByteString.CopyFrom(buffer, 0, read) }, context.CancellationToken);
    }

    public override Task<ArtifactInfo> Stat(GetArtifactRequest request, ServerCallContext context) => Task.FromResult(Info(Find(request.Digest)));

    private StoredArtifact Find(string digest)
    {
        try
        {
            return artifacts.Find(digest) ?? throw Error(StatusCode.NotFound, $"There is no artifact {digest}.");
        }
        catch (FormatException e)
        {
            throw Error(StatusCode.InvalidArgument, e.Message);
        }
    }

    private static async IAsyncEnumerable<ReadOnlyMemory<byte>> ChunksAsync(
        IAsyncStreamReader<PutArtifactRequest> requestStream, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        while (await requestStream.MoveNext(cancellationToken))
        {
            if (requestStream.Current.PartCase != PutArtifactRequest.PartOneofCase.Chunk || requestStream.Current.Chunk.Length > MaxChunkBytes)
                throw Error(StatusCode.InvalidArgument, $"After the header come chunks of at most {MaxChunkBytes} bytes.");
            yield return requestStream.Current.Chunk.Memory;
        }
    }

    private static ArtifactInfo Info(StoredArtifact artifact) =>
        new() { Digest = artifact.Digest, Bytes = artifact.Bytes, MediaType = artifact.MediaType };

    private static RpcException Error(StatusCode code, string message) => new(new Status(code, message));
}
