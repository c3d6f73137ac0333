using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace NnGpt.Curation.Output;

/// <summary>A file of JSON lines: UTF-8, <c>\n</c>, no byte order mark.</summary>
internal sealed class JsonLines(string path) : IDisposable
{
    private static readonly JsonWriterOptions s_options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly FileStream _file = new(path, FileMode.Create, FileAccess.Write, FileShare.Read, 1 << 16);
    private readonly ArrayBufferWriter<byte> _line = new();

    /// <summary>Bytes written.</summary>
    public long Length => _file.Position;

    /// <summary>Writes an object whose properties <paramref name="properties"/> writes.</summary>
    public void Write(Action<Utf8JsonWriter> properties)
    {
        _line.ResetWrittenCount();
        using (Utf8JsonWriter writer = new(_line, s_options))
        {
            writer.WriteStartObject();
            properties(writer);
            writer.WriteEndObject();
        }

        WriteRaw(_line.WrittenSpan);
    }

    /// <summary>Writes a line as it is.</summary>
    public void WriteRaw(ReadOnlySpan<byte> line)
    {
        _file.Write(line);
        _file.WriteByte((byte)'\n');
    }

    public void Dispose() => _file.Dispose();
}
