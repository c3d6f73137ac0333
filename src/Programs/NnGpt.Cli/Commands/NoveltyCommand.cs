using System.CommandLine;
using Grpc.Core;
using NnGpt.Cli.Connection;
using NnGpt.Cli.Novelty;
using NnGpt.Cli.Rendering;
using NnGpt.Cli.Validation;
using NnGpt.Curation.Reading;
using NnGpt.Novelty;
using NnGpt.Novelty.Shingles;
using NnGpt.Protocol.V1;
using Spectre.Console;

namespace NnGpt.Cli.Commands;

/// <summary>`nngpt novelty ...`: how similar sources are to each other, and to what an experiment knows.</summary>
internal static class NoveltyCommand
{
    public static Command Create()
    {
        var command = new Command("novelty", "Compare Python sources by MinHash and Jaccard similarity, and networks by what they compute");
        command.Subcommands.Add(CreateSimilarity());
        command.Subcommands.Add(CreateQuery());
        return command;
    }

    private static Command CreateSimilarity()
    {
        var first = FileArgument("A");
        var second = FileArgument("B");
        var tau = new Option<double>("--tau") { Description = "A near-duplicate is above it", DefaultValueFactory = _ => 0.90 };
        var permutations = new Option<int>("--permutations") { Description = "num_perm of the estimate", DefaultValueFactory = _ => 256 };
        var shingle = new Option<int>("--shingle") { Description = "Tokens a shingle", DefaultValueFactory = _ => 10 };
        var tokens = new Option<TokenMode>("--tokens")
        {
            Description = "exact (default), or normalized: own names and numbers make no difference",
            DefaultValueFactory = _ => TokenMode.Exact,
        };
        tau.RequireRange(0.01, 0.999);
        permutations.RequireRange(16, 4096);
        shingle.RequireRange(1, 100);
        var contract = new ContractOptions();
        var seconds = new Option<double>("--timeout") { Description = "Seconds a file may take", DefaultValueFactory = _ => 60 };
        var unsandboxed = new Option<bool>("--allow-unsandboxed") { Description = "Go on where the kernel can confine no worker" };
        seconds.RequireRange(0.1, 86_400);
        var command = new Command(
            "similarity",
            """
            How similar two files are, as texts and by what their networks compute; needs no running system.

            The networks run in a sandboxed worker. Where one of the files is no valid network, is no text or breaks off, the texts
            are compared all the same, by the tokens that Python reads before its error; fingerprint_equal and graph_similarity are
            null then, and "reason" says why. An encoding that the first lines declare is used, as Python does; bytes that are not in it,
            and not UTF-8, count as U+FFFD.

            Example: nngpt novelty similarity a.py b.py
            """)
        { first, second, tau, permutations, shingle, tokens, seconds, unsandboxed };
        contract.AddTo(command);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var settings = new NoveltySettings(
                parsed.GetValue(tau),
                Permutations: parsed.GetValue(permutations),
                ShingleSize: parsed.GetValue(shingle),
                Tokens: parsed.GetValue(tokens));
            var (a, b) = (PathOf(parsed.GetRequiredValue(first)), PathOf(parsed.GetRequiredValue(second)));
            byte[] left = await ReadAsync(a, cancellationToken), right = await ReadAsync(b, cancellationToken);
            var graphs = await GraphComparison.OfAsync(
                [(a, left), (b, right)], contract.Read(parsed), parsed.GetValue(seconds), parsed.GetValue(unsandboxed), cancellationToken);
            var similarity = SourceSimilarity.Of(SourceText.DecodeAny(left), SourceText.DecodeAny(right), settings, graphs);
            if (parsed.GetValue(OutputOption.Instance) == OutputFormat.Json)
                Console.WriteLine(Json.Line(similarity));
            else
                similarity.Print(AnsiConsole.Console);
            return ExitCode.Success;
        });
        return command;
    }

    private static Command CreateQuery()
    {
        var file = FileArgument("FILE");
        var run = new Argument<string>("RUN") { Description = "Experiment id; default: latest", DefaultValueFactory = _ => "latest" };
        var neighbours = new Option<int>("--neighbours", "-n") { Description = "So many nearest documents", DefaultValueFactory = _ => 5 };
        neighbours.RequireRange(1, 1000);
        var command = new Command(
            "query",
            """
            How new a file would be to an experiment: its nearest documents in the base corpus and among the admitted
            networks, by exact Jaccard similarity under the experiment's settings. Changes nothing.

            Example: nngpt novelty query my.py latest
            """)
        { file, run, neighbours };
        command.Options.Add(CoordinatorConnection.AddressOption);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            string source = SourceText.DecodeAny(await ReadAsync(PathOf(parsed.GetRequiredValue(file)), cancellationToken));
            using var connection = await CoordinatorConnection.OpenAsync(parsed, cancellationToken);
            string id = await ExperimentId.ResolveAsync(connection, parsed.GetRequiredValue(run), cancellationToken);
            using var call = connection.Experiments.GetIndexDocuments(new GetExperimentRequest { Id = id }, cancellationToken: cancellationToken);
            var search = new NeighbourSearch(source, parsed.GetValue(neighbours));
            await foreach (var document in call.ResponseStream.ReadAllAsync(cancellationToken))
                search.Compare(document);
            var report = search.Report(id);
            if (parsed.GetValue(OutputOption.Instance) == OutputFormat.Json)
                Console.WriteLine(Json.Document(report));
            else
                report.Print(AnsiConsole.Console);
            return ExitCode.Success;
        });
        return command;
    }

    private static async Task<byte[]> ReadAsync(string path, CancellationToken cancellationToken)
    {
        try
        {
            return await SourceFile.ReadAsync(path, cancellationToken) is { Length: <= SourceFile.MaxLength } bytes
                ? bytes
                : throw new CommandFailedException($"'{path}' is longer than {SourceFile.MaxLength} bytes", ExitCode.Failed);
        }
        catch (TimeoutException nothing)
        {
            throw new CommandFailedException($"'{path}': {nothing.Message}", ExitCode.Failed);
        }
    }

    private static Argument<FileInfo> FileArgument(string name) => new(name) { Description = "Python file" };

    private static string PathOf(FileInfo file) => file.Exists
        ? file.FullName
        : Directory.Exists(file.FullName)
            ? throw new CommandFailedException($"'{file}' is a folder; give a file", ExitCode.Usage)
            : throw new CommandFailedException($"there is no file '{file}'", ExitCode.NotFound);
}
