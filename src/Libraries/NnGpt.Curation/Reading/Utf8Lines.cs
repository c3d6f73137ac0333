namespace NnGpt.Curation.Reading;

/// <summary>The lines of a stream as bytes, in bounded memory: of a line that is too long only the fact is told.</summary>
/// <param name="stream">Read from its position.</param>
/// <param name="maxLength">Longest line in bytes.</param>
internal sealed class Utf8Lines(Stream stream, int maxLength)
{
    private byte[] _buffer = new byte[1 << 16];
    private int _start;
    private int _end;
    private bool _ended;

    /// <summary>Bytes handed out so far.</summary>
    public long Position { get; private set; }

    /// <summary>The next line without its end; false at the end of the stream.</summary>
    /// <param name="line">Valid until the next call; empty when it is too long.</param>
    /// <param name="tooLong">It is longer than may be, and was passed over.</param>
    public bool TryRead(out ReadOnlySpan<byte> line, out bool tooLong)
    {
        tooLong = false;
        int searched = 0;
        while (true)
        {
            int end = _buffer.AsSpan(_start + searched, _end - _start - searched).IndexOf((byte)'\n');
            if (end >= 0 || (_ended && _end > _start))
            {
                int length = end >= 0 ? searched + end : _end - _start;
                line = tooLong || length > maxLength ? [] : _buffer.AsSpan(_start, length);
                tooLong |= length > maxLength;
                Position += length + (end >= 0 ? 1 : 0);
                _start += length + (end >= 0 ? 1 : 0);
                return true;
            }

            if (_ended)
            {
                line = [];
                return tooLong;
            }

            searched = _end - _start;
            if (searched > maxLength)
            {
                tooLong = true;
                Position += searched;
                _start = _end = searched = 0;
            }

            Fill();
        }
    }

    private void Fill()
    {
        if (_start > 0)
        {
            _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
            (_start, _end) = (0, _end - _start);
        }

        if (_end == _buffer.Length)
        {
            Array.Resize(ref _buffer, _buffer.Length * 2);
        }

        int read = stream.Read(_buffer, _end, _buffer.Length - _end);
        _end += read;
        _ended = read == 0;
    }
}
