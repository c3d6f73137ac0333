using System.Security.Cryptography;

namespace Aspire.Hosting.Orchestration;

/// <summary>The application's directory, held by one AppHost at a time: state, logs, secrets, the brokers' data.</summary>
internal sealed class DataDirectory : IDisposable
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode OwnerDirectory = OwnerOnly | UnixFileMode.UserExecute;

    private readonly FileStream _lock;

    private DataDirectory(string path, FileStream lockFile)
    {
        Path = path;
        _lock = lockFile;
        LogDirectory = Directory.CreateDirectory(Combine("logs")).FullName;
    }

    public string Path { get; }

    public string LogDirectory { get; }

    public string StateFile => Combine("apphost.json");

    /// <summary>Addresses for the user's browser, one a line.</summary>
    public string UrlFile => Combine("urls");

    /// <exception cref="DistributedApplicationException">It cannot be written, or another AppHost holds it.</exception>
    public static DataDirectory Open(string path)
    {
        try
        {
            Directory.CreateDirectory(path);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw Unusable(path, failure);
        }

        string lockPath = System.IO.Path.Combine(path, "apphost.lock");
        FileStream? lockFile = null;
        try
        {
            lockFile = new FileStream(lockPath, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            return new DataDirectory(path, lockFile);
        }
        catch (IOException failure) when (lockFile is null && File.Exists(lockPath) && failure is not PathTooLongException)
        {
            int? owner = StateReader.FindProcessId(System.IO.Path.Combine(path, "apphost.json"));
            throw new DistributedApplicationException(
                $"another AppHost{(owner is null ? "" : $" (process {owner})")} uses the data directory {path}: stop it, or choose another directory", failure);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            lockFile?.Dispose();
            throw Unusable(path, failure);
        }
    }

    public string Combine(params ReadOnlySpan<string> parts) => System.IO.Path.Combine([Path, .. parts]);

    /// <summary>A directory that only this user can read.</summary>
    /// <exception cref="DistributedApplicationException">It cannot be made.</exception>
    public static string CreatePrivate(string path)
    {
        try
        {
            return Directory.CreateDirectory(path, OwnerDirectory).FullName;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw Unusable(path, failure);
        }
    }

    /// <summary>A file that only this user can read.</summary>
    /// <exception cref="DistributedApplicationException">It cannot be written.</exception>
    public static void WritePrivate(string path, string content)
    {
        try
        {
            // A broker may have made its copy read-only.
            File.Delete(path);
            using var file = new StreamWriter(path, new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, UnixCreateMode = OwnerOnly });
            file.Write(content);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw Unusable(path, failure);
        }
    }

    /// <summary>A random word of letters and digits, the same one after every restart.</summary>
    /// <exception cref="DistributedApplicationException">It cannot be read or written.</exception>
    public string Secret(string name)
    {
        string file = System.IO.Path.Combine(CreatePrivate(Combine("secrets")), name);
        try
        {
            if (File.Exists(file) && File.ReadAllText(file) is { Length: > 0 } secret)
            {
                return secret;
            }
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw Unusable(file, failure);
        }

        string made = RandomNumberGenerator.GetString("ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz23456789", 32);
        WritePrivate(file, made);
        return made;
    }

    /// <summary>The file that keeps what a resource prints.</summary>
    /// <exception cref="DistributedApplicationException">It cannot be written.</exception>
    public ResourceLog OpenLog(string name, long maxBytes)
    {
        string path = System.IO.Path.Combine(LogDirectory, name + ".log");
        try
        {
            return new ResourceLog(path, maxBytes);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw Unusable(path, failure);
        }
    }

    public void Dispose() => _lock.Dispose();

    private static DistributedApplicationException Unusable(string path, Exception failure) =>
        new($"the data directory cannot be used: {path}: {failure.Message}", failure);
}
