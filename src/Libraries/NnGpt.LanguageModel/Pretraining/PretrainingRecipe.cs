using System.Text.Json;
using NnGpt.LanguageModel.Llama;
using NnGpt.LanguageModel.Training;
using NnGpt.Torch;

namespace NnGpt.LanguageModel.Pretraining;

/// <summary>Makes a model directory from nothing but seeds: corpus, tokenizer, weights, Hugging Face files.</summary>
public static class PretrainingRecipe
{
    private static readonly JsonSerializerOptions s_json = new() { WriteIndented = true };

    /// <summary>The settings with which models/nngpt-small was trained.</summary>
    public static PretrainingOptions EmbeddedModelTraining() => new()
    {
        BatchSize = 8,
        Steps = 2000,
        LearningRate = 3e-3,
        WarmupSteps = 60,
        ReportEvery = 20,
        CheckpointEvery = 200,
    };

    /// <summary>Samples the corpus, trains the model and writes its directory.</summary>
    /// <param name="corpusOptions">Which networks to learn from.</param>
    /// <param name="shape">Size of the model.</param>
    /// <param name="training">Optimiser, steps, threads.</param>
    /// <param name="directory">Gets config.json, generation_config.json, model.safetensors (bfloat16), tokenizer.json, tokenizer_config.json.</param>
    /// <param name="checkpoint">Folder from which a run goes on that was cut short; null for none.</param>
    /// <param name="log">Gets one line of text at a time.</param>
    /// <param name="time">The clock of the reports.</param>
    /// <param name="cancellationToken">Stops after the current step; with a checkpoint folder the run can go on later.</param>
    /// <exception cref="OperationCanceledException">The run was stopped; no weights were written.</exception>
    /// <exception cref="System.ComponentModel.DataAnnotations.ValidationException">An option is out of its range.</exception>
    public static void Run(
        PretrainingCorpusOptions corpusOptions, ModelShape shape, PretrainingOptions training, string directory, string? checkpoint,
        IProgress<string> log, TimeProvider time, CancellationToken cancellationToken)
    {
        System.ComponentModel.DataAnnotations.Validator.ValidateObject(
            corpusOptions, new System.ComponentModel.DataAnnotations.ValidationContext(corpusOptions), validateAllProperties: true);
        PretrainingCorpus corpus = PretrainingCorpus.Build(corpusOptions);
        long tokens = corpus.Training.Sum(example => (long)example.Ids.Length);
        log.Report($"corpus: {corpus.Documents.Count} networks of {corpus.Documents.Select(document => document.Family).Distinct().Count()} families, "
            + $"{tokens} tokens, {tokens / (double)corpus.Training.Count:F0} a network, {corpus.TooLong} left out for their length");
        Directory.CreateDirectory(directory);
        corpus.Tokenizer.Save(directory);

        Tokenization.Tokenizer tokenizer = corpus.Tokenizer.Tokenizer;
        LlamaConfig config = new()
        {
            VocabSize = tokenizer.VocabularySize,
            HiddenSize = shape.HiddenSize,
            IntermediateSize = shape.IntermediateSize,
            NumHiddenLayers = shape.Layers,
            NumAttentionHeads = shape.Heads,
            MaxPositionEmbeddings = corpusOptions.MaximumLength,
            TieWordEmbeddings = true,
            BosTokenId = tokenizer.IdOf("<|begin|>"),
            EosTokenId = tokenizer.IdOf("<|end|>"),
            TorchDtype = "bfloat16",
        };
        log.Report($"model: {config.ParameterCount} parameters, vocabulary {config.VocabSize}");
        ExampleBatches batches = new(corpus.Training, training.BatchSize, training.Seed);
        Pretrainer pretrainer = new(training, time);
        using LlamaWeights weights = pretrainer.Run(
            config, batches, checkpoint, new LineProgress(log), cancellationToken);
        cancellationToken.ThrowIfCancellationRequested();
        double heldOut = Pretrainer.Loss(weights, ExampleBatches.InOrder(corpus.HeldOut, training.BatchSize), training.ComputeDtype);
        log.Report($"held-out loss {heldOut:F4} nats a token over {corpus.HeldOut.Count} networks");
        weights.Save(directory, Dtype.BFloat16);
        File.WriteAllText(
            Path.Combine(directory, "generation_config.json"),
            JsonSerializer.Serialize(
                new
                {
                    bos_token_id = config.BosTokenId,
                    eos_token_id = config.EosTokenId,
                    pad_token_id = tokenizer.IdOf("<|pad|>"),
                    do_sample = true,
                    temperature = 0.8,
                    max_new_tokens = corpusOptions.MaximumLength - corpus.Training.Max(example => example.PromptLength),
                },
                s_json) + "\n");
        log.Report($"written: {directory}");
    }

    private sealed class LineProgress(IProgress<string> log) : IProgress<PretrainingProgress>
    {
        public void Report(PretrainingProgress value) => log.Report(value.ToString());
    }
}
