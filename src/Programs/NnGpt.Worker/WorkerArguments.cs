using System.Globalization;

namespace NnGpt.Worker;

/// <summary>What the pool asks of its worker on the command line.</summary>
/// <param name="TorchThreads">Threads of one libtorch operator.</param>
/// <param name="DataDirectory">Where data sets are looked for; null: the system's packages only.</param>
/// <param name="Dataset">A data set to load before the worker is ready; null: none.</param>
/// <param name="Harden">Give up, once warm, all system calls but those of computing and answering.</param>
/// <param name="MemoryBytes">Memory of the whole process; tensors get what the runtime leaves of it.</param>
/// <param name="Fence">Null; or put the memory of each tensor "behind" or "before" a page that cannot be touched.</param>
internal sealed record WorkerArguments(int TorchThreads, string? DataDirectory, string? Dataset, bool Harden, long MemoryBytes, string? Fence)
{
    public static WorkerArguments? Parse(string[] args)
    {
        var arguments = new WorkerArguments(1, null, null, false, 4L << 30, null);
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
                case "--memory" when long.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out long bytes) && bytes > 0:
                    arguments = arguments with { MemoryBytes = bytes };
                    break;
                case "--fence" when value is "behind" or "before":
                    arguments = arguments with { Fence = value };
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
        Console.Error.WriteLine("usage: NnGpt.Worker [--torch-threads N] [--data DIRECTORY] [--dataset NAME] [--memory BYTES] [--fence behind|before] [--harden]");
        return 2;
    }
}
