using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;
using NnGpt.Corpus.Chat;
using NnGpt.LanguageModel.Llama;
using NnGpt.LanguageModel.Lora;
using NnGpt.LanguageModel.Tokenization;
using NnGpt.LanguageModel.Training;
using NnGpt.Protocol.V1;
using NnGpt.Torch;

namespace NnGpt.FineTuner.Tuning;

/// <summary>LoRA fine-tuning of the base model on a file of chat pairs.</summary>
internal sealed class LoraTuner : IDisposable
{
    private readonly FineTunerOptions _options;
    private readonly LlamaWeights _model;
    private readonly ChatEncoder _encoder;
    private readonly TimeProvider _time;

    /// <summary>Loads the base model.</summary>
    /// <exception cref="InvalidOperationException">libtorch does not work here.</exception>
    /// <exception cref="InvalidDataException">The model's directory is damaged.</exception>
    public LoraTuner(IOptions<FineTunerOptions> options, TimeProvider time)
    {
        var check = TorchRuntime.SelfCheck();
        if (!check.IsHealthy)
        {
            throw new InvalidOperationException(check.Message);
        }

        _options = options.Value;
        _time = time;
        _encoder = ChatEncoder.Load(_options.ModelDirectory);
        _model = LlamaWeights.Load(_options.ModelDirectory);
    }

    /// <summary>Trains on a thread of its own and writes the adapter in PEFT's format.</summary>
    /// <param name="settings">Rank, learning rate, epochs, ...</param>
    /// <param name="trainingSet">Path of the chat JSONL file.</param>
    /// <param name="startAdapter">PEFT directory to go on from; null: a fresh adapter.</param>
    /// <param name="checkpoint">Folder from which an interrupted fine-tuning goes on.</param>
    /// <param name="destination">Directory to write to.</param>
    /// <param name="report">Called about once a second.</param>
    /// <param name="cancellationToken">Stops between two steps, with a checkpoint.</param>
    /// <exception cref="TrainingSetException">The training set, a setting or the start adapter cannot be used.</exception>
    public async Task<TuningOutcome> TuneAsync(
        FineTuningSettings settings,
        string trainingSet,
        string? startAdapter,
        string checkpoint,
        string destination,
        Func<FineTuneProgress, Task> report,
        CancellationToken cancellationToken) =>
        await Task.Factory.StartNew(
            () => Tune(settings, trainingSet, startAdapter, checkpoint, destination, report, cancellationToken),
            cancellationToken,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default);

    public void Dispose() => _model.Dispose();

    private TuningOutcome Tune(
        FineTuningSettings settings,
        string trainingSet,
        string? startAdapter,
        string checkpoint,
        string destination,
        Func<FineTuneProgress, Task> report,
        CancellationToken cancellationToken)
    {
        var examples = ReadExamples(trainingSet);
        using var start = LoadStart(startAdapter);
        try
        {
            var result = new LanguageModel.Lora.FineTuner(_model, ToOptions(settings), _time)
                .Run(ToConfig(settings), examples, start, checkpoint, new TuningMeter(report, _time), cancellationToken);
            using var adapter = result.Adapter;
            adapter.Save(destination);
            return new TuningOutcome(examples.Count, result.Tokens, result.Steps, result.EpochLosses);
        }
        catch (Exception refusal) when (refusal is ValidationException or ArgumentException)
        {
            throw new TrainingSetException($"a setting cannot be used: {refusal.Message}");
        }
        catch (InvalidDataException failure)
        {
            throw new TrainingSetException(failure.Message);
        }
        finally
        {
            // Each thread may get another arena of malloc, and every arena would keep the hundreds of megabytes of its largest fine-tuning.
            TorchRuntime.ReleaseMemory();
        }
    }

    private FineTuningOptions ToOptions(FineTuningSettings settings) => new()
    {
        LearningRate = settings.LearningRate,
        Epochs = settings.Epochs,
        BatchSize = settings.BatchSize,
        Accumulation = Math.Max(1, settings.Accumulation),
        WarmupSteps = settings.WarmupSteps,
        WeightDecay = settings.WeightDecay,
        MaxGradientNorm = settings.MaxGradNorm,
        Optimizer = settings.Optimizer.Length == 0 ? OptimizerKind.AdamW
            : OptimizerKinds.Parse(settings.Optimizer) ?? throw new TrainingSetException($"a setting cannot be used: there is no optimizer '{settings.Optimizer}'"),
        MaskPrompt = settings.MaskPrompt,
        MaxLength = _model.Config.MaxPositionEmbeddings,
        Seed = settings.Seed,
        Threads = _options.Threads > 0 ? _options.Threads : Environment.ProcessorCount,
    };

    private LoraConfig ToConfig(FineTuningSettings settings) => new()
    {
        Rank = settings.Rank,
        Alpha = settings.Alpha,
        Dropout = settings.Dropout,
        TargetModules = settings.TargetModules.Count > 0 ? settings.TargetModules : LoraConfig.Projections,
        LayersToTransform = Layers(settings),
        BaseModelName = Path.GetFileName(Path.TrimEndingDirectorySeparator(_options.ModelDirectory)),
    };

    // As PEFT does it, layers beyond the model's are no fault while there are others.
    private int[]? Layers(FineTuningSettings settings)
    {
        if (settings.LayersToTransform.Count == 0)
        {
            return null;
        }
        int[] layers = [.. settings.LayersToTransform.Where(layer => layer >= 0 && layer < _model.Config.NumHiddenLayers).Distinct().Order()];
        return layers.Length > 0 ? layers : throw new TrainingSetException(
            $"a setting cannot be used: layers_to_transform names none of the model's layers 0 to {_model.Config.NumHiddenLayers - 1}");
    }

    private List<FineTuningExample> ReadExamples(string trainingSet)
    {
        try
        {
            using var reader = new StreamReader(trainingSet);
            List<FineTuningExample> examples = [.. ChatJsonl.Read(reader).Select(pair => FineTuningExample.Of(_encoder.Encode(pair)))];
            return examples.Count > 0 ? examples : throw new TrainingSetException("the training set is empty");
        }
        catch (InvalidDataException damage)
        {
            throw new TrainingSetException($"the training set cannot be read: {damage.Message}");
        }
    }

    private LoraAdapter? LoadStart(string? directory)
    {
        try
        {
            return directory is null ? null : LoraAdapter.Load(directory, _model.Config);
        }
        catch (InvalidDataException damage)
        {
            throw new TrainingSetException($"the start adapter cannot be used: {damage.Message}");
        }
    }
}
