using System.Buffers.Binary;
using System.Text;
using System.Text.Json;

namespace NnGpt.Torch.Safetensors;

/// <summary>Writes safetensors files.</summary>
public static class SafetensorsWriter
{
    /// <summary>
    /// Writes tensors in the order of their names, so that the same tensors always give the same bytes. The file appears at once:
    /// it is written beside its place and renamed.
    /// </summary>
    /// <param name="path">Where to.</param>
    /// <param name="tensors">The tensors by name; from any device.</param>
    /// <param name="metadata">Free texts; PyTorch's readers expect format = pt, the default.</param>
    public static void Write(string path, IEnumerable<KeyValuePair<string, Tensor>> tensors, IReadOnlyDictionary<string, string>? metadata = null)
    {
        KeyValuePair<string, Tensor>[] sorted = [.. tensors.OrderBy(static pair => pair.Key, StringComparer.Ordinal)];
        byte[] header = Header(sorted, metadata ?? new Dictionary<string, string> { ["format"] = "pt" });
        string temporary = path + ".writing";
        using (FileStream stream = File.Create(temporary))
        {
            Span<byte> length = stackalloc byte[8];
            BinaryPrimitives.WriteUInt64LittleEndian(length, (ulong)header.Length);
            stream.Write(length);
            stream.Write(header);
            foreach ((_, Tensor tensor) in sorted)
            {
                stream.Write(tensor.ToBytes());
            }
            stream.Flush(flushToDisk: true);
        }
        File.Move(temporary, path, overwrite: true);
    }

    private static byte[] Header(KeyValuePair<string, Tensor>[] tensors, IReadOnlyDictionary<string, string> metadata)
    {
        using MemoryStream buffer = new();
        using (Utf8JsonWriter writer = new(buffer))
        {
            writer.WriteStartObject();
            writer.WriteStartObject("__metadata__");
            foreach ((string key, string value) in metadata.OrderBy(static pair => pair.Key, StringComparer.Ordinal))
            {
                writer.WriteString(key, value);
            }
            writer.WriteEndObject();
            long offset = 0;
            foreach ((string name, Tensor tensor) in tensors)
            {
                long end = offset + (tensor.NumElements * tensor.Dtype.ElementSize());
                writer.WriteStartObject(name);
                writer.WriteString("dtype", SafetensorsDtype.Name(tensor.Dtype));
                writer.WriteStartArray("shape");
                foreach (long size in tensor.Shape)
                {
                    writer.WriteNumberValue(size);
                }
                writer.WriteEndArray();
                writer.WriteStartArray("data_offsets");
                writer.WriteNumberValue(offset);
                writer.WriteNumberValue(end);
                writer.WriteEndArray();
                writer.WriteEndObject();
                offset = end;
            }
            writer.WriteEndObject();
        }
        // The data starts at a multiple of eight.
        string text = Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length);
        return Encoding.UTF8.GetBytes(text + new string(' ', (8 - (int)(buffer.Length % 8)) % 8));
    }
}
