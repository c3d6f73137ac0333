using System.ComponentModel.DataAnnotations;
using NnGpt.LanguageModel.Llama;
using NnGpt.LanguageModel.Training;
using NnGpt.Torch;
using NnGpt.Torch.Optim;

namespace NnGpt.LanguageModel.Lora;

/// <summary>
/// Trains a LoRA adapter on prompts and completions; the base model stays as it is. The same model, examples, options and thread count
/// give the same adapter, in one go or resumed.
/// </summary>
public sealed class FineTuner
{
    private readonly LlamaWeights _base;
    private readonly FineTuningOptions _options;
    private readonly TimeProvider _time;

    /// <summary>Checks the options.</summary>
    /// <param name="model">The base model; not changed.</param>
    /// <param name="options">The settings.</param>
    /// <param name="time">The clock of the reports.</param>
    /// <exception cref="ValidationException">An option is out of its range.</exception>
    public FineTuner(LlamaWeights model, FineTuningOptions options, TimeProvider time)
    {
        Validator.ValidateObject(options, new ValidationContext(options), validateAllProperties: true);
        (_base, _options, _time) = (model, options, time);
    }

    /// <summary>Trains; goes on from the checkpoint when the folder holds one. Once the adapter is stored, <see cref="DeleteCheckpoint"/>.</summary>
    /// <param name="config">The adapter; ignored when <paramref name="start"/> is given.</param>
    /// <param name="examples">At least one.</param>
    /// <param name="start">An adapter to go on from, which is not changed; null starts afresh.</param>
    /// <param name="checkpoint">Folder of the checkpoint; null for none.</param>
    /// <param name="progress">Called after each step, on the training thread.</param>
    /// <param name="cancellationToken">Stops between two steps, with a checkpoint.</param>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    /// <exception cref="InvalidDataException">No example has a token to learn, the loss is no number any more, or the checkpoint is damaged or of another run, or the start adapter is of another base model.</exception>
    public FineTuningResult Run(
        LoraConfig config, IReadOnlyList<FineTuningExample> examples, LoraAdapter? start, string? checkpoint, IProgress<FineTuningProgress>? progress,
        CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfZero(examples.Count);
        if (!examples.Any(example => Math.Min(_options.MaxLength, example.Prompt.Count + example.Completion.Count) > (_options.MaskPrompt ? Math.Max(1, example.Prompt.Count) : 1)))
        {
            throw new InvalidDataException($"none of {examples.Count} examples has a token to learn within {_options.MaxLength} tokens: their prompts fill them");
        }
        if (_options.Threads > 0)
        {
            TorchThreads.Count = _options.Threads;
        }
        string fingerprint = BaseModelFingerprint.Of(_base);
        start?.ThrowIfOfAnotherBase(fingerprint);
        LoraAdapter adapter = start is null
            ? LoraAdapter.Create(config with { BaseModelFingerprint = fingerprint }, _base.Config, _options.Seed)
            : Copy(start, fingerprint);
        try
        {
            TrainingCheckpoint? saved = checkpoint is null ? null : new TrainingCheckpoint(checkpoint, Fingerprint(adapter, examples));
            return Train(adapter, examples, saved, progress, cancellationToken);
        }
        catch
        {
            adapter.Dispose();
            throw;
        }
    }

    /// <summary>Removes the checkpoint of a run whose adapter has been stored.</summary>
    public static void DeleteCheckpoint(string folder) => TrainingCheckpoint.Delete(folder);

    private FineTuningResult Train(
        LoraAdapter adapter, IReadOnlyList<FineTuningExample> examples, TrainingCheckpoint? checkpoint, IProgress<FineTuningProgress>? progress,
        CancellationToken cancellationToken)
    {
        using var scope = new TensorScope();
        Tensor[] parameters = [.. adapter.Parameters];
        foreach (Tensor parameter in parameters)
        {
            parameter.RequiresGrad = true;
        }
        using IOptimizer optimizer = _options.Optimizer.Create(parameters, _ => _options.WeightDecay);
        Position at = checkpoint?.Restore<Position>(adapter.ParameterNames, parameters, optimizer) ?? new Position(0, 0, 0, 0, []);
        optimizer.StepCount = at.Step;
        LlamaGraph graph;
        using (NoGrad.Enter())
        {
            graph = LlamaGraph.Build(_base, _options.ComputeDtype);
        }
        FineTuningBatches batches = new(examples, _options);
        using RotaryTable rotary = RotaryTable.Create(_base.Config, batches.LongestLength, graph.Tensors.First().Device);
        int steps = batches.StepsPerEpoch * _options.Epochs, first = at.Step;
        long before = at.Tokens, started = _time.GetTimestamp();
        for (int epoch = first / batches.StepsPerEpoch; epoch < _options.Epochs; epoch++)
        {
            foreach (FineTuningBatch[] group in batches.Epoch(epoch).Skip(at.Step % batches.StepsPerEpoch))
            {
                if (cancellationToken.IsCancellationRequested)
                {
                    checkpoint?.Save(at, adapter.ParameterNames, parameters, optimizer);
                    cancellationToken.ThrowIfCancellationRequested();
                }
                // Dropout draws from the process-wide generator: a seed for each step makes a step independent of those before.
                TorchRandom.ManualSeed(_options.Seed + ((ulong)at.Step << 32));
                double rate = LearningRateSchedule.At(at.Step, steps, _options.WarmupSteps, _options.LearningRate, finalShare: 0);
                int targets = Math.Max(1, group.Sum(static batch => batch.TargetCount));
                double loss = group.Sum(batch => Accumulate(graph, adapter, rotary, batch, targets));
                double norm = GradientNorm.Total(parameters);
                Divergence.ThrowIfDiverged(loss, norm, at.Step + 1);
                optimizer.Step(rate, GradientNorm.ClipFactor(norm, _options.MaxGradientNorm));
                optimizer.ZeroGrad();
                at = at.After(loss, targets, group.Sum(static batch => batch.TokenCount), lastOfEpoch: (at.Step + 1) % batches.StepsPerEpoch == 0);
                if (at.Step % _options.CheckpointEvery == 0 && at.Step < steps)
                {
                    checkpoint?.Save(at, adapter.ParameterNames, parameters, optimizer);
                }
                TimeSpan elapsed = _time.GetElapsedTime(started);
                progress?.Report(new FineTuningProgress(
                    at.Step, steps, epoch, loss, rate, norm, at.Tokens, (at.Tokens - before) / Math.Max(1e-9, elapsed.TotalSeconds), elapsed / (at.Step - first) * (steps - at.Step)));
            }
        }
        foreach (Tensor parameter in parameters)
        {
            parameter.RequiresGrad = false;
        }
        return new FineTuningResult(adapter, at.EpochLosses, at.Step, at.Tokens, optimizer.StateBytes);
    }

    // Only positions with a target reach the output layer.
    private static double Accumulate(LlamaGraph graph, LoraAdapter adapter, RotaryTable rotary, FineTuningBatch batch, int targets)
    {
        if (batch.TargetCount == 0)
        {
            return 0;
        }
        using var scope = new TensorScope();
        Device device = rotary.Cos.Device;
        Tensor hidden = LoraGraph.Attach(graph, adapter, training: true).Hidden(Tensor.FromArray(batch.Inputs, batch.Rows, batch.Length).To(device), rotary);
        Tensor chosen = hidden.View(-1, hidden.Size(-1)).IndexSelect(0, Tensor.FromArray(batch.TargetPositions).To(device));
        Tensor loss = TransformerKernels.CrossEntropy(graph.Logits(chosen), Tensor.FromArray(batch.Targets).To(device), targets);
        loss.Backward();
        return loss.Item<double>();
    }

    // How often it is saved, and how many threads compute, is no part of the run.
    private string Fingerprint(LoraAdapter adapter, IReadOnlyList<FineTuningExample> examples)
    {
        using RunFingerprint run = new();
        FineTuningOptions o = _options;
        run.Add(_base.Config).Add(adapter.Config)
            .Add(new { o.LearningRate, o.Epochs, o.BatchSize, o.Accumulation, o.WarmupSteps, o.WeightDecay, o.Optimizer, o.MaxGradientNorm, o.MaskPrompt, o.MaxLength, o.Seed, o.ComputeDtype });
        foreach (Tensor parameter in adapter.Parameters)
        {
            run.Add(parameter.ToBytes());
        }
        foreach (FineTuningExample example in examples)
        {
            run.Add(example.Prompt).Add(example.Completion);
        }
        return run.ToString();
    }

    private static LoraAdapter Copy(LoraAdapter source, string fingerprint)
    {
        using NoGrad guard = NoGrad.Enter();
        return new LoraAdapter(source.Config with { BaseModelFingerprint = fingerprint }, source.Pairs.ToDictionary(
            static pair => pair.Key,
            static pair => new LoraPair(TensorScope.Detach(pair.Value.A.Clone()), TensorScope.Detach(pair.Value.B.Clone())),
            StringComparer.Ordinal));
    }

    /// <summary>Where a run stands: steps and tokens done, the sum of losses and targets of the running epoch, the mean losses of the epochs before.</summary>
    private sealed record Position(int Step, long Tokens, double LossSum, long Targets, IReadOnlyList<double> EpochLosses)
    {
        public Position After(double loss, int targets, int tokens, bool lastOfEpoch)
        {
            (double sum, long count) = (LossSum + (loss * targets), Targets + targets);
            return lastOfEpoch
                ? new Position(Step + 1, Tokens + tokens, 0, 0, [.. EpochLosses, sum / count])
                : new Position(Step + 1, Tokens + tokens, sum, count, EpochLosses);
        }
    }
}
