using System.CommandLine;

namespace NnGpt.Cli.Commands;

/// <summary>`nngpt corpus ...`: networks of others in and out.</summary>
internal static class CorpusCommand
{
    public static Command Create() => new(
        "corpus",
        """
        Import networks, remove duplicates, look at a corpus, export it. Needs no running system.

        Examples:
          nngpt corpus import networks/ --out my-corpus       from .py files or chat JSONL
          nngpt corpus stats my-corpus
          nngpt corpus export my-corpus --to hf --out my-dataset
          nngpt corpus dedup pairs.jsonl --out unique         only remove the duplicates
        """)
    {
        CorpusImportCommand.Create(),
        CorpusDedupCommand.Create(),
        CorpusStatsCommand.Create(),
        CorpusExportCommand.Create(),
    };
}
