using System.Globalization;
using Aspire.Hosting.Orchestration;

namespace Aspire.Hosting.Tests.Running;

/// <summary>A process of /proc, told apart from a later one with the same id by its start time.</summary>
internal sealed record ProcessIdentity(int Id, long StartTime, int ParentId, string Command)
{
    public bool IsAlive => ProcessTable.StartTime(Id) == StartTime;
}

internal static class ProcessTree
{
    /// <summary>Everything below the process, as it is now.</summary>
    public static IReadOnlyList<ProcessIdentity> Below(int root)
    {
        var all = Directory.EnumerateDirectories("/proc")
            .Select(directory => int.TryParse(Path.GetFileName(directory), out int id) ? Read(id) : null)
            .OfType<ProcessIdentity>()
            .ToList();
        List<ProcessIdentity> tree = [.. all.Where(process => process.ParentId == root)];
        for (int i = 0; i < tree.Count; i++)
        {
            tree.AddRange(all.Where(process => process.ParentId == tree[i].Id));
        }

        return tree;
    }

    private static ProcessIdentity? Read(int id)
    {
        try
        {
            string stat = File.ReadAllText($"/proc/{id}/stat");
            string[] fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
            string command = File.ReadAllText($"/proc/{id}/cmdline").Replace('\0', ' ').Trim();
            return ProcessTable.StartTime(id) is { } start
                ? new ProcessIdentity(id, start, int.Parse(fields[1], CultureInfo.InvariantCulture), command)
                : null;
        }
        catch (IOException)
        {
            return null;
        }
    }
}
