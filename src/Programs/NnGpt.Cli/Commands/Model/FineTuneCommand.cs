using System.CommandLine;
using NnGpt.Cli.Rendering;
using NnGpt.Corpus.Chat;
using NnGpt.LanguageModel.Llama;
using NnGpt.LanguageModel.Lora;
using NnGpt.LanguageModel.Tokenization;
using NnGpt.Torch;

namespace NnGpt.Cli.Commands.Model;

/// <summary>`nngpt model finetune`: a LoRA adapter from chat pairs.</summary>
internal static class FineTuneCommand
{
    private const int LinesOfAnEpoch = 10;
    private const int LongestExample = 1_000_000;

    public static Command Create()
    {
        FineTuningOptions defaults = new();
        LoraConfig lora = new();
        var model = new Option<string>("--model") { Description = "Folder of the base model", HelpName = "DIR", Required = true };
        var data = new Option<string>("--data") { Description = "Chat pairs, JSON lines with \"messages\"", HelpName = "FILE", Required = true };
        var output = new Option<string>("--out") { Description = "Folder of the adapter", HelpName = "DIR", Required = true };
        var adapter = new Option<string?>("--adapter") { Description = "Folder of an adapter to go on from; its rank, alpha and targets stay", HelpName = "DIR" };
        var rank = new Option<int>("--rank") { Description = "Rank of the update", DefaultValueFactory = _ => lora.Rank };
        var alpha = new Option<double>("--alpha") { Description = "The update is multiplied by alpha / rank", DefaultValueFactory = _ => lora.Alpha };
        var dropout = new Option<double>("--dropout") { Description = "Dropout of the update's input", DefaultValueFactory = _ => 0.05 };
        var modules = new Option<string[]>("--target-modules")
        {
            Description = "Projections that are adapted",
            AllowMultipleArgumentsPerToken = true,
            DefaultValueFactory = _ => [.. LoraConfig.Projections],
        };
        var layers = new Option<int[]>("--layers-to-transform") { Description = "Layers that are adapted, from 0; default: all", AllowMultipleArgumentsPerToken = true };
        var epochs = new Option<int>("--epochs") { Description = "Passes over the pairs", DefaultValueFactory = _ => defaults.Epochs };
        var batch = new Option<int>("--batch") { Description = "Pairs computed together", DefaultValueFactory = _ => 8 };
        var accumulation = new Option<int>("--accumulation") { Description = "Batches of an optimiser step", DefaultValueFactory = _ => defaults.Accumulation };
        var rate = new Option<double>("--learning-rate") { Description = "Peak learning rate", DefaultValueFactory = _ => defaults.LearningRate };
        var warmup = new Option<int>("--warmup-steps") { Description = "Steps of linear warm-up; then half a cosine down to 0", DefaultValueFactory = _ => 10 };
        var decay = new Option<double>("--weight-decay") { Description = "Decoupled weight decay", DefaultValueFactory = _ => 0.01 };
        var norm = new Option<double>("--max-grad-norm") { Description = "Longest gradient", DefaultValueFactory = _ => defaults.MaxGradientNorm };
        Option<string> optimizer = OptimizerOption.Create("adamw_8bit");
        var learnPrompts = new Option<bool>("--learn-prompts") { Description = "Learn the prompts too, not only the answers" };
        var maxLength = new Option<int?>("--max-length") { Description = "Longest pair in tokens, longer ones are cut at the end; default: the model's context" };
        var float32 = new Option<bool>("--float32") { Description = "Matrix products in float32 in place of bfloat16" };
        var seed = new Option<ulong>("--seed") { Description = "Seed of the adapter, of the order and of dropout", DefaultValueFactory = _ => defaults.Seed };
        var checkpoint = new Option<string?>("--checkpoint") { Description = "Folder from which an interrupted run goes on; default: the folder of the adapter with .checkpoint at its end", HelpName = "DIR" };
        var checkpointEvery = new Option<int>("--checkpoint-every") { Description = "Steps between two checkpoints", DefaultValueFactory = _ => defaults.CheckpointEvery };
        var threads = new Option<int>("--threads") { Description = "Threads; on a busy machine one is fastest", DefaultValueFactory = _ => Environment.ProcessorCount };
        foreach (Option path in (Option[])[model, data, output, adapter, checkpoint])
        {
            path.RequireText();
        }
        rank.RequireRange(1, 4096);
        alpha.RequireRange(0.001, 100_000);
        dropout.RequireRange(0, 0.99);
        epochs.RequireRange(1, 10_000);
        batch.RequireRange(1, 10_000);
        accumulation.RequireRange(1, 10_000);
        rate.RequireRange(0, 1);
        warmup.RequireRange(0, int.MaxValue);
        decay.RequireRange(0, 10);
        norm.RequireRange(0, double.MaxValue);
        maxLength.RequireRange(2, LongestExample);
        checkpointEvery.RequireRange(1, int.MaxValue);
        threads.RequireRange(0, 1024);

        var command = new Command(
            "finetune",
            """
            Train a LoRA adapter for a model on chat pairs, as a folder that Hugging Face's PEFT and vLLM load.

            Each line of the data is {"messages": [{"role": "system", ...}, {"role": "user", ...}, {"role": "assistant", ...}]}, the system message is optional. A run that was
            interrupted or killed goes on from its checkpoint when it is started again with the same options, and ends with the same adapter as in one go.

            Examples:
              nngpt model finetune --model models/nngpt-small --data chat.jsonl --out my-adapter
              nngpt model finetune --model models/nngpt-small --data chat.jsonl --out my-adapter --rank 8 --target-modules q_proj v_proj --layers-to-transform 0 1 2 --optimizer adamw
              nngpt model generate --model models/nngpt-small --adapter my-adapter --prompt "import torch"
            """)
        {
            model, data, output, adapter, rank, alpha, dropout, modules, layers, epochs, batch, accumulation, rate, warmup, decay, norm, optimizer, learnPrompts, maxLength, float32,
            seed, checkpoint, checkpointEvery, threads,
        };
        command.SetAction((parsed, cancellationToken) =>
        {
            string folder = parsed.GetRequiredValue(model);
            LoraConfig config = new()
            {
                Rank = parsed.GetValue(rank),
                Alpha = parsed.GetValue(alpha),
                Dropout = parsed.GetValue(dropout),
                TargetModules = [.. parsed.GetRequiredValue(modules).SelectMany(static value => value.Split(','))],
                LayersToTransform = parsed.GetValue(layers) is { Length: > 0 } chosen ? [.. chosen.Distinct().Order()] : null,
                BaseModelName = Path.GetFileName(Path.TrimEndingDirectorySeparator(folder)),
            };
            FineTuningOptions options = new()
            {
                Epochs = parsed.GetValue(epochs),
                BatchSize = parsed.GetValue(batch),
                Accumulation = parsed.GetValue(accumulation),
                LearningRate = parsed.GetValue(rate),
                WarmupSteps = parsed.GetValue(warmup),
                WeightDecay = parsed.GetValue(decay),
                MaxGradientNorm = parsed.GetValue(norm),
                Optimizer = OptimizerOption.Chosen(parsed, optimizer),
                MaskPrompt = !parsed.GetValue(learnPrompts),
                MaxLength = parsed.GetValue(maxLength) ?? Math.Min(LlamaConfig.Load(folder).MaxPositionEmbeddings, LongestExample),
                ComputeDtype = parsed.GetValue(float32) ? Dtype.Float32 : Dtype.BFloat16,
                Seed = parsed.GetValue(seed),
                CheckpointEvery = parsed.GetValue(checkpointEvery),
                Threads = parsed.GetValue(threads),
            };
            string destination = Path.TrimEndingDirectorySeparator(parsed.GetRequiredValue(output));
            return Task.FromResult(Run(
                folder, parsed.GetRequiredValue(data), destination, parsed.GetValue(adapter), parsed.GetValue(checkpoint) ?? destination + ".checkpoint",
                config, options, parsed.GetValue(OutputOption.Instance), cancellationToken));
        });
        return command;
    }

    private static int Run(
        string folder, string data, string destination, string? startFolder, string checkpoint, LoraConfig config, FineTuningOptions options, OutputFormat format,
        CancellationToken cancellationToken)
    {
        TorchCheck check = TorchRuntime.SelfCheck();
        if (!check.IsHealthy)
        {
            throw new CommandFailedException(check.Message, ExitCode.Failed);
        }
        LoraAdapter.CheckDestination(destination);
        FineTuningExample[] examples = Read(data, ChatEncoder.Load(folder));
        using LlamaWeights weights = LlamaWeights.Load(folder);
        using LoraAdapter? start = startFolder is null ? null : LoraAdapter.Load(startFolder, weights.Config);
        TrainingLog log = new(format);
        log.Report(FormattableString.Invariant(
            $"{examples.Length} pairs, {examples.Sum(static example => (long)example.Prompt.Count + example.Completion.Count)} tokens; model of {weights.Config.ParameterCount} parameters"));
        if (examples.Count(example => example.Prompt.Count + example.Completion.Count > options.MaxLength) is > 0 and var cut)
        {
            log.Report($"{cut} pairs are longer than {options.MaxLength} tokens and are cut at the end");
        }
        FineTuningResult result;
        try
        {
            result = new FineTuner(weights, options, TimeProvider.System)
                .Run(config, examples, start, checkpoint, new Lines(log, options.Epochs * LinesOfAnEpoch), cancellationToken);
        }
        catch (ArgumentException wrong)
        {
            throw new CommandFailedException(wrong.Message, ExitCode.Usage);
        }
        using LoraAdapter adapter = result.Adapter;
        adapter.Save(destination);
        FineTuner.DeleteCheckpoint(checkpoint);
        log.Report(FormattableString.Invariant($"written: {destination}; loss of the epochs {string.Join(", ", result.EpochLosses.Select(static loss => $"{loss:F4}"))}"));
        log.End(new
        {
            adapter = destination,
            pairs = examples.Length,
            steps = result.Steps,
            tokens = result.Tokens,
            epoch_losses = result.EpochLosses,
            optimizer_bytes = result.OptimizerBytes,
        });
        return ExitCode.Success;
    }

    private static FineTuningExample[] Read(string data, ChatEncoder encoder)
    {
        using StreamReader reader = new(data);
        FineTuningExample[] examples = [.. ChatJsonl.Read(reader).Select(pair => FineTuningExample.Of(encoder.Encode(pair)))];
        return examples.Length > 0 ? examples : throw new CommandFailedException($"{data} holds no chat pair", ExitCode.Failed);
    }

    private sealed class Lines(TrainingLog log, int lines) : IProgress<FineTuningProgress>
    {
        public void Report(FineTuningProgress value)
        {
            if (value.Step == value.Steps || value.Step % Math.Max(1, value.Steps / lines) == 0)
            {
                log.Report(value.ToString());
            }
        }
    }
}
