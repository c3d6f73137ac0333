using System.CommandLine;
using NnGpt.Cli.Rendering;
using NnGpt.Corpus.Sampling;
using NnGpt.LanguageModel.Pretraining;
using NnGpt.LanguageModel.Training;
using NnGpt.Torch;

namespace NnGpt.Cli.Commands.Model;

/// <summary>`nngpt model train`: a model from nothing, of the user's texts or of sampled networks.</summary>
internal static class TrainCommand
{
    public static Command Create()
    {
        PretrainingCorpusOptions corpusDefaults = new();
        ModelShape shapeDefaults = new();
        PretrainingOptions trainingDefaults = PretrainingRecipe.EmbeddedModelTraining();
        var output = new Option<string?>("--out") { Description = "Folder of the model", HelpName = "DIR" };
        var data = new Option<string?>("--data")
        {
            Description = "Texts to learn from: a folder, a file, or JSON lines with \"text\" or chat \"messages\"; default: networks of the sampler",
            HelpName = "PATH",
        };
        var checkpoint = new Option<string?>("--checkpoint") { Description = "Folder from which an interrupted run goes on; default: the folder of the model with .checkpoint at its end", HelpName = "DIR" };
        var seed = new Option<ulong>("--seed") { Description = "Seed of corpus, initial weights and order", DefaultValueFactory = _ => corpusDefaults.Seed };
        var documents = new Option<int>("--documents") { Description = "Networks to sample, without --data", DefaultValueFactory = _ => corpusDefaults.Documents };
        var vocabulary = new Option<int>("--vocabulary") { Description = "Tokens of the vocabulary", DefaultValueFactory = _ => corpusDefaults.VocabularySize };
        var context = new Option<int>("--context") { Description = "Longest sequence in tokens", DefaultValueFactory = _ => corpusDefaults.MaximumLength };
        var hidden = new Option<int>("--hidden") { Description = "Width of the model", DefaultValueFactory = _ => shapeDefaults.HiddenSize };
        var intermediate = new Option<int>("--intermediate") { Description = "Width of the feed-forward layers", DefaultValueFactory = _ => shapeDefaults.IntermediateSize };
        var layers = new Option<int>("--layers") { Description = "Number of layers", DefaultValueFactory = _ => shapeDefaults.Layers };
        var heads = new Option<int>("--heads") { Description = "Number of attention heads", DefaultValueFactory = _ => shapeDefaults.Heads };
        var steps = new Option<int>("--steps") { Description = "Optimiser steps", DefaultValueFactory = _ => trainingDefaults.Steps };
        var batch = new Option<int>("--batch") { Description = "Networks or texts of a step", DefaultValueFactory = _ => trainingDefaults.BatchSize };
        var rate = new Option<double>("--learning-rate") { Description = "Peak learning rate", DefaultValueFactory = _ => trainingDefaults.LearningRate };
        var warmup = new Option<int>("--warmup-steps") { Description = "Steps of linear warm-up", DefaultValueFactory = _ => trainingDefaults.WarmupSteps };
        Option<string> optimizer = OptimizerOption.Create("adamw");
        var checkpointEvery = new Option<int>("--checkpoint-every") { Description = "Steps between two checkpoints", DefaultValueFactory = _ => trainingDefaults.CheckpointEvery };
        var threads = new Option<int>("--threads") { Description = "Threads; on a busy machine one is fastest", DefaultValueFactory = _ => Environment.ProcessorCount };
        var corpusOnly = new Option<string?>("--corpus-only") { Description = "Write the sampled networks to this file, one JSON object a line, and stop", HelpName = "FILE" };
        foreach (Option path in (Option[])[output, data, checkpoint, corpusOnly])
        {
            path.RequireText();
        }
        documents.RequireRange(100, 10_000_000);
        vocabulary.RequireRange(300, 100_000);
        context.RequireRange(64, 8192);
        warmup.RequireRange(0, int.MaxValue);
        checkpointEvery.RequireRange(1, int.MaxValue);
        steps.RequireRange(1, int.MaxValue);
        batch.RequireRange(1, 100_000);
        rate.RequireRange(0, 1);
        threads.RequireRange(0, 1024);
        foreach (Option<int> size in (Option<int>[])[hidden, intermediate, layers, heads])
        {
            size.RequireRange(1, 1 << 20);
        }

        var command = new Command(
            "train",
            """
            Make a model from nothing, as a Hugging Face model folder: tokenizer and weights.

            Without --data it samples a corpus of networks and learns to write them: with the defaults this is the recipe of models/nngpt-small. Plain texts are learnt as one
            stream, chat pairs as answers to their prompts; one in fifty is held out to measure the loss. A run that was interrupted or killed goes on from its checkpoint
            when it is started again with the same options.

            Examples:
              nngpt model train --out my-model --documents 2000 --steps 200
              nngpt model train --out my-model --data texts/ --context 256 --hidden 128 --heads 4 --layers 4 --steps 500
              nngpt model train --corpus-only networks.jsonl --documents 1000
            """)
        {
            output, data, checkpoint, seed, documents, vocabulary, context, hidden, intermediate, layers, heads, steps, batch, rate, warmup, optimizer, checkpointEvery, threads,
            corpusOnly,
        };
        command.Validators.Add(result =>
        {
            if (result.GetValue(output) is null == result.GetValue(corpusOnly) is null)
            {
                result.AddError("say one of --out and --corpus-only");
            }
            // Half of a head's width is rotated, so that it must be even.
            if (result.GetValue(heads) is > 0 and int count && result.GetValue(hidden) is > 0 and int width && width % (2 * count) != 0)
            {
                result.AddError($"--hidden {width} must be a multiple of twice --heads {count}");
            }
        });
        command.SetAction((parsed, cancellationToken) =>
        {
            PretrainingCorpusOptions corpus = new()
            {
                Seed = parsed.GetValue(seed),
                Documents = parsed.GetValue(documents),
                VocabularySize = parsed.GetValue(vocabulary),
                MaximumLength = parsed.GetValue(context),
            };
            ModelShape shape = new()
            {
                HiddenSize = parsed.GetValue(hidden),
                IntermediateSize = parsed.GetValue(intermediate),
                Layers = parsed.GetValue(layers),
                Heads = parsed.GetValue(heads),
            };
            PretrainingOptions training = PretrainingRecipe.EmbeddedModelTraining();
            training.Seed = parsed.GetValue(seed);
            training.Steps = parsed.GetValue(steps);
            training.BatchSize = parsed.GetValue(batch);
            training.LearningRate = parsed.GetValue(rate);
            training.WarmupSteps = parsed.GetValue(warmup);
            training.Optimizer = OptimizerOption.Chosen(parsed, optimizer);
            training.CheckpointEvery = parsed.GetValue(checkpointEvery);
            training.Threads = parsed.GetValue(threads);
            if (parsed.GetValue(corpusOnly) is { } file)
            {
                return Task.FromResult(WriteCorpus(corpus, file));
            }
            string folder = Path.TrimEndingDirectorySeparator(parsed.GetRequiredValue(output)!);
            TrainingData Read() => parsed.GetValue(data) is { } path
                ? TrainingData.Of(TextFiles.Read(path), corpus.VocabularySize, corpus.MaximumLength, training.BatchSize, training.Seed)
                : TrainingData.Sampled(corpus, training.BatchSize, training.Seed);
            return Task.FromResult(Train(
                Read, shape, training, folder, parsed.GetValue(checkpoint) ?? folder + ".checkpoint", parsed.GetValue(OutputOption.Instance), cancellationToken));
        });
        return command;
    }

    private static int Train(
        Func<TrainingData> read, ModelShape shape, PretrainingOptions training, string folder, string checkpoint, OutputFormat format, CancellationToken cancellationToken)
    {
        TorchCheck check = TorchRuntime.SelfCheck();
        if (!check.IsHealthy)
        {
            throw new CommandFailedException(check.Message, ExitCode.Failed);
        }
        if (File.Exists(folder))
        {
            throw new CommandFailedException($"--out: '{folder}' is a file; a model is a folder", ExitCode.Usage);
        }
        TrainingLog log = new(format);
        TrainingData data = read();
        double loss = PretrainingRecipe.Run(data, shape, training, folder, checkpoint, log, TimeProvider.System, cancellationToken);
        log.End(new { model = folder, steps = training.Steps, vocabulary = data.Tokenizer.Tokenizer.VocabularySize, held_out_loss = double.IsNaN(loss) ? (double?)null : loss });
        return ExitCode.Success;
    }

    private static int WriteCorpus(PretrainingCorpusOptions options, string file)
    {
        ArchitectureSampler sampler = new(options.Seed);
        using StreamWriter writer = new(file);
        for (int i = 0; i < options.Documents; i++)
        {
            writer.Write(Json.Line(sampler.Next()));
            writer.Write('\n');
        }

        return ExitCode.Success;
    }
}
