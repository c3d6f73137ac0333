using System.Globalization;

namespace NnGpt.LanguageModel;

/// <summary>What memory this process may still take, by Linux's own figures.</summary>
internal static class SystemMemory
{
    /// <summary>Bytes: MemAvailable, or less where a control group allows less; null where neither says.</summary>
    public static long? Available() => Least(MemAvailable("/proc/meminfo"), GroupRoom("/sys/fs/cgroup"));

    /// <summary>Throws when that much memory is not there.</summary>
    /// <param name="needed">Bytes.</param>
    /// <param name="available">Bytes; null: unknown, which refuses nothing.</param>
    /// <param name="what">What needs it, for the message.</param>
    /// <exception cref="InsufficientMemoryException">It is not there; the message has both figures.</exception>
    public static void Require(long needed, long? available, string what)
    {
        if (needed > available)
        {
            throw new InsufficientMemoryException(string.Create(CultureInfo.InvariantCulture, $"{what} {Figure(needed)}; {Figure(available.Value)} are available"));
        }
    }

    /// <summary>"13.8 GB", "310 MB".</summary>
    public static string Figure(long bytes) => bytes >= 1_000_000_000
        ? string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e9:0.0} GB")
        : string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e6:0} MB");

    // MemAvailable:   18561584 kB
    private static long? MemAvailable(string file) => File.Exists(file) && File.ReadLines(file)
            .Select(static line => line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
            .FirstOrDefault(static words => words is ["MemAvailable:", _, ..]) is { } words
        ? Parse(words[1]) * 1024
        : null;

    // File cache can be given back, so it counts as free.
    private static long? GroupRoom(string directory)
    {
        string limit = Path.Combine(directory, "memory.max");
        string current = Path.Combine(directory, "memory.current");
        string statistics = Path.Combine(directory, "memory.stat");
        if (!File.Exists(limit) || !File.Exists(current) || !File.Exists(statistics) || Parse(File.ReadAllText(limit)) is not { } most)
        {
            return null;
        }
        long cache = File.ReadLines(statistics).FirstOrDefault(static line => line.StartsWith("file ", StringComparison.Ordinal)) is { } line ? Parse(line[5..]) ?? 0 : 0;
        return most - (Parse(File.ReadAllText(current)) ?? 0) + cache;
    }

    private static long? Parse(string text) => long.TryParse(text.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out long value) ? value : null;

    private static long? Least(long? one, long? other) => one is null ? other : other is null ? one : Math.Min(one.Value, other.Value);
}
