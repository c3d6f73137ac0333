using System.Globalization;

namespace NnGpt.Worker;

/// <summary>What the pool asks of its worker on the command line.</summary>
/// <param name="TorchThreads">Threads of one libtorch operator.</param>
/// <param name="DataDirectory">Where data sets are looked for; null: the system's packages only.</param>
/// <param name="Dataset">A data set to load before the worker is ready; null: none.</param>
/// <param name="Harden">Give up, once warm, all system calls but those of computing and answering.</param>
internal sealed record WorkerArguments(int TorchThreads, string? DataDirectory, string? Dataset, bool Harden)
{
    public static WorkerArguments? Parse(string[] args)
    {
        var arguments = new WorkerArguments(1, null, null, false);
        for (int i = 0; i < args.Length; i++)
        {
            string? value = i + 1 < args.Length ? args[i + 1] : null;
            switch (args[i])
            {
                case "--harden":
                    arguments = arguments with { Harden = true };
                    continue;
                case "--torch-threads" when int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out int threads) && threads > 0:
                    arguments = arguments with { TorchThreads = threads };
                    break;
                case "--data" when value is not null:
                    arguments = arguments with { DataDirectory = value };
                    break;
                case "--dataset" when value is not null:
                    arguments = arguments with { Dataset = value };
                    break;
                default:
                    return null;
            }
            i++;
        }
        return arguments;
    }

    public static int Usage()
    {
        Console.Error.WriteLine("usage: NnGpt.Worker [--torch-threads N] [--data DIRECTORY] [--dataset NAME] [--harden]");
        return 2;
    }
}
