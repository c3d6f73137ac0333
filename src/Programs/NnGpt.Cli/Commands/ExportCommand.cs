using System.CommandLine;
using Grpc.Core;
using NnGpt.Cli.Connection;
using NnGpt.Cli.Export;
using NnGpt.Cli.Rendering;
using NnGpt.Protocol.V1;

namespace NnGpt.Cli.Commands;

/// <summary>`nngpt export RUN --out DIR`: everything a user takes away from an experiment.</summary>
internal static class ExportCommand
{
    public static Command Create()
    {
        var run = new Argument<string>("RUN") { Description = "Experiment id, or 'latest'", DefaultValueFactory = _ => "latest" };
        var directory = new Option<DirectoryInfo>("--out") { Description = "Directory to write to; created when missing", Required = true };
        var best = new Option<int>("--best") { Description = "How many of the admitted architectures, by accuracy; 0: all", DefaultValueFactory = _ => 0 };
        best.RequireRange(0, int.MaxValue);

        var command = new Command(
            "export",
            """
            Write an experiment's results to a directory.

            --out gets
              architectures/*.py   admitted architectures, best first in architectures.csv
              corpus.jsonl         the admitted prompt-code pairs as chat JSONL
              cycles.csv           a row per cycle
              candidates.csv       a row per candidate
              adapter/             the newest LoRA adapter in PEFT's format
              profile.yaml         the settings

            Example: nngpt export latest --out my-networks
            """)
        { run, directory, best };
        command.Options.Add(CoordinatorConnection.AddressOption);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            using var connection = await CoordinatorConnection.OpenAsync(parsed, cancellationToken);
            string id = await ExperimentId.ResolveAsync(connection, parsed.GetRequiredValue(run), cancellationToken);
            var experiment = await connection.Experiments.GetAsync(new GetExperimentRequest { Id = id }, deadline: CoordinatorConnection.Deadline, cancellationToken: cancellationToken);
            string root = parsed.GetRequiredValue(directory).FullName;
            try
            {
                Directory.CreateDirectory(root);
            }
            catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
            {
                throw new CommandFailedException($"cannot write to '{root}': {failure.Message}", ExitCode.Failed);
            }

            await File.WriteAllTextAsync(Path.Combine(root, "profile.yaml"), experiment.Profile, cancellationToken);
            await CsvTables.WriteCyclesAsync(Path.Combine(root, "cycles.csv"), experiment, cancellationToken);

            var candidates = await CandidatesCommand.ReadAllAsync(
                connection, new ListCandidatesRequest { Experiment = id, Cycle = -1 }, int.MaxValue, cancellationToken);
            await CsvTables.WriteCandidatesAsync(Path.Combine(root, "candidates.csv"), candidates, cancellationToken);

            int architectures = await WriteArchitecturesAsync(connection, root, candidates, parsed.GetValue(best), cancellationToken);
            int pairs = await WriteCorpusAsync(connection, id, Path.Combine(root, "corpus.jsonl"), cancellationToken);
            string digest = experiment.Cycles.Select(cycle => cycle.NextAdapterDigest).LastOrDefault(text => text.Length > 0) ?? "";
            if (digest.Length > 0)
            {
                await AdapterDownload.ExtractAsync(connection, digest, Path.Combine(root, "adapter"), cancellationToken);
            }

            Console.WriteLine(parsed.GetValue(OutputOption.Instance) == OutputFormat.Json
                ? Json.Document(new { Experiment = id, Directory = root, Architectures = architectures, Pairs = pairs, Candidates = candidates.Count, Adapter = digest })
                : $"{id}: {architectures} architectures, {pairs} corpus pairs, {candidates.Count} candidates, {(digest.Length > 0 ? $"adapter {Figures.ShortDigest(digest)}" : "no adapter yet")} -> {root}");
            return ExitCode.Success;
        });
        return command;
    }

    private static async Task<int> WriteArchitecturesAsync(
        CoordinatorConnection connection,
        string root,
        List<Candidate> candidates,
        int best,
        CancellationToken cancellationToken)
    {
        string directory = Path.Combine(root, "architectures");
        Directory.CreateDirectory(directory);
        var admitted = candidates
            .Where(candidate => candidate.Novelty is { Admitted: true })
            .OrderByDescending(candidate => candidate.Training.Accuracy)
            .Take(best > 0 ? best : int.MaxValue)
            .ToList();
        foreach (var candidate in admitted)
        {
            var full = await connection.Experiments.GetCandidateAsync(
                new GetCandidateRequest { Id = candidate.Ref.Id }, deadline: CoordinatorConnection.Deadline, cancellationToken: cancellationToken);
            await File.WriteAllTextAsync(Path.Combine(directory, $"{candidate.Ref.Id}.py"), full.Source, cancellationToken);
        }

        await CsvTables.WriteCandidatesAsync(Path.Combine(root, "architectures.csv"), admitted, cancellationToken);
        return admitted.Count;
    }

    private static async Task<int> WriteCorpusAsync(CoordinatorConnection connection, string id, string path, CancellationToken cancellationToken)
    {
        int pairs = 0;
        await using var writer = new StreamWriter(path);
        using var call = connection.Experiments.GetCorpus(new GetExperimentRequest { Id = id }, cancellationToken: cancellationToken);
        await foreach (var pair in call.ResponseStream.ReadAllAsync(cancellationToken))
        {
            await writer.WriteAsync($"{pair.Json}\n".AsMemory(), cancellationToken);
            pairs++;
        }

        return pairs;
    }
}
