namespace NnGpt.Data;

/// <summary>The binary version of CIFAR: records of label byte(s), 1024 red, 1024 green, 1024 blue.</summary>
internal static class CifarReader
{
    public static (ImageSplit Train, ImageSplit Test) ReadSplits(string folder, DatasetDescription description) =>
        description.Format == DatasetFormat.Cifar10
            ? (ReadSplit(folder, [.. Enumerable.Range(1, 5).Select(i => $"data_batch_{i}.bin")], 1, 10_000, description),
               ReadSplit(folder, ["test_batch.bin"], 1, 10_000, description))
            : (ReadSplit(folder, ["train.bin"], 2, 50_000, description),
               ReadSplit(folder, ["test.bin"], 2, 10_000, description));

    private static ImageSplit ReadSplit(string folder, string[] names, int labelBytes, int perFile, DatasetDescription description)
    {
        int area = description.Channels * description.Size * description.Size, record = labelBytes + area;
        byte[] images = new byte[names.Length * perFile * area], labels = new byte[names.Length * perFile];
        byte[] buffer = new byte[record];
        int image = 0;
        foreach (string name in names)
        {
            string path = Path.Combine(folder, name);
            try
            {
                using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 20);
                long expected = (long)perFile * record;
                if (stream.Length != expected)
                {
                    throw Damaged(path, $"has {stream.Length} bytes, expected {expected}");
                }
                for (int i = 0; i < perFile; i++, image++)
                {
                    stream.ReadExactly(buffer);
                    byte label = labels[image] = buffer[labelBytes - 1]; // CIFAR-100: coarse, then fine
                    if (label >= description.ClassNames.Count)
                    {
                        throw Damaged(path, $"label {label} of image {i} is not one of {description.ClassNames.Count} classes");
                    }
                    buffer.AsSpan(labelBytes).CopyTo(images.AsSpan(image * area));
                }
            }
            catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
            {
                throw new DatasetFileException(DatasetFailureReason.Missing, path, "is not there");
            }
            catch (EndOfStreamException)
            {
                throw Damaged(path, "is cut short");
            }
            catch (UnauthorizedAccessException)
            {
                throw new DatasetFileException(DatasetFailureReason.Unreadable, path, "may not be read");
            }
        }
        return new ImageSplit(images, labels);
    }

    private static DatasetFileException Damaged(string path, string problem) => new(DatasetFailureReason.Damaged, path, problem);
}
