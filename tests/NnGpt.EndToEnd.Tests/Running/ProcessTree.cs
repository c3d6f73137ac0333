namespace NnGpt.EndToEnd.Tests.Running;

/// <summary>A process of /proc, told apart from a later one with the same id by its start time.</summary>
internal sealed record ProcessIdentity(int Id, string StartTime, int ParentId, string Command)
{
    public bool IsAlive => ProcessTree.Read(Id) is { } now && now.StartTime == StartTime;
}

internal static class ProcessTree
{
    /// <summary>The process and everything below it, as it is now.</summary>
    public static IReadOnlyList<ProcessIdentity> Of(int root)
    {
        var all = Directory.EnumerateDirectories("/proc")
            .Select(directory => int.TryParse(Path.GetFileName(directory), out int id) ? Read(id) : null)
            .OfType<ProcessIdentity>()
            .ToList();
        List<ProcessIdentity> tree = [.. all.Where(process => process.Id == root)];
        for (int i = 0; i < tree.Count; i++)
        {
            tree.AddRange(all.Where(process => process.ParentId == tree[i].Id));
        }

        return tree;
    }

    /// <summary>Null when there is no such process, or only its exit status is left.</summary>
    public static ProcessIdentity? Read(int id)
    {
        try
        {
            // 4242 (dotnet) S 1 ... : the name may hold spaces and parentheses
            string stat = File.ReadAllText($"/proc/{id}/stat");
            string[] fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
            string command = File.ReadAllText($"/proc/{id}/cmdline").Replace('\0', ' ').Trim();
            return fields[0] is "Z" or "X" ? null : new ProcessIdentity(id, fields[19], int.Parse(fields[1]), command);
        }
        catch (IOException)
        {
            return null;
        }
    }
}
