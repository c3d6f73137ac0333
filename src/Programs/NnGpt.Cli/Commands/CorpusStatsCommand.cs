using System.CommandLine;
using NnGpt.Cli.Corpora;
using NnGpt.Cli.Rendering;
using NnGpt.Curation;
using NnGpt.Curation.Reading;
using NnGpt.Curation.Statistics;
using Spectre.Console;

namespace NnGpt.Cli.Commands;

/// <summary>`nngpt corpus stats PATH`.</summary>
internal static class CorpusStatsCommand
{
    public static Command Create()
    {
        var path = SourceArgument.One();
        var tau = SourceArgument.Tau();
        var shingle = SourceArgument.Shingle();
        var threads = SourceArgument.Threads();
        var command = new Command(
            "stats",
            """
            Count what a corpus or any folder of networks holds; nothing is written.

            Families, lengths, layers, duplicates, and how many keep the candidate contract as far as their text tells.

            Example: nngpt corpus stats my-corpus
            """)
        { path, tau, shingle, threads };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            IRecordSource source = SourceArgument.Open(parsed.GetRequiredValue(path));
            CurationOptions options = new()
            {
                JaccardThreshold = parsed.GetValue(tau),
                ShingleSize = parsed.GetValue(shingle),
                Threads = parsed.GetValue(threads),
            };
            CorpusStatistics statistics = await new CurationProgressBar(TimeProvider.System).RunAsync(
                "stats", progress => CorpusStatistics.OfAsync(source, options, progress, cancellationToken));
            if (parsed.GetValue(OutputOption.Instance) == OutputFormat.Json)
            {
                Console.WriteLine(Json.Document(CorpusStatisticsReport.ToJson(statistics)));
            }
            else
            {
                CorpusStatisticsReport.Print(AnsiConsole.Console, statistics);
            }

            return ExitCode.Success;
        });
        return command;
    }
}
