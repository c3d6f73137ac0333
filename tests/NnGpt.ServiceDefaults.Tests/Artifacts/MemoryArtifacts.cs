using System.Collections.Concurrent;
using System.Security.Cryptography;
using Google.Protobuf;
using Grpc.Core;
using NnGpt.Protocol.V1;

namespace NnGpt.ServiceDefaults.Tests.Artifacts;

/// <summary>An artifact store in memory that can be made to lie.</summary>
internal sealed class MemoryArtifacts(MemoryArtifacts.Contents contents) : Protocol.V1.Artifacts.ArtifactsBase
{
    public override async Task<ArtifactInfo> Put(IAsyncStreamReader<PutArtifactRequest> requestStream, ServerCallContext context)
    {
        using var memory = new MemoryStream();
        string mediaType = "";
        await foreach (var part in requestStream.ReadAllAsync(context.CancellationToken))
        {
            if (part.PartCase == PutArtifactRequest.PartOneofCase.Header)
                mediaType = part.Header.MediaType;
            else
                part.Chunk.WriteTo(memory);
        }
        // As the Coordinator does: a refusal before the client has said everything may reach it as a mere reset.
        if (contents.Full)
            throw new RpcException(new Status(StatusCode.ResourceExhausted, "the disk is full"));
        string digest = $"sha256:{Convert.ToHexStringLower(SHA256.HashData(memory.ToArray()))}";
        contents.ByDigest[digest] = memory.ToArray();
        return new ArtifactInfo { Digest = digest, Bytes = memory.Length, MediaType = mediaType };
    }

    public override async Task Get(GetArtifactRequest request, IServerStreamWriter<ArtifactChunk> responseStream, ServerCallContext context)
    {
        if (!contents.ByDigest.TryGetValue(request.Digest, out byte[]? bytes))
            throw new RpcException(new Status(StatusCode.NotFound, request.Digest));
        contents.Fetched++;
        foreach (byte[] chunk in bytes.Chunk(100_000))
            await responseStream.WriteAsync(new ArtifactChunk { Chunk = ByteString.CopyFrom(chunk) }, context.CancellationToken);
    }

    internal sealed class Contents
    {
        public ConcurrentDictionary<string, byte[]> ByDigest { get; } = new();

        public bool Full { get; set; }

        public int Fetched { get; set; }
    }
}
