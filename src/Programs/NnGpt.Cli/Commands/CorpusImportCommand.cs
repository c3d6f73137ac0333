using System.CommandLine;
using NnGpt.Cli.Connection;
using NnGpt.Cli.Corpora;
using NnGpt.Cli.Rendering;
using NnGpt.Curation;
using NnGpt.Curation.Output;
using NnGpt.Curation.Reading;

namespace NnGpt.Cli.Commands;

/// <summary>`nngpt corpus import PATH... --out DIR`.</summary>
internal static class CorpusImportCommand
{
    private enum Contract
    {
        Lemur,
        Any,
    }

    public static Command Create()
    {
        var paths = SourceArgument.Many();
        var run = new Option<string?>("--run") { Description = "Also the admitted networks of this experiment of the running system; 'latest': the newest", HelpName = "RUN" };
        var folder = SourceArgument.OutFolder("of the corpus");
        var metadata = new Option<string?>("--metadata")
        {
            Description = "What was measured, joined by name: a CSV with the columns model and accuracy (and dataset, epoch, lr, ...), or LEMUR's stat folder. "
                + "Default: stat/, metadata.csv or architectures.csv beside the files",
            HelpName = "PATH",
        };
        var contract = new Option<Contract>("--contract") { Description = "lemur (default): drop what is no candidate: no class Net with its methods, or no Python; any: keep it" };
        var tau = SourceArgument.Tau();
        var shingle = SourceArgument.Shingle();
        var threads = SourceArgument.Threads();
        var command = new Command(
            "import",
            """
            Make a corpus: read networks, drop what is no candidate, remove exact and near duplicates.

            --out gets
              corpus.jsonl      id, source and what was measured of each network
              dropped.jsonl     what was dropped, and why or for which kept one
              malformed.jsonl   where no network was found, and why

            Example: nngpt corpus import lemur/ab/nn/nn --metadata lemur_cls_best.csv --out lemur-corpus
            """)
        { paths, run, folder, metadata, contract, tau, shingle, threads };
        command.Options.Add(CoordinatorConnection.AddressOption);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            string[] given = parsed.GetValue(paths) ?? [];
            if (given.Length == 0 && parsed.GetValue(run) is null)
            {
                throw new CommandFailedException("nothing to import; give a PATH or --run RUN", ExitCode.Usage);
            }

            List<IRecordSource> sources = [.. given.Select(path => SourceArgument.Open(path, parsed.GetValue(metadata)))];
            string root = SourceArgument.OutsideOf(parsed.GetRequiredValue(folder), given);
            using CoordinatorConnection? connection = parsed.GetValue(run) is null ? null : await CoordinatorConnection.OpenAsync(parsed, cancellationToken);
            if (connection is not null)
            {
                sources.Add(await AdmittedCandidates.OpenAsync(connection, parsed.GetValue(run)!, cancellationToken));
            }

            long start = TimeProvider.System.GetTimestamp();
            CurationReport report;
            using (CurationFolder output = new(root, originals: null))
            {
                CurationOptions options = new()
                {
                    JaccardThreshold = parsed.GetValue(tau),
                    ShingleSize = parsed.GetValue(shingle),
                    RequireContract = parsed.GetValue(contract) == Contract.Lemur,
                    Threads = parsed.GetValue(threads),
                    WorkingFolder = output.WorkingFolder,
                };
                report = await new CurationProgressBar(TimeProvider.System).RunAsync(
                    "import", progress => Curator.RunAsync(new CombinedSource(sources), options, output, progress, cancellationToken));
                output.Complete();
            }

            double seconds = Math.Round(TimeProvider.System.GetElapsedTime(start).TotalSeconds, 3);
            Console.WriteLine(parsed.GetValue(OutputOption.Instance) == OutputFormat.Json
                ? Json.Document(new
                {
                    report.Read,
                    report.Malformed,
                    MalformedReasons = CurationSummary.Json(report.MalformedReasons),
                    NoCandidate = report.Breaches.Values.Sum(),
                    NoCandidateReasons = CurationSummary.Json(report.Breaches),
                    report.Exact,
                    report.Near,
                    report.Kept,
                    Seconds = seconds,
                })
                : CurationSummary.Text(report, seconds, root));
            return ExitCode.Success;
        });
        return command;
    }
}
