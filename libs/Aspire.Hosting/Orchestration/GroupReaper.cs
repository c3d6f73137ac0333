using System.Diagnostics;
using System.Globalization;

namespace Aspire.Hosting.Orchestration;

/// <summary>
/// A shell that hears from the AppHost which process groups there are, and kills them when the AppHost is gone.
/// Resources die by their parent-death signal; this is for what they have started themselves.
/// </summary>
internal sealed class GroupReaper : IDisposable
{
    private const string Script = """
        groups=" "
        while read -r sign id; do
          case "$sign$groups" in
            +*) groups="$groups$id " ;;
            -*" $id "*) groups="${groups%% $id *} ${groups#* $id }" ;;
          esac
        done
        for id in $groups; do kill -s KILL -- "-$id" 2>/dev/null; done
        """;

    private readonly Lock _lock = new();
    private readonly Process _shell;

    private GroupReaper(Process shell) => _shell = shell;

    /// <exception cref="DistributedApplicationException">setsid is missing.</exception>
    public static async Task<GroupReaper> StartAsync()
    {
        var start = new ProcessStartInfo(ProgramLocator.Find("setsid", "util-linux"), ["/bin/sh", "-c", Script])
        {
            RedirectStandardInput = true,
            WorkingDirectory = "/",
        };
        return new GroupReaper(await SpawnThread.RunAsync(() => Process.Start(start)!));
    }

    public void Add(int processGroup) => Tell('+', processGroup);

    public void Remove(int processGroup) => Tell('-', processGroup);

    public void Dispose()
    {
        _shell.StandardInput.Close();
        _shell.WaitForExit();
        _shell.Dispose();
    }

    private void Tell(char sign, int processGroup)
    {
        lock (_lock)
        {
            try
            {
                _shell.StandardInput.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{sign} {processGroup}"));
                _shell.StandardInput.Flush();
            }
            catch (IOException)
            {
                // Somebody ended the shell: the parent-death signals remain.
            }
        }
    }
}
