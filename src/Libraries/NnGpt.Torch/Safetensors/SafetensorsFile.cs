using System.IO.MemoryMappedFiles;

namespace NnGpt.Torch.Safetensors;

/// <summary>
/// A safetensors file (github.com/huggingface/safetensors), memory mapped: eight bytes of header length, a JSON header, the data.
/// The header is checked before anything is read, so a damaged or hostile file is refused with an <see cref="InvalidDataException"/>.
/// </summary>
public sealed unsafe class SafetensorsFile : IDisposable
{
    private readonly MemoryMappedFile _map;
    private readonly MemoryMappedViewAccessor _view;
    private readonly byte* _data;

    private SafetensorsFile(MemoryMappedFile map, MemoryMappedViewAccessor view, byte* start, SafetensorsHeader header)
    {
        _map = map;
        _view = view;
        _data = start + header.DataOffset;
        Entries = header.Entries;
        Metadata = header.Metadata;
    }

    /// <summary>The tensors by name.</summary>
    public IReadOnlyDictionary<string, SafetensorsEntry> Entries { get; }

    /// <summary>The free texts of the header's "__metadata__".</summary>
    public IReadOnlyDictionary<string, string> Metadata { get; }

    /// <summary>Maps a file and checks its header.</summary>
    /// <exception cref="InvalidDataException">It is no safetensors file, or damaged; the message says where.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static SafetensorsFile Open(string path)
    {
        long length = new FileInfo(path).Length;
        if (length < 8)
        {
            throw new InvalidDataException($"{path}: not a safetensors file (shorter than its header)");
        }
        MemoryMappedFile map = MemoryMappedFile.CreateFromFile(path, FileMode.Open, null, 0, MemoryMappedFileAccess.Read);
        MemoryMappedViewAccessor view = map.CreateViewAccessor(0, length, MemoryMappedFileAccess.Read);
        try
        {
            byte* start = null;
            view.SafeMemoryMappedViewHandle.AcquirePointer(ref start);
            return new SafetensorsFile(map, view, start, SafetensorsHeader.Parse(path, start, length));
        }
        catch
        {
            view.Dispose();
            map.Dispose();
            throw;
        }
    }

    /// <summary>A CPU tensor with a copy of the data.</summary>
    /// <exception cref="KeyNotFoundException">There is no tensor of that name.</exception>
    public Tensor Read(string name)
    {
        SafetensorsEntry entry = Entries.TryGetValue(name, out SafetensorsEntry? found) ? found : throw new KeyNotFoundException($"there is no tensor '{name}' in the file");
        return Tensor.FromMemory(_data + entry.Begin, entry.End - entry.Begin, entry.Dtype, entry.Shape.ToArray());
    }

    /// <summary>
    /// All tensors of a model folder: model.safetensors, or the shards that model.safetensors.index.json names.
    /// The caller owns the tensors.
    /// </summary>
    /// <param name="directory">The folder.</param>
    /// <param name="name">Base name of the file.</param>
    /// <exception cref="InvalidDataException">A file is damaged, or a shard lacks a tensor.</exception>
    public static Dictionary<string, Tensor> ReadAll(string directory, string name = "model")
    {
        string single = Path.Combine(directory, name + ".safetensors");
        string[] files = File.Exists(single) ? [single] : [.. SafetensorsHeader.Shards(Path.Combine(directory, name + ".safetensors.index.json"))];
        Dictionary<string, Tensor> tensors = new(StringComparer.Ordinal);
        foreach (string path in files)
        {
            using SafetensorsFile file = Open(path);
            foreach (string tensor in file.Entries.Keys)
            {
                tensors[tensor] = TensorScope.Detach(file.Read(tensor));
            }
        }
        return tensors;
    }

    /// <summary>Unmaps the file; tensors that were read stay.</summary>
    public void Dispose()
    {
        _view.SafeMemoryMappedViewHandle.ReleasePointer();
        _view.Dispose();
        _map.Dispose();
    }
}
