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
        if (tokens.Length < (2 * _options.BlockLength) + 1)
        {
            throw new ArgumentException($"the stream has {tokens.Length} tokens, fewer than two blocks of {_options.BlockLength}", nameof(tokens));
        }
        int largest = 0;
        foreach (int token in tokens.Span)
        {
            largest = token < 0 ? int.MaxValue : Math.Max(largest, token);
        }
        if (largest >= config.VocabSize)
        {
            throw new ArgumentException($"the stream holds the token {largest}, outside the vocabulary of {config.VocabSize}", nameof(tokens));
        }
        if (_options.Threads > 0)
        {
            TorchThreads.Count = _options.Threads;
        }
        LlamaWeights weights = LlamaWeights.Initialize(config, _options.Seed);
        try
        {
            Train(weights, tokens, checkpoint, progress, cancellationToken);
            return weights;
        }
        catch
        {
            weights.Dispose();
            throw;
        }
    }

    private void Train(LlamaWeights weights, ReadOnlyMemory<int> tokens, string? checkpoint, IProgress<PretrainingProgress>? progress, CancellationToken cancellationToken)
    {
        string[] names = [.. weights.Tensors.Keys];
        Tensor[] parameters = [.. names.Select(name => weights[name])];
        foreach (Tensor parameter in parameters)
        {
            parameter.RequiresGrad = true;
        }
        using AdamW optimizer = new(parameters, parameter => parameter.Dim == 2 ? _options.WeightDecay : 0, _options.Beta1, _options.Beta2);
        int step = 0;
        long seen = 0;
        if (checkpoint is not null && PretrainingCheckpoint.Exists(checkpoint))
        {
            (step, seen) = PretrainingCheckpoint.Restore(checkpoint, weights, optimizer, names, _options.Seed);
        }
        using RotaryTable rotary = RotaryTable.Create(weights.Config, _options.BlockLength, Device.Cpu);
        BlockOrder order = new(tokens.Length, _options.BlockLength, _options.Seed);
        ProgressMeter meter = new(_time, _options.Steps, step);
        long started = _time.GetTimestamp();
        bool stop = false;
        while (step < _options.Steps && !stop)
        {
            double rate = LearningRateSchedule.At(step, _options.Steps, _options.WarmupSteps, _options.LearningRate, _options.FinalLearningRateShare);
            (double loss, double norm) = Step(weights, parameters, optimizer, rotary, order, tokens.Span, step, rate);
            step++;
            seen += (long)_options.BatchSize * _options.BlockLength;
            meter.Add(loss, _options.BatchSize * _options.BlockLength);
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
            if (checkpoint is not null && (last || (_options.CheckpointEvery > 0 && step % _options.CheckpointEvery == 0)))
            {
                PretrainingCheckpoint.Save(checkpoint, weights, optimizer, names, step, seen, _options.Seed);
            }
        }
        foreach (Tensor parameter in parameters)
        {
            parameter.Grad = null;
            parameter.RequiresGrad = false;
        }
    }

    private (double Loss, double Norm) Step(
        LlamaWeights weights, Tensor[] parameters, AdamW optimizer, RotaryTable rotary, BlockOrder order, ReadOnlySpan<int> tokens, int step, double rate)
    {
        int length = _options.BlockLength;
        int batch = _options.BatchSize;
        var inputs = new long[batch * length];
        var targets = new long[batch * length];
        for (int row = 0; row < batch; row++)
        {
            ReadOnlySpan<int> block = tokens.Slice((int)order.Start(((long)step * batch) + row), length + 1);
            for (int i = 0; i < length; i++)
            {
                inputs[(row * length) + i] = block[i];
                targets[(row * length) + i] = block[i + 1];
            }
        }
        using var scope = new TensorScope();
        LlamaGraph graph = LlamaGraph.Build(weights, _options.ComputeDtype);
        Tensor hidden = graph.Hidden(Tensor.FromArray(inputs, batch, length), rotary);
        Tensor logits = graph.Logits(hidden.View(-1, weights.Config.HiddenSize));
        Tensor loss = TransformerKernels.CrossEntropy(logits, Tensor.FromArray(targets));
        loss.Backward();
        double norm = GradientNorm.Total(parameters);
        optimizer.Step(rate, GradientNorm.ClipFactor(norm, _options.MaxGradientNorm));
        optimizer.ZeroGrad();
        return (loss.Item<double>(), norm);
    }
}
