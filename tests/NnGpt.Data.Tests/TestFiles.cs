using System.Buffers.Binary;
using System.IO.Compression;

namespace NnGpt.Data.Tests;

/// <summary>A data directory of its own for a test, removed afterwards, and writers of the official formats.</summary>
internal sealed class TestFiles : IDisposable
{
    public string Root { get; } = Directory.CreateTempSubdirectory("nngpt-data-").FullName;

    public static string? DataDirectory => Environment.GetEnvironmentVariable("NNGPT_DATA");

    public void Dispose() => Directory.Delete(Root, recursive: true);

    public string WriteIdx(string name, int[] sizes, byte[] body, bool gzip = false)
    {
        byte[] bytes = new byte[4 + 4 * sizes.Length + body.Length];
        BinaryPrimitives.WriteInt32BigEndian(bytes, 0x800 + sizes.Length);
        for (int i = 0; i < sizes.Length; i++)
        {
            BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(4 + 4 * i), sizes[i]);
        }
        body.CopyTo(bytes, 4 + 4 * sizes.Length);
        string path = Path.Combine(Root, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        if (gzip)
        {
            using var stream = new GZipStream(File.Create(path), CompressionLevel.Fastest);
            stream.Write(bytes);
        }
        else
        {
            File.WriteAllBytes(path, bytes);
        }
        return path;
    }

    /// <summary>A small but whole MNIST: every image i has all pixels i mod 256 and label i mod 10.</summary>
    public void WriteMnist(int train = 20, int test = 10, bool gzip = false)
    {
        foreach (var (prefix, count) in new[] { ("train", train), ("t10k", test) })
        {
            byte[] images = new byte[count * 784];
            for (int i = 0; i < images.Length; i++)
            {
                images[i] = (byte)(i / 784);
            }
            string suffix = gzip ? ".gz" : "";
            WriteIdx($"mnist/{prefix}-images-idx3-ubyte{suffix}", [count, 28, 28], images, gzip);
            WriteIdx($"mnist/{prefix}-labels-idx1-ubyte{suffix}", [count], [.. Enumerable.Range(0, count).Select(i => (byte)(i % 10))], gzip);
        }
    }
}
