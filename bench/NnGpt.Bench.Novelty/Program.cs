// What the novelty index costs and how often it is right. bench/README.md has the commands and the last tables.
using NnGpt.Bench.Novelty;

switch (args)
{
    case ["signatures"]:
        SignatureBench.Run();
        return 0;
    case ["recall"]:
        RecallBench.Run();
        return 0;
    case ["redis", .. var sizes]:
        await RedisBench.RunAsync(sizes.Length > 0 ? [.. sizes.Select(int.Parse)] : [1_000, 100_000, 1_000_000]);
        return 0;
    default:
        Console.Error.WriteLine("usage: NnGpt.Bench.Novelty signatures|recall|redis [DOCUMENTS...]");
        return 2;
}
