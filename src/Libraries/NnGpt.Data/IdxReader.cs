using System.Buffers.Binary;
using System.IO.Compression;

namespace NnGpt.Data;

/// <summary>
/// The idx format of MNIST and its kin, plain or gzip: big-endian int32 magic (0x0000_08_0N: unsigned bytes,
/// N dimensions), N int32 sizes, then the bytes.
/// </summary>
internal static class IdxReader
{
    public static (ImageSplit Train, ImageSplit Test) ReadSplits(string folder, DatasetDescription description) =>
        (ReadSplit(folder, "train", description), ReadSplit(folder, "t10k", description));

    private static ImageSplit ReadSplit(string folder, string prefix, DatasetDescription description)
    {
        string imagePath = Find(folder, $"{prefix}-images-idx3-ubyte"), labelPath = Find(folder, $"{prefix}-labels-idx1-ubyte");
        var (imageSizes, images) = Read(imagePath, 3);
        var (labelSizes, labels) = Read(labelPath, 1);
        if (imageSizes[1] != description.Size || imageSizes[2] != description.Size)
        {
            throw Damaged(imagePath, $"images are {imageSizes[1]}x{imageSizes[2]}, expected {description.Size}x{description.Size}");
        }
        if (labelSizes[0] != imageSizes[0])
        {
            throw Damaged(labelPath, $"has {labelSizes[0]} labels for {imageSizes[0]} images");
        }
        int wrong = Array.FindIndex(labels, label => label >= description.ClassNames.Count);
        if (wrong >= 0)
        {
            throw Damaged(labelPath, $"label {labels[wrong]} of image {wrong} is not one of {description.ClassNames.Count} classes");
        }
        return new ImageSplit(images, labels);
    }

    // torchvision writes a dot where the original has a dash: train-images.idx3-ubyte.
    private static string Find(string folder, string name)
    {
        string dotted = name.Replace("-idx", ".idx", StringComparison.Ordinal);
        string[] candidates = [name, name + ".gz", dotted, dotted + ".gz"];
        return candidates.Select(c => Path.Combine(folder, c)).FirstOrDefault(File.Exists)
            ?? throw new DatasetFileException(DatasetFailureReason.Missing, Path.Combine(folder, name), "neither this file nor its .gz is there");
    }

    internal static (int[] Sizes, byte[] Body) Read(string path, int dimensions)
    {
        try
        {
            using Stream file = File.OpenRead(path);
            using Stream stream = path.EndsWith(".gz", StringComparison.Ordinal) ? new GZipStream(file, CompressionMode.Decompress) : file;
            Span<byte> header = stackalloc byte[4 + 4 * dimensions];
            stream.ReadExactly(header);
            int magic = BinaryPrimitives.ReadInt32BigEndian(header);
            if (magic != 0x800 + dimensions)
            {
                throw Damaged(path, $"magic number is 0x{magic:x8}, expected 0x{0x800 + dimensions:x8}");
            }
            int[] sizes = new int[dimensions];
            long total = 1;
            for (int i = 0; i < dimensions; i++)
            {
                sizes[i] = BinaryPrimitives.ReadInt32BigEndian(header[(4 + 4 * i)..]);
                total = sizes[i] is > 0 and <= 1 << 24 ? total * sizes[i] : long.MaxValue;
                if (total > 1L << 30)
                {
                    throw Damaged(path, $"size {sizes[i]} of dimension {i} is out of range");
                }
            }
            byte[] body = new byte[total];
            stream.ReadExactly(body);
            if (stream.ReadByte() >= 0)
            {
                throw Damaged(path, "has bytes after its end");
            }
            return (sizes, body);
        }
        catch (EndOfStreamException)
        {
            throw Damaged(path, "is cut short");
        }
        catch (InvalidDataException error)
        {
            throw Damaged(path, $"is no valid gzip file ({error.Message.TrimEnd('.')})");
        }
        catch (UnauthorizedAccessException)
        {
            throw new DatasetFileException(DatasetFailureReason.Unreadable, path, "may not be read");
        }
    }

    private static DatasetFileException Damaged(string path, string problem) => new(DatasetFailureReason.Damaged, path, problem);
}
