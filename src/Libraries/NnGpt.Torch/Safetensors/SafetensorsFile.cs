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
    private readonly long _dataOffset;

    private SafetensorsFile(MemoryMappedFile map, MemoryMappedViewAccessor view, byte* start, SafetensorsHeader header)
    {
        _map = map;
        _view = view;
        _data = start + header.DataOffset;
        _dataOffset = header.DataOffset;
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
    /// All tensors of a model folder: model.safetensors, or the shards that model.safetensors.index.json names. They are views of the
    /// mapped files: nothing is read before it is used, the pages belong to the file cache, and writing to a tensor changes a private
    /// copy of its pages alone. The caller owns the tensors; the files must not be overwritten in place while they live.
    /// </summary>
    /// <param name="directory">The folder.</param>
    /// <param name="name">Base name of the file.</param>
    /// <exception cref="InvalidDataException">A file is damaged, or two shards hold the same tensor.</exception>
    /// <exception cref="IOException">A file is missing.</exception>
    public static Dictionary<string, Tensor> MapAll(string directory, string name = "model")
    {
        Dictionary<string, Tensor> tensors = new(StringComparer.Ordinal);
        try
        {
            foreach (string path in Files(directory, name))
            {
                using SafetensorsFile file = Open(path);
                using var scope = new TensorScope();
                Tensor bytes = Tensor.FromFile(path, new FileInfo(path).Length);
                foreach ((string tensor, SafetensorsEntry entry) in file.Entries)
                {
                    if (tensors.ContainsKey(tensor))
                    {
                        throw new InvalidDataException($"{directory}: two shards hold the tensor '{tensor}'");
                    }
                    tensors.Add(tensor, TensorScope.Detach(file.View(bytes, entry)));
                }
            }
            return tensors;
        }
        catch
        {
            foreach (Tensor tensor in tensors.Values)
            {
                tensor.Dispose();
            }
            throw;
        }
    }

    /// <summary>What the files of a model folder hold, from their headers alone.</summary>
    /// <param name="directory">The folder.</param>
    /// <param name="name">Base name of the file.</param>
    /// <exception cref="InvalidDataException">A file is damaged.</exception>
    /// <exception cref="IOException">A file is missing.</exception>
    public static IReadOnlyList<SafetensorsEntry> ReadHeaders(string directory, string name = "model")
    {
        List<SafetensorsEntry> entries = [];
        foreach (string path in Files(directory, name))
        {
            using SafetensorsFile file = Open(path);
            entries.AddRange(file.Entries.Values);
        }
        return entries;
    }

    /// <summary>Unmaps the file; tensors that were read stay.</summary>
    public void Dispose()
    {
        _view.SafeMemoryMappedViewHandle.ReleasePointer();
        _view.Dispose();
        _map.Dispose();
    }

    private static string[] Files(string directory, string name)
    {
        string single = Path.Combine(directory, name + ".safetensors");
        return File.Exists(single) ? [single] : [.. SafetensorsHeader.Shards(Path.Combine(directory, name + ".safetensors.index.json"))];
    }

    // A tensor that does not begin at a multiple of its element's size cannot be a view.
    private Tensor View(Tensor bytes, SafetensorsEntry entry)
    {
        long begin = _dataOffset + entry.Begin;
        long length = entry.End - entry.Begin;
        return length == 0 || begin % entry.Dtype.ElementSize() != 0
            ? Read(entry.Name)
            : bytes.Narrow(0, begin, length).ViewAs(entry.Dtype).View([.. entry.Shape]);
    }
}
