using System.CommandLine;
using Microsoft.Extensions.Logging.Abstractions;
using NnGpt.Cli.Connection;
using NnGpt.Cli.Rendering;
using NnGpt.Cli.Validation;
using NnGpt.Corpus.Records;
using NnGpt.Corpus.Sampling;
using NnGpt.Experiments.Profiles;
using NnGpt.Experiments.Statistics;
using NnGpt.Protocol.V1;
using NnGpt.Sandbox;

namespace NnGpt.Cli.Commands;

/// <summary>`nngpt score PATH...`: first-epoch accuracies by a profile's protocol, in sandboxed workers, without the running system.</summary>
internal static class ScoreCommand
{
    private enum Split
    {
        Validation,
        Test,
    }

    public static Command Create()
    {
        var paths = new Argument<string[]>("PATH") { Description = "Python files, or folders whose .py files are taken", Arity = ArgumentArity.ZeroOrMore };
        var corpus = new Option<int>("--corpus") { Description = "Instead of files: so many random members of the profile's base corpus" };
        var profile = new Option<string>("--profile") { Description = "Profile whose task and limits hold, by name or path", DefaultValueFactory = _ => "quickstart" };
        var seed = new Option<ulong>("--seed") { Description = "Seed of the training and of the draw from the corpus; the next training has the next seed; default: the profile's" };
        var seeds = new Option<int>("--seeds") { Description = "Trainings of each network", DefaultValueFactory = _ => 1 };
        var split = new Option<Split>("--evaluate-on") { Description = "Images that accuracy is measured on: validation (default) or test" };
        var workers = new Option<int>("--workers") { Description = "Sandboxed workers at once", DefaultValueFactory = _ => Environment.ProcessorCount };
        var unsandboxed = new Option<bool>("--allow-unsandboxed") { Description = "Go on where the kernel can confine no worker" };
        corpus.RequireRange(0, 10_000);
        seeds.RequireRange(1, 100);
        workers.RequireRange(1, 256);
        var command = new Command(
            "score",
            """
            Train PyTorch files for one epoch in the sandbox and print their accuracies, as an experiment of the profile would.

            With --corpus the members of the profile's base corpus are what an experiment's best can be held against. Data sets are
            read from NNGPT_DATA. Exit code 0: all were trained to the end; 1: not all.

            Example: nngpt score my-networks/ --profile quickstart --seeds 3
            """)
        { paths, corpus, profile, seed, seeds, split, workers, unsandboxed };
        command.Validators.Add(result =>
        {
            if ((result.GetValue(paths) is { Length: > 0 }) == (result.GetValue(corpus) > 0))
            {
                result.AddError("give files or folders, or --corpus N");
            }
        });
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var file = await ProfileFile.ReadAsync(parsed.GetRequiredValue(profile), cancellationToken);
            var settings = ExperimentProfile.Parse(file.Text).Profile!;
            ulong first = parsed.GetValue(seed) is var given and not 0 ? given : settings.Seed;
            var networks = parsed.GetValue(corpus) is var count and > 0
                ? DrawFromCorpus(settings.Corpus, file.Folder, count, first)
                : CandidateFiles.Find(parsed.GetRequiredValue(paths)).Select(path => new NamedSource(path, File.ReadAllText(path))).ToList();
            var options = new WorkerPoolOptions
            {
                Workers = parsed.GetValue(workers),
                MemoryBytes = (long)settings.Limits.MemoryMegabytes << 20,
                DataDirectory = Environment.GetEnvironmentVariable("NNGPT_DATA"),
                AllowUnsandboxed = parsed.GetValue(unsandboxed),
            };
            try
            {
                await using var pool = new WorkerPool(options, NullLogger<WorkerPool>.Instance, TimeProvider.System);
                return await ScoreAsync(
                    pool, networks, Template(settings, first, parsed.GetValue(split) == Split.Test ? "test" : "validation"), parsed.GetValue(seeds), options.Workers,
                    parsed.GetValue(OutputOption.Instance) == OutputFormat.Json, cancellationToken);
            }
            catch (Exception failure) when (failure is SandboxUnavailableException or WorkerStartException)
            {
                throw new CommandFailedException(failure.Message, ExitCode.Failed);
            }
        });
        return command;
    }

    private static async Task<int> ScoreAsync(
        WorkerPool pool, IReadOnlyList<NamedSource> networks, TrainRequest template, int seeds, int workers, bool json, CancellationToken cancellationToken)
    {
        List<double> means = [];
        int failed = 0;
        await foreach (var (network, outcomes) in new FileScorer(pool).ScoreAsync(networks, template, seeds, workers, cancellationToken))
        {
            double[] accuracies = [.. outcomes.Where(outcome => outcome.Scored).Select(outcome => outcome.Accuracy)];
            failed += accuracies.Length < seeds ? 1 : 0;
            if (accuracies.Length == seeds)
            {
                means.Add(accuracies.Average());
            }

            if (json)
            {
                Console.WriteLine(Json.Line(ToJson(network, outcomes, accuracies)));
            }
            else
            {
                var lost = outcomes.FirstOrDefault(outcome => !outcome.Scored);
                Console.WriteLine(lost is null
                    ? $"{Figures.Accuracy(accuracies.Average())}  {PrintableText.Of(network.Name)}  {Figures.Count(outcomes[0].Parameters)} parameters, {Figures.Duration(outcomes.Sum(outcome => outcome.TrainSeconds))}"
                    : $"-      {PrintableText.Of(network.Name)}  {StageNames.Of(lost.Reason)}: {PrintableText.Of(lost.Error?.Message ?? "")}");
            }
        }

        if (!json && means.Count > 1)
        {
            var interval = MeanInterval.Of(means);
            Console.WriteLine($"{means.Count} of {networks.Count} scored on {template.Training.EvaluateOn} images: mean {Figures.Accuracy(interval.Value)} [{Figures.Accuracy(interval.Low)}, {Figures.Accuracy(interval.High)}], best {Figures.Accuracy(means.Max())}");
        }

        return failed == 0 ? ExitCode.Success : ExitCode.Failed;
    }

    private static object ToJson(NamedSource network, IReadOnlyList<TrainingOutcome> outcomes, double[] accuracies) => new
    {
        network.Name,
        Accuracy = accuracies.Length == outcomes.Count ? accuracies.Average() : (double?)null,
        Accuracies = accuracies,
        outcomes[0].Parameters,
        Reason = outcomes.FirstOrDefault(outcome => !outcome.Scored) is { } lost ? StageNames.Of(lost.Reason).Replace(' ', '_') : null,
        Seconds = outcomes.Sum(outcome => outcome.TrainSeconds + outcome.EvaluateSeconds),
    };

    private static TrainRequest Template(ExperimentProfile profile, ulong seed, string split)
    {
        var request = new TrainRequest
        {
            Task = new TaskSettings
            {
                Dataset = profile.Task.Dataset,
                TrainImages = profile.Task.TrainImages,
                ValidationImages = profile.Task.ValidationImages,
                SplitSeed = profile.Task.SplitSeed,
                BatchSize = profile.Task.BatchSize,
            },
            Limits = new LimitSettings
            {
                Parameters = profile.Limits.Parameters,
                MacsPerImage = profile.Limits.MacsPerImage,
                TrainingSeconds = profile.Limits.TrainingSeconds,
                MemoryBytes = (long)profile.Limits.MemoryMegabytes << 20,
            },
            Training = new TrainingSettings { Seed = seed, EvaluateOn = split, Numerics = profile.Task.Numerics },
        };
        request.Task.Hyperparameters.Add("batch", profile.Task.BatchSize);
        foreach (var (name, value) in profile.Task.Hyperparameters)
        {
            request.Task.Hyperparameters[name] = value;
        }

        return request;
    }

    private static List<NamedSource> DrawFromCorpus(CorpusProfile corpus, string folder, int count, ulong seed)
    {
        CorpusDocument[] documents = [.. corpus.File.Length == 0 ? Sample(corpus) : Read(corpus, Path.GetFullPath(corpus.File, folder))];
        if (count > documents.Length)
        {
            throw new CommandFailedException($"--corpus {count}: the profile's base corpus has {documents.Length} members", ExitCode.Usage);
        }

        new Random((int)(seed % int.MaxValue)).Shuffle(documents);
        return [.. documents.Take(count).Select(document => new NamedSource($"{document.Id} ({document.Family})", document.Source))];
    }

    private static IEnumerable<CorpusDocument> Sample(CorpusProfile corpus)
    {
        var sampler = new ArchitectureSampler(corpus.Seed);
        return Enumerable.Range(0, corpus.Documents).Select(_ => sampler.Next());
    }

    private static IReadOnlyList<CorpusDocument> Read(CorpusProfile corpus, string path)
    {
        using var reader = new StreamReader(Directory.Exists(path) ? Path.Combine(path, CorpusFile.Name) : path);
        return CorpusFile.ReadDocuments(reader, corpus.Documents);
    }
}
