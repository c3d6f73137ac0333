using System.Text;

namespace Aspire.Hosting.Orchestration;

/// <summary>What a resource printed, in a file that is renamed to NAME.log.1 when it is full; two files are kept.</summary>
internal sealed class ResourceLog : IDisposable
{
    private readonly Lock _lock = new();
    private readonly long _maxBytes;
    private StreamWriter _writer;
    private bool _disposed;

    public ResourceLog(string path, long maxBytes)
    {
        Path = path;
        _maxBytes = maxBytes;
        _writer = Open(path);
    }

    public string Path { get; }

    public void WriteLine(string line)
    {
        lock (_lock)
        {
            if (_disposed)
            {
                return;
            }

            try
            {
                _writer.WriteLine(line);
                _writer.Flush();
                if (_writer.BaseStream.Position >= _maxBytes)
                {
                    _writer.Dispose();
                    File.Move(Path, Path + ".1", overwrite: true);
                    _writer = Open(Path);
                }
            }
            catch (IOException)
            {
                // A full disk costs log lines; to stop reading would block the program itself.
            }
        }
    }

    public void Dispose()
    {
        lock (_lock)
        {
            _disposed = true;
            _writer.Dispose();
        }
    }

    private static StreamWriter Open(string path)
    {
        var file = new FileStream(path, FileMode.Append, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete);
        return new StreamWriter(file, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
    }
}
