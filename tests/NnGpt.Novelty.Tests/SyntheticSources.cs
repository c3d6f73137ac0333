namespace NnGpt.Novelty.Tests;

/// <summary>Pairs of token sequences with a wanted share of common shingles.</summary>
internal static class SyntheticSources
{
    /// <summary>A source of distinct tokens, and a copy with single tokens changed at even distances.</summary>
    public static (string Original, string Changed) Pair(int seed, int tokens, int changes)
    {
        string[] words = [.. Enumerable.Range(0, tokens).Select(i => $"w{seed}_{i}")];
        string original = string.Join(' ', words);
        for (int c = 0; c < changes; c++)
            words[(int)((c + 0.5) * tokens / changes)] += "_changed";
        return (original, string.Join(' ', words));
    }

    /// <summary>A source of a cluster: members differ from each other in the middle token alone, so J is 0.95 for 400 tokens.</summary>
    public static string Member(int cluster, int member, int tokens)
    {
        string[] words = [.. Enumerable.Range(0, tokens).Select(i => $"w{cluster}_{i}")];
        words[tokens / 2] += $"_{member}";
        return string.Join(' ', words);
    }
}
