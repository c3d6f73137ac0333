using System.Security.Cryptography;
using Google.Protobuf;
using Grpc.Core;
using NnGpt.Coordinator.Tests.Running;
using NnGpt.Protocol.V1;
using NnGpt.ServiceDefaults.Artifacts;

namespace NnGpt.Coordinator.Tests.Grpc;

public sealed class ArtifactsServiceTests : IAsyncLifetime
{
    private CoordinatorHost _host = null!;
    private Protocol.V1.Artifacts.ArtifactsClient _client = null!;

    public async ValueTask InitializeAsync()
    {
        _host = await CoordinatorHost.StartAsync(maxArtifactBytes: 1_000_000);
        _client = new Protocol.V1.Artifacts.ArtifactsClient(_host.Channel);
    }

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task Put_ThenGet_ReturnsTheSameBytesUnderTheirDigest()
    {
        byte[] content = new byte[700_001];
        new Random(3).NextBytes(content);
        var artifacts = new ArtifactClient(_client, TimeProvider.System);

        var info = await artifacts.PutAsync(new MemoryStream(content), "application/x-tar", default);
        var again = await artifacts.PutAsync(new MemoryStream(content), "application/x-tar", default);
        string file = Path.Combine(_host.DataDirectory, "fetched");
        await artifacts.GetToFileAsync(info.Digest, file, default);

        Assert.Equal($"sha256:{Convert.ToHexStringLower(SHA256.HashData(content))}", info.Digest);
        Assert.Equal((info, 700_001L, "application/x-tar"), (again, info.Bytes, info.MediaType));
        Assert.Equal(content, await File.ReadAllBytesAsync(file));
        Assert.Equal(info, await _client.StatAsync(new GetArtifactRequest { Digest = info.Digest }));
    }

    [Fact]
    public async Task Put_OtherContentThanAnnounced_DataLossAndNothingStays()
    {
        string digest = $"sha256:{new string('a', 64)}";

        Assert.Equal(StatusCode.DataLoss, await PutAsync(digest, [1, 2, 3]));

        Assert.Equal(StatusCode.NotFound, (await Assert.ThrowsAsync<RpcException>(() => _client.StatAsync(new GetArtifactRequest { Digest = digest }).ResponseAsync)).StatusCode);
        Assert.Empty(Directory.EnumerateFiles(Path.Combine(_host.DataDirectory, "artifacts"), "*", SearchOption.AllDirectories));
    }

    [Fact]
    public async Task Put_LargerThanTheLimit_ResourceExhausted() =>
        Assert.Equal(StatusCode.ResourceExhausted, await PutAsync("", new byte[500_000], new byte[500_001]));

    [Theory]
    [InlineData("sha256:../../etc/passwd")]
    [InlineData("md5:00")]
    [InlineData("")]
    public async Task Get_NoDigest_InvalidArgument(string digest) =>
        Assert.Equal(StatusCode.InvalidArgument, (await Assert.ThrowsAsync<RpcException>(() => _client.StatAsync(new GetArtifactRequest { Digest = digest }).ResponseAsync)).StatusCode);

    private async Task<StatusCode> PutAsync(string digest, params byte[][] chunks)
    {
        using var call = _client.Put();
        await call.RequestStream.WriteAsync(new PutArtifactRequest { Header = new ArtifactHeader { MediaType = "text/plain", Digest = digest } });
        foreach (byte[] chunk in chunks)
            await call.RequestStream.WriteAsync(new PutArtifactRequest { Chunk = ByteString.CopyFrom(chunk) });
        await call.RequestStream.CompleteAsync();
        return (await Assert.ThrowsAsync<RpcException>(() => call.ResponseAsync)).StatusCode;
    }
}
