using System.CommandLine;
using System.Reflection;
using NnGpt.Cli.Connection;
using NnGpt.Cli.Export;
using NnGpt.Cli.Rendering;
using NnGpt.Protocol.V1;
using NnGpt.Reporting;

namespace NnGpt.Cli.Commands;

/// <summary>`nngpt report RUN --out DIR`: an experiment to show to others.</summary>
internal static class ReportCommand
{
    public static Command Create()
    {
        var run = new Argument<string>("RUN") { Description = "Experiment id, or 'latest'", DefaultValueFactory = _ => "latest" };
        var directory = new Option<DirectoryInfo>("--out") { Description = "Directory to write to; created when missing", Required = true };
        var command = new Command(
            "report",
            """
            Write a report on an experiment to a directory:
              report.html          figures, tables, best architectures and settings in one file that needs nothing else
              figures/*.svg        the figures, for a paper or a talk
              figures/*.csv        their numbers
              cycles.csv           a row per cycle
              candidates.csv       a row per candidate
            """)
        { run, directory };
        command.Options.Add(CoordinatorConnection.AddressOption);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            using var connection = await CoordinatorConnection.OpenAsync(parsed, cancellationToken);
            string id = await ExperimentId.ResolveAsync(connection, parsed.GetRequiredValue(run), cancellationToken);
            string root = parsed.GetRequiredValue(directory).FullName;
            try
            {
                int figures = await WriteAsync(connection, id, root, cancellationToken);
                string report = Path.Combine(root, "report.html");
                Console.WriteLine(parsed.GetValue(OutputOption.Instance) == OutputFormat.Json
                    ? Json.Document(new { Experiment = id, Report = report, Figures = figures })
                    : $"{id}: {report}, {figures} figures as SVG and CSV");
            }
            catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
            {
                throw new CommandFailedException($"cannot write to '{root}': {failure.Message}", ExitCode.Failed);
            }

            return ExitCode.Success;
        });
        return command;
    }

    private static async Task<int> WriteAsync(CoordinatorConnection connection, string id, string root, CancellationToken cancellationToken)
    {
        var experiment = await connection.Experiments.GetAsync(new GetExperimentRequest { Id = id }, deadline: CoordinatorConnection.Deadline, cancellationToken: cancellationToken);
        string figures = Directory.CreateDirectory(Path.Combine(root, "figures")).FullName;
        var candidates = await CandidatesCommand.ReadAllAsync(
            connection, new ListCandidatesRequest { Experiment = id, Cycle = -1 }, int.MaxValue, cancellationToken);
        var sources = new Dictionary<string, string>();
        foreach (var best in experiment.Best.Take(HtmlReport.Architectures))
        {
            var full = await connection.Experiments.GetCandidateAsync(
                new GetCandidateRequest { Id = best.Ref.Id }, deadline: CoordinatorConnection.Deadline, cancellationToken: cancellationToken);
            sources[best.Ref.Id] = full.Source;
        }

        string version = Assembly.GetExecutingAssembly().GetName().Version?.ToString(3) ?? "";
        await File.WriteAllTextAsync(
            Path.Combine(root, "report.html"), HtmlReport.Write(experiment, candidates, sources, version, TimeProvider.System.GetUtcNow()), cancellationToken);
        await CsvTables.WriteCyclesAsync(Path.Combine(root, "cycles.csv"), experiment, cancellationToken);
        await CsvTables.WriteCandidatesAsync(Path.Combine(root, "candidates.csv"), candidates, cancellationToken);
        var written = ReportFigures.Of(experiment, candidates).Where(figure => !figure.IsEmpty).ToList();
        foreach (var figure in written)
        {
            await File.WriteAllTextAsync(Path.Combine(figures, $"{figure.Name}.svg"), SvgWriter.Write(figure, standalone: true), cancellationToken);
            await File.WriteAllTextAsync(Path.Combine(figures, $"{figure.Name}.csv"), FigureCsv.Write(figure), cancellationToken);
        }

        return written.Count;
    }
}
