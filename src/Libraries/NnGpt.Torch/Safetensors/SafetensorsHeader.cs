using System.Buffers.Binary;
using System.Text.Json;

namespace NnGpt.Torch.Safetensors;

/// <summary>The checked header of a safetensors file.</summary>
internal sealed unsafe record SafetensorsHeader(long DataOffset, Dictionary<string, SafetensorsEntry> Entries, Dictionary<string, string> Metadata)
{
    private const long MaximumHeader = 100_000_000;

    // {"__metadata__":{"format":"pt"},"a":{"dtype":"F32","shape":[2,3],"data_offsets":[0,24]}}
    public static SafetensorsHeader Parse(string path, byte* start, long length)
    {
        long headerLength = (long)BinaryPrimitives.ReadUInt64LittleEndian(new ReadOnlySpan<byte>(start, 8));
        if (headerLength is < 2 or > MaximumHeader || headerLength > length - 8)
        {
            throw Damaged(path, $"a header of {headerLength} bytes in a file of {length}");
        }
        Dictionary<string, SafetensorsEntry> entries = new(StringComparer.Ordinal);
        Dictionary<string, string> metadata = new(StringComparer.Ordinal);
        try
        {
            using JsonDocument document = JsonDocument.Parse(new ReadOnlySpan<byte>(start + 8, (int)headerLength).ToArray());
            foreach (JsonProperty property in document.RootElement.EnumerateObject())
            {
                if (property.Name == "__metadata__")
                {
                    foreach (JsonProperty text in property.Value.EnumerateObject())
                    {
                        metadata[text.Name] = text.Value.GetString() ?? string.Empty;
                    }
                }
                else if (!entries.TryAdd(property.Name, ParseEntry(path, property, length - 8 - headerLength)))
                {
                    throw Damaged(path, $"two tensors named '{property.Name}'");
                }
            }
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or FormatException or KeyNotFoundException or IndexOutOfRangeException)
        {
            throw new InvalidDataException($"{path}: damaged safetensors header ({exception.Message})", exception);
        }
        CheckCoverage(path, entries.Values, length - 8 - headerLength);
        return new SafetensorsHeader(8 + headerLength, entries, metadata);
    }

    /// <summary>The files that an index names, each once.</summary>
    public static IEnumerable<string> Shards(string index)
    {
        string directory = Path.GetDirectoryName(Path.GetFullPath(index))!;
        if (!File.Exists(index))
        {
            throw new FileNotFoundException($"{directory} has neither model.safetensors nor an index of shards", index);
        }
        string[] files;
        try
        {
            using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(index));
            files = [.. document.RootElement.GetProperty("weight_map").EnumerateObject().Select(static pair => pair.Value.GetString() ?? "").Distinct(StringComparer.Ordinal)];
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or KeyNotFoundException)
        {
            throw new InvalidDataException($"{index}: damaged index of shards ({exception.Message})", exception);
        }
        foreach (string file in files)
        {
            if (file.Length == 0 || Path.GetFileName(file) != file)
            {
                throw Damaged(index, $"a shard outside the folder: '{file}'");
            }
            if (!File.Exists(Path.Combine(directory, file)))
            {
                throw new FileNotFoundException($"{directory} lacks the shard '{file}' that {Path.GetFileName(index)} names", file);
            }
        }
        return files.Select(file => Path.Combine(directory, file));
    }

    private static SafetensorsEntry ParseEntry(string path, JsonProperty property, long dataLength)
    {
        string name = property.Name;
        Dtype dtype = SafetensorsDtype.Parse(property.Value.GetProperty("dtype").GetString()) ?? throw Damaged(path, $"'{name}' has an unknown dtype");
        long[] shape = [.. property.Value.GetProperty("shape").EnumerateArray().Select(static size => size.GetInt64())];
        JsonElement offsets = property.Value.GetProperty("data_offsets");
        long begin = offsets[0].GetInt64();
        long end = offsets[1].GetInt64();
        if (begin < 0 || end < begin || end > dataLength)
        {
            throw Damaged(path, $"'{name}' lies outside the file");
        }
        Int128 bytes = dtype.ElementSize();
        foreach (long size in shape)
        {
            bytes *= size;
            if (size < 0 || bytes > dataLength)
            {
                throw Damaged(path, $"'{name}' has an impossible shape");
            }
        }
        return bytes == end - begin ? new SafetensorsEntry(name, dtype, shape, begin, end) : throw Damaged(path, $"the size of '{name}' does not fit its shape");
    }

    // The format: every byte of the data belongs to exactly one tensor.
    private static void CheckCoverage(string path, IEnumerable<SafetensorsEntry> entries, long dataLength)
    {
        long end = 0;
        foreach (SafetensorsEntry entry in entries.OrderBy(static entry => entry.Begin).ThenBy(static entry => entry.End))
        {
            if (entry.Begin != end)
            {
                throw Damaged(path, entry.Begin < end ? $"'{entry.Name}' overlaps another tensor" : $"a hole of {entry.Begin - end} bytes before '{entry.Name}'");
            }
            end = entry.End;
        }
        if (end != dataLength)
        {
            throw Damaged(path, $"{dataLength - end} bytes after the last tensor");
        }
    }

    private static InvalidDataException Damaged(string path, string what) => new($"{path}: damaged safetensors file ({what})");
}
