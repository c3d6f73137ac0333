// Ratios between NnGpt and PyTorch, measured side by side in one run. bench/README.md has the commands and the last tables.
using NnGpt.Bench.LanguageModels;
using NnGpt.Bench.Training;
using NnGpt.Bench.Validation;

switch (args)
{
    case ["validation", .. var rest]:
        await ValidationBench.RunAsync(rest.Length > 0 ? int.Parse(rest[0]) : 5);
        return 0;
    case ["training", .. var rest]:
        TrainingBench.Run(rest.Length > 0 ? int.Parse(rest[0]) : 5);
        return 0;
    case ["model", .. var rest]:
        ModelBench.Run(rest.Length > 0 ? int.Parse(rest[0]) : 5, rest.Length > 1 ? [.. rest.Skip(1).Select(int.Parse)] : [1, 2]);
        return 0;
    case [ModelServer.Command]:
        ModelServer.Serve(Console.In, Console.Out);
        return 0;
    case [TrainingServer.Command]:
        TrainingServer.Serve(Console.In, Console.Out);
        return 0;
    default:
        Console.Error.WriteLine("usage: NnGpt.Bench validation|training [ROUNDS] | model [ROUNDS [THREADS...]]");
        return 2;
}
