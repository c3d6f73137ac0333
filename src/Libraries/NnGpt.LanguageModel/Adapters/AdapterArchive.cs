using System.Formats.Tar;

namespace NnGpt.LanguageModel.Adapters;

/// <summary>
/// The files of one PEFT adapter directory as a tar archive. Packing is deterministic (order of names, no times, no
/// owners), so that equal adapters have equal digests.
/// </summary>
public static class AdapterArchive
{
    private const int MaxFiles = 64;
    private const long MaxBytes = 4L << 30;

    /// <summary>Writes the directory's files, without sub-directories, as a tar in the ustar format.</summary>
    /// <exception cref="IOException">A file cannot be read.</exception>
    public static async Task PackAsync(string directory, Stream destination, CancellationToken cancellationToken)
    {
        await using var writer = new TarWriter(destination, TarEntryFormat.Ustar, leaveOpen: true);
        foreach (string file in Directory.GetFiles(directory).Order(StringComparer.Ordinal))
        {
            await using var content = File.OpenRead(file);
            await writer.WriteEntryAsync(
                new UstarTarEntry(TarEntryType.RegularFile, Path.GetFileName(file))
                {
                    DataStream = content,
                    ModificationTime = DateTimeOffset.UnixEpoch,
                    Mode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead,
                },
                cancellationToken);
        }
    }

    /// <summary>
    /// Unpacks the archive's plain files into the directory, which appears only when it is complete. Names lose any path.
    /// </summary>
    /// <exception cref="InvalidDataException">Not a tar, or more than 64 files or 4 GiB.</exception>
    public static async Task UnpackAsync(Stream archive, string directory, CancellationToken cancellationToken)
    {
        string partial = $"{directory}.{Guid.NewGuid():N}.part";
        Directory.CreateDirectory(partial);
        try
        {
            await using var reader = new TarReader(archive, leaveOpen: true);
            int files = 0;
            long bytes = 0;
            while (await reader.GetNextEntryAsync(cancellationToken: cancellationToken) is { } entry)
            {
                if (entry.EntryType is not (TarEntryType.RegularFile or TarEntryType.V7RegularFile))
                {
                    continue;
                }

                bytes += entry.Length;
                if (++files > MaxFiles || bytes > MaxBytes)
                {
                    throw new InvalidDataException($"an adapter archive holds at most {MaxFiles} files and {MaxBytes} bytes");
                }

                await entry.ExtractToFileAsync(Path.Combine(partial, Path.GetFileName(entry.Name)), overwrite: false, cancellationToken);
            }

            Directory.Move(partial, directory);
        }
        catch (IOException) when (Directory.Exists(directory))
        {
            // Another process unpacked the same archive in the meantime.
        }
        finally
        {
            if (Directory.Exists(partial))
            {
                Directory.Delete(partial, recursive: true);
            }
        }
    }
}
