using System.Buffers;
using System.Text;
using NnGpt.Novelty.Shingles;

namespace NnGpt.Curation.Duplicates;

/// <summary>Ids and shingle sets of documents, in a file that goes with the object; in memory is where each begins.</summary>
internal sealed class ShingleStore(string folder) : IDisposable
{
    private const int FlushBytes = 1 << 20;

    private readonly FileStream _file = new(
        Path.Combine(folder, $".shingles-{Path.GetRandomFileName()}"),
        FileMode.CreateNew,
        FileAccess.ReadWrite,
        FileShare.None,
        bufferSize: 0,
        FileOptions.DeleteOnClose | FileOptions.RandomAccess);

    private readonly ArrayBufferWriter<byte> _unwritten = new(FlushBytes);
    private readonly List<(long Offset, int IdBytes, int ShingleBytes)> _entries = [];
    private long _written;
    private byte[] _buffer = new byte[1 << 14];

    public void Append(string id, ShingleSet shingles)
    {
        byte[] set = shingles.ToBytes();
        int bytes = Encoding.UTF8.GetByteCount(id);
        _entries.Add((_written + _unwritten.WrittenCount, bytes, set.Length));
        _unwritten.Advance(Encoding.UTF8.GetBytes(id, _unwritten.GetSpan(Math.Max(1, bytes))));
        _unwritten.Write(set);
        if (_unwritten.WrittenCount >= FlushBytes)
        {
            RandomAccess.Write(_file.SafeFileHandle, _unwritten.WrittenSpan, _written);
            _written += _unwritten.WrittenCount;
            _unwritten.ResetWrittenCount();
        }
    }

    public string IdOf(int document)
    {
        var (offset, idBytes, _) = _entries[document];
        return Encoding.UTF8.GetString(Read(offset, idBytes));
    }

    /// <summary>Exact Jaccard similarity of a document to a set.</summary>
    public double Jaccard(int document, ShingleSet shingles)
    {
        var (offset, idBytes, shingleBytes) = _entries[document];
        return shingles.Jaccard(ShingleSet.FromBytes(Read(offset + idBytes, shingleBytes)));
    }

    public void Dispose() => _file.Dispose();

    private ReadOnlySpan<byte> Read(long offset, int length)
    {
        if (offset >= _written)
        {
            return _unwritten.WrittenSpan.Slice((int)(offset - _written), length);
        }

        if (_buffer.Length < length)
        {
            _buffer = new byte[length];
        }

        Span<byte> target = _buffer.AsSpan(0, length);
        for (int read = 0; read < length;)
        {
            int got = RandomAccess.Read(_file.SafeFileHandle, target[read..], offset + read);
            read += got > 0 ? got : throw new EndOfStreamException("the file of shingles is shorter than what was written");
        }

        return target;
    }
}
