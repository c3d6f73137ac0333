using System.CommandLine;
using System.Diagnostics;
using NnGpt.Cli.Rendering;
using NnGpt.LanguageModel;
using NnGpt.LanguageModel.Guidance;
using NnGpt.LanguageModel.Sampling;
using NnGpt.LanguageModel.Tokenization;
using NnGpt.Torch;

namespace NnGpt.Cli.Commands.Model;

/// <summary>`nngpt model generate`: continues a prompt.</summary>
internal static class GenerateCommand
{
    public static Command Create()
    {
        var prompt = new Option<string?>("--prompt") { Description = "Text to continue; the tokenizer's special tokens are put before it" };
        var promptFile = new Option<string?>("--prompt-file") { Description = "File with the text to continue" };
        Option<int[]?> ids = TokenIdsOption.Create("Tokens to continue, with commas between, in place of a text");
        var temperature = new Option<double>("--temperature") { Description = "Divides the logits; 0: always the likeliest token", DefaultValueFactory = _ => 0 };
        var topK = new Option<int>("--top-k") { Description = "Among the k likeliest tokens only; 0: off" };
        var topP = new Option<double>("--top-p") { Description = "Among the likeliest tokens that reach p together; 1: off", DefaultValueFactory = _ => 1 };
        var repetition = new Option<double>("--repetition-penalty") { Description = "Makes tokens rarer that have occurred; 1: off", DefaultValueFactory = _ => 1 };
        var seed = new Option<ulong>("--seed") { Description = "Seed of the first sample; the next has the next seed" };
        var maxNewTokens = new Option<int?>("--max-new-tokens") { Description = "Longest completion in tokens; default: what the context leaves" };
        var count = new Option<int>("--count") { Description = "Samples", DefaultValueFactory = _ => 1 };
        var stop = new Option<string[]>("--stop") { Description = "Text that ends a completion and is not part of it; may be given several times" };
        var guided = new Option<bool>("--syntax-guided") { Description = "Refuse tokens that no Python module could go on with; a prompt that begins a module is part of it" };
        var command = new Command("generate", "Continue a prompt. With --output json one line a sample: ids, text, finish_reason, tokens_per_second.")
        {
            prompt, promptFile, ids, temperature, topK, topP, repetition, seed, maxNewTokens, count, stop, guided,
        };
        promptFile.RequireText();
        temperature.RequireRange(0, 100);
        topK.RequireRange(0, int.MaxValue);
        topP.RequireRange(0, 1);
        repetition.RequireRange(0.01, 100);
        maxNewTokens.RequireRange(1, SamplingOptions.MostNewTokens);
        count.RequireRange(1, 1_000_000);
        command.Validators.Add(result =>
        {
            if (result.GetValue(stop)?.Contains("") == true)
            {
                result.AddError("--stop is empty");
            }
            if (new Option[] { prompt, promptFile, ids }.Count(option => result.GetResult(option) is not null) != 1)
            {
                result.AddError("say one of --prompt, --prompt-file and --ids");
            }
        });
        ModelOptions options = new ModelOptions().AddTo(command, choosesType: true);
        command.SetAction((parsed, cancellationToken) =>
        {
            string folder = options.Folder(parsed);
            Tokenizer? tokenizer = File.Exists(Path.Combine(folder, "tokenizer.json")) ? Tokenizer.Load(folder) : null;
            using LlamaModel model = options.Load(parsed);
            int[] tokens = parsed.GetValue(ids) is { Length: > 0 } given ? given : Encode(tokenizer, folder, parsed.GetValue(prompt) ?? TextOf(parsed.GetRequiredValue(promptFile)!));
            TokenIdsOption.Check(tokens, model.Config.VocabSize, parsed.GetResult(ids) is null ? "the prompt, in the ids of tokenizer.json" : "--ids");
            int room = model.Config.ContextLength - tokens.Length;
            if (tokens.Length == 0 || room < 1)
            {
                throw new CommandFailedException(
                    $"the prompt has {tokens.Length} tokens; the model takes 1 to {model.Config.ContextLength - 1}", ExitCode.Usage);
            }
            SamplingOptions sampling = new()
            {
                Temperature = parsed.GetValue(temperature),
                TopK = parsed.GetValue(topK),
                TopP = parsed.GetValue(topP),
                RepetitionPenalty = parsed.GetValue(repetition),
                MaxNewTokens = parsed.GetValue(maxNewTokens) ?? Math.Min(room, SamplingOptions.MostNewTokens),
                StopTokens = model.Config.EosTokenIds,
            };
            if (parsed.GetValue(guided) && tokenizer is null)
            {
                throw new CommandFailedException($"{folder} has no tokenizer.json, which --syntax-guided needs", ExitCode.NotFound);
            }
            CompletionText?[] texts = [.. Enumerable.Range(0, parsed.GetValue(count)).Select(_ =>
                tokenizer is null ? null : new CompletionText(
                    tokenizer, parsed.GetValue(stop), inner: parsed.GetValue(guided) ? PythonGuide.After(tokens, tokenizer) : null))];
            TorchThreads.Count = Math.Min(TorchThreads.Count, model.SamplingThreads);
            long start = Stopwatch.GetTimestamp();
            var completions = model.Sample(
                [.. texts.Select((text, i) => new SamplingRequest(tokens, parsed.GetValue(seed) + (ulong)i, text))], sampling, null, cancellationToken);
            double speed = completions.Sum(static completion => completion.Tokens.Count) / Stopwatch.GetElapsedTime(start).TotalSeconds;
            foreach (Completion completion in completions)
            {
                Print(completion, texts[completion.Index]?.Finish(), speed, parsed.GetValue(OutputOption.Instance));
            }
            return Task.FromResult(ExitCode.Success);
        });
        return command;
    }

    private static string TextOf(string file) =>
        Directory.Exists(file) ? throw new CommandFailedException($"--prompt-file: '{file}' is a folder; give a file", ExitCode.Usage) : File.ReadAllText(file);

    private static int[] Encode(Tokenizer? tokenizer, string folder, string text) =>
        (tokenizer ?? throw new CommandFailedException($"{folder} has no tokenizer.json: give the prompt as --ids", ExitCode.NotFound))
        .Encode(text, addSpecialTokens: true);

    private static void Print(Completion completion, string? text, double speed, OutputFormat format) => Console.WriteLine(
        format == OutputFormat.Json
            ? Json.Line(new
            {
                ids = completion.Tokens,
                text,
                finish_reason = completion.FinishReason.ToString().ToLowerInvariant(),
                log_probability = completion.LogProbability,
                tokens_per_second = Math.Round(speed, 1),
            })
            : text ?? string.Join(',', completion.Tokens));
}
