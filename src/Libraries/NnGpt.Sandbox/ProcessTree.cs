namespace NnGpt.Sandbox;

/// <summary>What /proc says of a child and its children.</summary>
internal static class ProcessTree
{
    /// <summary>Follows first children down: bubblewrap, its init, the worker.</summary>
    public static int Leaf(int processId)
    {
        while (FirstChild(processId) is { } child)
        {
            processId = child;
        }
        return processId;
    }

    /// <summary>Resident set size in bytes; 0 when there is no such process.</summary>
    public static long ResidentBytes(int processId)
    {
        try
        {
            // "size resident shared text lib data dt", in pages
            string[] pages = File.ReadAllText($"/proc/{processId}/statm").Split(' ');
            return long.Parse(pages[1]) * Environment.SystemPageSize;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or IndexOutOfRangeException or FormatException)
        {
            return 0;
        }
    }

    private static int? FirstChild(int processId)
    {
        try
        {
            foreach (string task in Directory.EnumerateDirectories($"/proc/{processId}/task"))
            {
                string children = File.ReadAllText(Path.Combine(task, "children")); // "12 34 "
                int end = children.IndexOf(' ');
                if (end > 0)
                {
                    return int.Parse(children.AsSpan(0, end));
                }
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // It has ended, or this kernel does not list children.
        }
        return null;
    }
}
