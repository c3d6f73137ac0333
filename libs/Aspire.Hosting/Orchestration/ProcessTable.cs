using System.Globalization;

namespace Aspire.Hosting.Orchestration;

/// <summary>Facts about processes from /proc.</summary>
internal static class ProcessTable
{
    private const int StartTimeField = 19;

    /// <summary>Start time in clock ticks since boot; null when there is no such process or it has ended.</summary>
    public static long? StartTime(int processId)
    {
        try
        {
            // 4242 (redis-server) S 1 ... : the name in parentheses may hold anything
            string stat = File.ReadAllText(string.Create(CultureInfo.InvariantCulture, $"/proc/{processId}/stat"));
            string[] fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
            return fields[0] is "Z" or "X" ? null : long.Parse(fields[StartTimeField], CultureInfo.InvariantCulture);
        }
        catch (IOException)
        {
            return null;
        }
    }
}
