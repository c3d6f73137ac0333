using System.CommandLine;
using System.ComponentModel.DataAnnotations;
using NnGpt.Cli.Rendering;
using NnGpt.Corpus.Sampling;
using NnGpt.LanguageModel.Pretraining;
using NnGpt.LanguageModel.Training;
using NnGpt.Torch;

namespace NnGpt.Cli.Commands;

/// <summary>`nngpt pretrain`: makes the embedded model from nothing but seeds.</summary>
internal static class PretrainCommand
{
    public static Command Create()
    {
        PretrainingCorpusOptions corpusDefaults = new();
        ModelShape shapeDefaults = new();
        PretrainingOptions trainingDefaults = PretrainingRecipe.EmbeddedModelTraining();
        var output = new Option<string>("--out") { Description = "Folder of the model", HelpName = "DIR", DefaultValueFactory = _ => "nngpt-small" };
        var checkpoint = new Option<string?>("--checkpoint") { Description = "Folder from which an interrupted run goes on; default: the folder of the model with .checkpoint at its end", HelpName = "DIR" };
        var seed = new Option<ulong>("--seed") { Description = "Seed of corpus, initial weights and order", DefaultValueFactory = _ => corpusDefaults.Seed };
        var documents = new Option<int>("--documents") { Description = "Networks to learn from", DefaultValueFactory = _ => corpusDefaults.Documents };
        var vocabulary = new Option<int>("--vocabulary") { Description = "Tokens of the vocabulary", DefaultValueFactory = _ => corpusDefaults.VocabularySize };
        var hidden = new Option<int>("--hidden") { Description = "Width of the model", DefaultValueFactory = _ => shapeDefaults.HiddenSize };
        var intermediate = new Option<int>("--intermediate") { Description = "Width of the feed-forward layers", DefaultValueFactory = _ => shapeDefaults.IntermediateSize };
        var layers = new Option<int>("--layers") { Description = "Number of layers", DefaultValueFactory = _ => shapeDefaults.Layers };
        var heads = new Option<int>("--heads") { Description = "Number of attention heads", DefaultValueFactory = _ => shapeDefaults.Heads };
        var steps = new Option<int>("--steps") { Description = "Optimiser steps", DefaultValueFactory = _ => trainingDefaults.Steps };
        var batch = new Option<int>("--batch") { Description = "Networks of a step", DefaultValueFactory = _ => trainingDefaults.BatchSize };
        var rate = new Option<double>("--learning-rate") { Description = "Peak learning rate", DefaultValueFactory = _ => trainingDefaults.LearningRate };
        var threads = new Option<int>("--threads") { Description = "Threads; on a busy machine one is fastest", DefaultValueFactory = _ => Environment.ProcessorCount };
        var corpusOnly = new Option<string?>("--corpus-only") { Description = "Write the sampled networks to this file, one JSON object a line, and stop", HelpName = "FILE" };
        documents.RequireRange(100, 10_000_000);
        vocabulary.RequireRange(300, 100_000);
        steps.RequireRange(1, int.MaxValue);
        batch.RequireRange(1, 100_000);
        rate.RequireRange(0, 1);
        threads.RequireRange(0, 1024);
        foreach (Option<int> size in (Option<int>[])[hidden, intermediate, layers, heads])
        {
            size.RequireRange(1, 1 << 20);
        }

        var command = new Command(
            "pretrain",
            """
            Make the embedded model from nothing but seeds, as a Hugging Face model folder.

            Samples a corpus of networks, trains the tokenizer and the language model on it. With the defaults this is the recipe of models/nngpt-small. An interrupted run that
            is started again with the same options goes on from its checkpoint.

            Example: nngpt pretrain --out my-model --documents 2000 --steps 200
            """)
        {
            output, checkpoint, seed, documents, vocabulary, hidden, intermediate, layers, heads, steps, batch, rate, threads, corpusOnly,
        };
        command.Validators.Add(result =>
        {
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
            training.Threads = parsed.GetValue(threads);
            string folder = parsed.GetRequiredValue(output);
            return Task.FromResult(parsed.GetValue(corpusOnly) is { } file
                ? WriteCorpus(corpus, file)
                : Pretrain(corpus, shape, training, folder, parsed.GetValue(checkpoint) ?? folder + ".checkpoint", cancellationToken));
        });
        return command;
    }

    private static int Pretrain(
        PretrainingCorpusOptions corpus, ModelShape shape, PretrainingOptions training, string folder, string checkpoint, CancellationToken cancellationToken)
    {
        TorchCheck check = TorchRuntime.SelfCheck();
        if (!check.IsHealthy)
        {
            throw new CommandFailedException(check.Message, ExitCode.Failed);
        }

        try
        {
            PretrainingRecipe.Run(corpus, shape, training, folder, checkpoint, new Lines(), TimeProvider.System, cancellationToken);
            return ExitCode.Success;
        }
        catch (ValidationException wrong)
        {
            throw new CommandFailedException(wrong.Message, ExitCode.Usage);
        }
        catch (InvalidDataException damaged)
        {
            throw new CommandFailedException(damaged.Message, ExitCode.Failed);
        }
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

    private sealed class Lines : IProgress<string>
    {
        public void Report(string value) => Console.WriteLine(value);
    }
}
