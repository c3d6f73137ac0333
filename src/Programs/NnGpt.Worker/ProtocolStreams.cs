using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace NnGpt.Worker;

/// <summary>
/// The pipes to the pool, moved away from descriptors 0 and 1: whatever prints, in managed or native code, prints to
/// stderr and can never forge an answer.
/// </summary>
internal sealed partial class ProtocolStreams : IDisposable
{
    private ProtocolStreams(Stream input, Stream output)
    {
        Input = input;
        Output = output;
    }

    public Stream Input { get; }

    public Stream Output { get; }

    public static ProtocolStreams Take()
    {
        var input = Open(Duplicate(0), FileAccess.Read);
        var output = Open(Duplicate(1), FileAccess.Write);
        using (var nothing = File.OpenHandle("/dev/null"))
        {
            Replace((int)nothing.DangerousGetHandle(), 0);
        }
        Replace(2, 1);
        return new ProtocolStreams(input, output);
    }

    public void Dispose()
    {
        Input.Dispose();
        Output.Dispose();
    }

    private static FileStream Open(int descriptor, FileAccess access) =>
        new(new SafeFileHandle(descriptor, ownsHandle: true), access, bufferSize: 0);

    private static int Duplicate(int descriptor) =>
        dup(descriptor) is var copy and >= 0 ? copy : throw new IOException($"descriptor {descriptor} cannot be copied");

    private static void Replace(int source, int target)
    {
        if (dup2(source, target) < 0)
        {
            throw new IOException($"descriptor {target} cannot be replaced");
        }
    }

    [LibraryImport("libc", SetLastError = true)]
    private static partial int dup(int descriptor);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int dup2(int source, int target);
}
