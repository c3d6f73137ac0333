using Grpc.Core;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using NnGpt.ServiceDefaults.Artifacts;
using NnGpt.ServiceDefaults.Grpc;
using NnGpt.ServiceDefaults.Tests.Hosting;

namespace NnGpt.ServiceDefaults.Tests.Artifacts;

public sealed class ArtifactClientTests : IAsyncLifetime
{
    private readonly MemoryArtifacts.Contents _store = new();
    private readonly string _directory = Directory.CreateTempSubdirectory("nngpt-artifacts-").FullName;
    private RunningService _coordinator = null!;
    private RunningService _caller = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private ArtifactClient Client => _caller.Services.GetRequiredService<ArtifactClient>();

    public async ValueTask InitializeAsync()
    {
        _coordinator = await RunningService.StartAsync(
            b => b.Services.AddSingleton(_store), app => app.MapGrpcService<MemoryArtifacts>());
        _caller = await RunningService.StartAsync(
            b => b.AddCoordinatorClient(), _ => { }, ("services:coordinator:grpc:0", _coordinator.Grpc.ToString()));
    }

    public async ValueTask DisposeAsync()
    {
        await _caller.DisposeAsync();
        await _coordinator.DisposeAsync();
        Directory.Delete(_directory, recursive: true);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(3_000_000)]
    public async Task PutThenGet_AnySize_IsTheSameContent(int bytes)
    {
        byte[] content = new byte[bytes];
        new Random(1).NextBytes(content);
        string path = Path.Combine(_directory, "cache", "file");

        var info = await Client.PutAsync(new MemoryStream(content), "application/x-tar", Token);
        await Client.GetToFileAsync(info.Digest, path, Token);
        await Client.GetToFileAsync(info.Digest, path, Token);

        Assert.Equal(bytes, info.Bytes);
        Assert.Equal("application/x-tar", info.MediaType);
        Assert.Equal(content, await File.ReadAllBytesAsync(path, Token));
        Assert.Equal(1, _store.Fetched);
        Assert.Equal([path], Directory.GetFiles(Path.GetDirectoryName(path)!));
    }

    [Fact]
    public async Task Get_ContentDiffersFromItsDigest_IsDataLossAndLeavesNoFile()
    {
        var info = await Client.PutAsync(new MemoryStream([1, 2, 3]), "application/x-tar", Token);
        _store.ByDigest[info.Digest] = [1, 2, 4];

        var failure = await Assert.ThrowsAsync<RpcException>(() => Client.GetToFileAsync(info.Digest, Path.Combine(_directory, "file"), Token));

        Assert.Equal(StatusCode.DataLoss, failure.StatusCode);
        Assert.Empty(Directory.GetFiles(_directory));
    }

    [Fact]
    public async Task Get_UnknownDigest_IsNotFoundAndLeavesNoFile()
    {
        var failure = await Assert.ThrowsAsync<RpcException>(
            () => Client.GetToFileAsync($"sha256:{new string('0', 64)}", Path.Combine(_directory, "file"), Token));

        Assert.Equal(StatusCode.NotFound, failure.StatusCode);
        Assert.Empty(Directory.GetFiles(_directory));
    }

    [Fact]
    public async Task Put_StoreRefuses_TellsItsReason()
    {
        _store.Full = true;

        var failure = await Assert.ThrowsAsync<RpcException>(() => Client.PutAsync(new MemoryStream(new byte[20_000_000]), "application/x-tar", Token));

        Assert.Equal(StatusCode.ResourceExhausted, failure.StatusCode);
    }

    [Theory]
    [InlineData("sha256:../../etc/passwd")]
    [InlineData("0000")]
    [InlineData("")]
    public void FileName_NoDigest_IsRefused(string digest) => Assert.Throws<FormatException>(() => ArtifactClient.FileName(digest));
}
