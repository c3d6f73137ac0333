namespace NnGpt.Cli.Validation;

/// <summary>A file of the user's, read in bounded time and memory: it may be a pipe that nobody writes to, or have no end.</summary>
internal static class SourceFile
{
    /// <summary>Longest file, in bytes.</summary>
    public const int MaxLength = 16 << 20;

    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(5);

    /// <summary>The bytes; of a file that is too long one more than <see cref="MaxLength"/>.</summary>
    /// <exception cref="IOException">It cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">It must not be read.</exception>
    /// <exception cref="TimeoutException">Nothing comes.</exception>
    public static async Task<byte[]> ReadAsync(string path, CancellationToken cancellationToken)
    {
        try
        {
            // A pipe that nobody writes to cannot even be opened, and tells nobody; so it is waited for elsewhere.
            return await Task.Run(() => Read(path), cancellationToken).WaitAsync(s_patience, cancellationToken);
        }
        catch (TimeoutException)
        {
            throw new TimeoutException($"the file cannot be read within {s_patience.TotalSeconds:0} s");
        }
    }

    private static byte[] Read(string path)
    {
        using FileStream file = new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, bufferSize: 1);
        using MemoryStream bytes = new();
        byte[] part = new byte[1 << 16];
        while (bytes.Length <= MaxLength && file.Read(part) is > 0 and var read)
        {
            bytes.Write(part, 0, read);
        }

        bytes.SetLength(Math.Min(bytes.Length, MaxLength + 1));
        return bytes.ToArray();
    }
}
