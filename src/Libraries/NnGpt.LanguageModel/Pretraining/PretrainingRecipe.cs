using System.Text.Json;
using NnGpt.LanguageModel.Llama;
using NnGpt.LanguageModel.Training;
using NnGpt.Torch;

namespace NnGpt.LanguageModel.Pretraining;

/// <summary>Makes a model directory from texts, or from nothing but seeds: corpus, tokenizer, weights, Hugging Face files.</summary>
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

    /// <summary>Trains the model and writes its directory, whose files appear together at the end.</summary>
    /// <param name="data">What to learn from.</param>
    /// <param name="shape">Size of the model.</param>
    /// <param name="training">Optimiser, steps, threads.</param>
    /// <param name="directory">Gets config.json, generation_config.json, model.safetensors (bfloat16), tokenizer.json, tokenizer_config.json.</param>
    /// <param name="checkpoint">Folder from which a run goes on that was cut short; it goes when the run is through. Null for none.</param>
    /// <param name="log">Gets one line of text at a time.</param>
    /// <param name="time">The clock of the reports.</param>
    /// <param name="cancellationToken">Stops after the current step; with a checkpoint folder the run can go on later.</param>
    /// <returns>Mean loss of the held-out batches, in nats a token; NaN when there are none.</returns>
    /// <exception cref="OperationCanceledException">The run was stopped; no weights were written.</exception>
    /// <exception cref="System.ComponentModel.DataAnnotations.ValidationException">An option is out of its range.</exception>
    /// <exception cref="InvalidDataException">The training diverged, or the checkpoint is of another run.</exception>
    public static double Run(
        TrainingData data, ModelShape shape, PretrainingOptions training, string directory, string? checkpoint,
        IProgress<string> log, TimeProvider time, CancellationToken cancellationToken)
    {
        log.Report(data.Description);
        Tokenization.Tokenizer tokenizer = data.Tokenizer.Tokenizer;
        LlamaConfig config = new()
        {
            VocabSize = tokenizer.VocabularySize,
            HiddenSize = shape.HiddenSize,
            IntermediateSize = shape.IntermediateSize,
            NumHiddenLayers = shape.Layers,
            NumAttentionHeads = shape.Heads,
            MaxPositionEmbeddings = data.ContextLength,
            TieWordEmbeddings = true,
            BosTokenId = tokenizer.IdOf("<|begin|>"),
            EosTokenId = tokenizer.IdOf("<|end|>"),
            TorchDtype = "bfloat16",
        };
        log.Report($"model: {config.ParameterCount} parameters, vocabulary {config.VocabSize}");
        Pretrainer pretrainer = new(training, time);
        using LlamaWeights weights = pretrainer.Run(config, data.Batches, checkpoint, new LineProgress(log), cancellationToken);
        cancellationToken.ThrowIfCancellationRequested();
        double heldOut = data.HeldOut.Count == 0 ? double.NaN : Pretrainer.Loss(weights, data.HeldOut, training.ComputeDtype);
        log.Report(data.HeldOut.Count == 0 ? "no texts were held out" : $"held-out loss {heldOut:F4} nats a token");
        string generation = JsonSerializer.Serialize(
            new
            {
                bos_token_id = config.BosTokenId,
                eos_token_id = config.EosTokenId,
                pad_token_id = tokenizer.IdOf("<|pad|>"),
                do_sample = true,
                temperature = 0.8,
                max_new_tokens = data.LongestAnswer,
            },
            s_json);
        FolderFiles.Write(directory, folder =>
        {
            data.Tokenizer.Save(folder);
            weights.Save(folder, Dtype.BFloat16);
            File.WriteAllText(Path.Combine(folder, "generation_config.json"), generation + "\n");
        });
        if (checkpoint is not null)
        {
            TrainingCheckpoint.Delete(checkpoint);
        }
        log.Report($"written: {directory}");
        return heldOut;
    }

    private sealed class LineProgress(IProgress<string> log) : IProgress<PretrainingProgress>
    {
        public void Report(PretrainingProgress value) => log.Report(value.ToString());
    }
}
