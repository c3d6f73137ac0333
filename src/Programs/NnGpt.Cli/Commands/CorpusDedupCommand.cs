using System.CommandLine;
using System.Globalization;
using NnGpt.Cli.Corpora;
using NnGpt.Cli.Rendering;
using NnGpt.Curation;
using NnGpt.Curation.Output;
using NnGpt.Curation.Reading;

namespace NnGpt.Cli.Commands;

/// <summary>`nngpt corpus dedup PATH --out DIR`.</summary>
internal static class CorpusDedupCommand
{
    public static Command Create()
    {
        var path = SourceArgument.One();
        var folder = SourceArgument.OutFolder("to write to");
        var tau = SourceArgument.Tau();
        var shingle = SourceArgument.Shingle();
        var threads = SourceArgument.Threads();
        var command = new Command(
            "dedup",
            """
            Remove exact and near duplicates; of similar networks the first is kept.

            --out gets
              kept/*.py or kept.jsonl   what was kept, as it came
              corpus.jsonl              the same as records: id, source, what was measured
              dropped.jsonl             for each dropped one the id of the kept one it repeats, with their Jaccard similarity
              malformed.jsonl           where no network was found, and why

            Example: nngpt corpus dedup networks/ --out unique
            """)
        { path, folder, tau, shingle, threads };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            string text = parsed.GetRequiredValue(path);
            IRecordSource source = SourceArgument.Open(text);
            string root = SourceArgument.OutsideOf(parsed.GetRequiredValue(folder), [text]);
            long start = TimeProvider.System.GetTimestamp();
            CurationReport report;
            using (CurationFolder output = new(root, source.Shape))
            {
                CurationOptions options = new()
                {
                    JaccardThreshold = parsed.GetValue(tau),
                    ShingleSize = parsed.GetValue(shingle),
                    Threads = parsed.GetValue(threads),
                    WorkingFolder = output.WorkingFolder,
                };
                report = await new CurationProgressBar(TimeProvider.System).RunAsync(
                    "dedup", progress => Curator.RunAsync(source, options, output, progress, cancellationToken));
                output.Complete();
            }

            double seconds = Math.Round(TimeProvider.System.GetElapsedTime(start).TotalSeconds, 3);
            Console.WriteLine(parsed.GetValue(OutputOption.Instance) == OutputFormat.Json
                ? Json.Document(new { report.Read, report.Malformed, report.Exact, report.Near, report.Kept, Seconds = seconds })
                : CurationSummary.Text(report, seconds, root));
            return ExitCode.Success;
        });
        return command;
    }
}
