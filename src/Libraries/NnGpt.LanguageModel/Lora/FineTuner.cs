using System.ComponentModel.DataAnnotations;
using NnGpt.LanguageModel.Llama;
using NnGpt.LanguageModel.Training;
using NnGpt.Torch;
using NnGpt.Torch.Optim;

namespace NnGpt.LanguageModel.Lora;

/// <summary>
/// Trains a LoRA adapter on prompts and completions; the base model stays as it is. The same model, examples and options give
/// the same adapter.
/// </summary>
public sealed class FineTuner
{
    private readonly LlamaWeights _base;
    private readonly FineTuningOptions _options;

    /// <summary>Checks the options.</summary>
    /// <param name="model">The base model; not changed.</param>
    /// <param name="options">The settings.</param>
    /// <exception cref="ValidationException">An option is out of its range.</exception>
    public FineTuner(LlamaWeights model, FineTuningOptions options)
    {
        Validator.ValidateObject(options, new ValidationContext(options), validateAllProperties: true);
        (_base, _options) = (model, options);
    }

    /// <summary>Trains.</summary>
    /// <param name="config">The adapter; ignored when <paramref name="start"/> is given.</param>
    /// <param name="examples">At least one.</param>
    /// <param name="start">An adapter to go on from, which is not changed; null starts afresh.</param>
    /// <param name="progress">Called after each step, on the training thread.</param>
    /// <param name="cancellationToken">Stops between two batches.</param>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public FineTuningResult Run(
        LoraConfig config, IReadOnlyList<FineTuningExample> examples, LoraAdapter? start, IProgress<FineTuningProgress>? progress, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfZero(examples.Count);
        if (_options.Threads > 0)
        {
            TorchThreads.Count = _options.Threads;
        }
        LoraAdapter adapter = start is null ? LoraAdapter.Create(config, _base.Config, _options.Seed) : Copy(start);
        try
        {
            return Train(adapter, examples, progress, cancellationToken);
        }
        catch
        {
            adapter.Dispose();
            throw;
        }
    }

    private FineTuningResult Train(LoraAdapter adapter, IReadOnlyList<FineTuningExample> examples, IProgress<FineTuningProgress>? progress, CancellationToken cancellationToken)
    {
        using var scope = new TensorScope();
        Tensor[] parameters = [.. adapter.Parameters];
        foreach (Tensor parameter in parameters)
        {
            parameter.RequiresGrad = true;
        }
        // Dropout draws from the process-wide generator.
        TorchRandom.ManualSeed(_options.Seed);
        using AdamW optimizer = new(parameters, _ => _options.WeightDecay);
        LlamaGraph graph;
        using (NoGrad.Enter())
        {
            graph = LlamaGraph.Build(_base, _options.ComputeDtype);
        }
        FineTuningBatches batches = new(examples, _options);
        using RotaryTable rotary = RotaryTable.Create(_base.Config, batches.LongestLength, graph.Tensors.First().Device);
        int steps = batches.StepsPerEpoch * _options.Epochs;
        int step = 0;
        long tokens = 0;
        List<double> epochLosses = [];
        for (int epoch = 0; epoch < _options.Epochs; epoch++)
        {
            double sum = 0;
            int count = 0;
            foreach (FineTuningBatch[] group in batches.Epoch(epoch))
            {
                double rate = LearningRateSchedule.At(step, steps, _options.WarmupSteps, _options.LearningRate, finalShare: 0);
                int targets = Math.Max(1, group.Sum(static batch => batch.TargetCount));
                double loss = 0;
                foreach (FineTuningBatch batch in group)
                {
                    cancellationToken.ThrowIfCancellationRequested();
                    loss += Accumulate(graph, adapter, rotary, batch, targets);
                    tokens += batch.TokenCount;
                }
                double norm = GradientNorm.Total(parameters);
                optimizer.Step(rate, GradientNorm.ClipFactor(norm, _options.MaxGradientNorm));
                optimizer.ZeroGrad();
                sum += loss * targets;
                count += targets;
                step++;
                progress?.Report(new FineTuningProgress(step, steps, epoch, loss, rate, norm));
            }
            epochLosses.Add(sum / count);
        }
        foreach (Tensor parameter in parameters)
        {
            parameter.RequiresGrad = false;
        }
        return new FineTuningResult(adapter, epochLosses[0], epochLosses[^1], step, tokens);
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

    private static LoraAdapter Copy(LoraAdapter source)
    {
        using NoGrad guard = NoGrad.Enter();
        return new LoraAdapter(source.Config, source.Pairs.ToDictionary(
            static pair => pair.Key,
            static pair => new LoraPair(TensorScope.Detach(pair.Value.A.Clone()), TensorScope.Detach(pair.Value.B.Clone())),
            StringComparer.Ordinal));
    }
}
