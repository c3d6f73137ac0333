namespace NnGpt.Novelty.Redis;

/// <summary>What has to happen in Redis at once: the .lua files beside this one.</summary>
internal static class IndexScripts
{
    public static string Open { get; } = Load("open");

    public static string Add { get; } = Load("add");

    public static string Complete { get; } = Load("complete");

    public static string Judge { get; } = Load("judge");

    private static string Load(string name)
    {
        using var stream = typeof(IndexScripts).Assembly.GetManifestResourceStream($"{typeof(IndexScripts).Namespace}.{name}.lua")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
