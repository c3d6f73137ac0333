using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text.Json;

namespace NnGpt.LanguageModel.Training;

/// <summary>Digest of what a training run follows from: settings and data.</summary>
internal sealed class RunFingerprint : IDisposable
{
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

    public RunFingerprint Add<T>(T settings)
    {
        _hash.AppendData(JsonSerializer.SerializeToUtf8Bytes(settings));
        return this;
    }

    public RunFingerprint Add(ReadOnlySpan<byte> bytes)
    {
        Add(bytes.Length);
        _hash.AppendData(bytes);
        return this;
    }

    public RunFingerprint Add(IReadOnlyList<int> tokens) => Add(MemoryMarshal.AsBytes<int>([.. tokens]));

    public override string ToString() => Convert.ToHexStringLower(_hash.GetCurrentHash());

    public void Dispose() => _hash.Dispose();
}
