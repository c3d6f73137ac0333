using System.ComponentModel.DataAnnotations;
using NnGpt.LanguageModel.Llama;
using NnGpt.Torch;
using NnGpt.Torch.Optim;

namespace NnGpt.LanguageModel.Training;

/// <summary>
/// Trains a model from random weights on a stream of tokens: AdamW on float32 weights, matrix products in bfloat16, cosine learning
/// rate with warm-up, clipped gradients. The same options, stream and thread count give the same model.
/// </summary>
/// <example><code>
/// LlamaConfig config = new() { VocabSize = 2048, HiddenSize = 256, IntermediateSize = 704, NumHiddenLayers = 6, NumAttentionHeads = 8 };
/// using LlamaWeights model = new Pretrainer(new PretrainingOptions { Steps = 3000, Threads = 2 }, TimeProvider.System)
///     .Run(config, tokens, "checkpoint", new Progress&lt;PretrainingProgress&gt;(p => Console.WriteLine(p)), cancellationToken);
/// model.Save("models/nngpt-small", Dtype.BFloat16);
/// </code></example>
public sealed class Pretrainer
{
    private readonly PretrainingOptions _options;
    private readonly TimeProvider _time;

    /// <summary>Checks the options.</summary>
    /// <exception cref="ValidationException">An option is out of its range.</exception>
    public Pretrainer(PretrainingOptions options, TimeProvider time)
    {
        Validator.ValidateObject(options, new ValidationContext(options), validateAllProperties: true);
        (_options, _time) = (options, time);
    }

    /// <summary>Runs to the last step, the time limit or cancellation; resumes from the checkpoint when the folder holds one.</summary>
    /// <param name="config">The architecture.</param>
    /// <param name="tokens">The stream: documents one after another, each ended by its end token. At least two blocks.</param>
    /// <param name="checkpoint">Folder of the checkpoint; null for none.</param>
    /// <param name="progress">Called on the training thread.</param>
    /// <param name="cancellationToken">Stops after the current step, with a checkpoint.</param>
    /// <returns>The weights in float32; the caller owns them.</returns>
    public LlamaWeights Run(
        LlamaConfig config, ReadOnlyMemory<int> tokens, string? checkpoint, IProgress<PretrainingProgress>? progress, CancellationToken cancellationToken)
    {
        StreamBatches batches = new(tokens, _options.BlockLength, _options.BatchSize, _options.Seed);
        return Run(config, batches, checkpoint, progress, cancellationToken);
    }

    /// <summary>As the other overload, on batches of the caller's making; <see cref="PretrainingOptions.BlockLength"/> and BatchSize are theirs.</summary>
    /// <param name="config">The architecture.</param>
    /// <param name="batches">What to learn from.</param>
    /// <param name="checkpoint">Folder of the checkpoint; null for none.</param>
    /// <param name="progress">Called on the training thread.</param>
    /// <param name="cancellationToken">Stops after the current step, with a checkpoint.</param>
    /// <returns>The weights in float32; the caller owns them.</returns>
    /// <exception cref="InvalidDataException">The loss is no number any more, or the checkpoint is damaged or of another run.</exception>
    public LlamaWeights Run(
        LlamaConfig config, ITrainingBatches batches, string? checkpoint, IProgress<PretrainingProgress>? progress, CancellationToken cancellationToken)
    {
        if (batches.LargestToken >= config.VocabSize)
        {
            throw new ArgumentException($"the training data hold the token {batches.LargestToken}, outside the vocabulary of {config.VocabSize}", nameof(batches));
        }
        if (_options.Threads > 0)
        {
            TorchThreads.Count = _options.Threads;
        }
        LlamaWeights weights = LlamaWeights.Initialize(config, _options.Seed);
        try
        {
            Train(weights, batches, checkpoint, progress, cancellationToken);
            return weights;
        }
        catch
        {
            weights.Dispose();
            throw;
        }
    }

    private void Train(LlamaWeights weights, ITrainingBatches batches, string? checkpoint, IProgress<PretrainingProgress>? progress, CancellationToken cancellationToken)
    {
        string[] names = [.. weights.Tensors.Keys];
        Tensor[] parameters = [.. names.Select(name => weights[name])];
        foreach (Tensor parameter in parameters)
        {
            parameter.RequiresGrad = true;
        }
        using IOptimizer optimizer = _options.Optimizer.Create(parameters, parameter => parameter.Dim == 2 ? _options.WeightDecay : 0, _options.Beta1, _options.Beta2);
        TrainingCheckpoint? saved = checkpoint is null ? null : new TrainingCheckpoint(checkpoint, Fingerprint(weights.Config, batches));
        (int step, long seen) = saved?.Restore<Position>(names, parameters, optimizer) ?? new Position(0, 0);
        optimizer.StepCount = step;
        using RotaryTable rotary = RotaryTable.Create(weights.Config, batches.MaximumLength, Device.Cpu);
        ProgressMeter meter = new(_time, _options.Steps, step);
        long started = _time.GetTimestamp();
        bool stop = false;
        while (step < _options.Steps && !stop)
        {
            double rate = LearningRateSchedule.At(step, _options.Steps, _options.WarmupSteps, _options.LearningRate, _options.FinalLearningRateShare);
            TrainingBatch batch = batches.At(step);
            (double loss, double norm) = Step(weights, parameters, optimizer, rotary, batch, rate);
            step++;
            seen += batch.Inputs.Length;
            meter.Add(loss, batch.Inputs.Length);
            bool reported = step % _options.ReportEvery == 0;
            if (reported)
            {
                progress?.Report(meter.Report(step, seen, norm, rate));
            }
            stop = cancellationToken.IsCancellationRequested || (_options.TimeLimit is { } limit && _time.GetElapsedTime(started) > limit);
            bool last = stop || step == _options.Steps;
            if (last && !reported)
            {
                progress?.Report(meter.Report(step, seen, norm, rate));
            }
            if (saved is not null && (last || (_options.CheckpointEvery > 0 && step % _options.CheckpointEvery == 0)))
            {
                saved.Save(new Position(step, seen), names, parameters, optimizer);
            }
        }
        foreach (Tensor parameter in parameters)
        {
            parameter.Grad = null;
            parameter.RequiresGrad = false;
        }
    }

    // What is reported when, and how many threads compute, is no part of the run.
    private string Fingerprint(LlamaConfig config, ITrainingBatches batches)
    {
        using RunFingerprint run = new();
        PretrainingOptions o = _options;
        TrainingBatch first = batches.At(0);
        return run.Add(config)
            .Add(new { o.Steps, o.LearningRate, o.FinalLearningRateShare, o.WarmupSteps, o.WeightDecay, o.Beta1, o.Beta2, o.MaxGradientNorm, o.Optimizer, o.ComputeDtype, o.Seed })
            .Add(new { batches.MaximumLength, first.Rows, first.Inputs, first.Targets }).ToString();
    }

    private (double Loss, double Norm) Step(
        LlamaWeights weights, Tensor[] parameters, IOptimizer optimizer, RotaryTable rotary, TrainingBatch batch, double rate)
    {
        using var scope = new TensorScope();
        Tensor loss = Loss(LlamaGraph.Build(weights, _options.ComputeDtype), rotary, batch);
        loss.Backward();
        double norm = GradientNorm.Total(parameters), value = loss.Item<double>();
        Divergence.ThrowIfDiverged(value, norm, optimizer.StepCount + 1);
        optimizer.Step(rate, GradientNorm.ClipFactor(norm, _options.MaxGradientNorm));
        optimizer.ZeroGrad();
        return (value, norm);
    }

    /// <summary>The mean loss of a model over batches, in nats a token that counts.</summary>
    /// <param name="weights">The model.</param>
    /// <param name="batches">At least one batch.</param>
    /// <param name="computeDtype">Type of matrix products and activations.</param>
    public static double Loss(LlamaWeights weights, IEnumerable<TrainingBatch> batches, Dtype computeDtype)
    {
        using var outer = new TensorScope();
        using NoGrad guard = NoGrad.Enter();
        LlamaGraph graph = LlamaGraph.Build(weights, computeDtype);
        using RotaryTable rotary = RotaryTable.Create(weights.Config, weights.Config.MaxPositionEmbeddings, Device.Cpu);
        double sum = 0;
        long count = 0;
        foreach (TrainingBatch batch in batches)
        {
            using var scope = new TensorScope();
            int targets = batch.Targets.Count(static target => target >= 0);
            sum += Loss(graph, rotary, batch).Item<double>() * targets;
            count += targets;
        }
        return sum / count;
    }

    // Only positions that count reach the output layer.
    private static Tensor Loss(LlamaGraph graph, RotaryTable rotary, TrainingBatch batch)
    {
        Tensor hidden = graph.Hidden(Tensor.FromArray(batch.Inputs, batch.Rows, batch.Length), rotary).View(-1, graph.Config.HiddenSize);
        long[] targets = batch.Targets;
        if (Array.Exists(targets, static target => target < 0))
        {
            long[] counted = [.. Enumerable.Range(0, targets.Length).Where(i => targets[i] >= 0).Select(static i => (long)i)];
            hidden = hidden.IndexSelect(0, Tensor.FromArray(counted));
            targets = [.. counted.Select(i => targets[i])];
        }
        return TransformerKernels.CrossEntropy(graph.Logits(hidden), Tensor.FromArray(targets));
    }

    private sealed record Position(int Step, long Tokens);
}
