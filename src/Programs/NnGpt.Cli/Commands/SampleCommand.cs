using System.CommandLine;
using System.ComponentModel.DataAnnotations;
using NnGpt.Cli.Connection;
using NnGpt.Cli.Rendering;
using NnGpt.Corpus.Chat;
using NnGpt.Corpus.Prompts;
using NnGpt.LanguageModel;
using NnGpt.LanguageModel.Guidance;
using NnGpt.LanguageModel.Lora;
using NnGpt.LanguageModel.Sampling;
using NnGpt.LanguageModel.Tokenization;
using NnGpt.Torch;

namespace NnGpt.Cli.Commands;

/// <summary>`nngpt sample`: networks from a model, without the running system.</summary>
internal static class SampleCommand
{
    public static Command Create()
    {
        var model = new Option<string>("--model") { Description = "Folder of the model. Default: models/nngpt-small of the checkout", HelpName = "DIR", DefaultValueFactory = _ => Checkout.EmbeddedModel };
        var adapter = new Option<string?>("--adapter") { Description = "Folder of a PEFT adapter", HelpName = "DIR" };
        var count = new Option<int>("--count") { Description = "Networks to sample", DefaultValueFactory = _ => 16 };
        var temperature = new Option<double>("--temperature") { Description = "Divides the logits", DefaultValueFactory = _ => 0.8 };
        var topK = new Option<int>("--top-k") { Description = "Among the k most likely tokens only; 0: off", DefaultValueFactory = _ => 0 };
        var topP = new Option<double>("--top-p") { Description = "Among the likeliest tokens that reach p together; 1: off", DefaultValueFactory = _ => 1 };
        var seed = new Option<ulong>("--seed") { Description = "Seed of the first network; the next has the next seed", DefaultValueFactory = _ => 0 };
        var dataset = new Option<string>("--dataset") { Description = "Data set that the prompt names", DefaultValueFactory = _ => "fashion-mnist" };
        var output = new Option<string?>("--out") { Description = "File that gets one JSON object a network; default: source text on the terminal", HelpName = "FILE" };
        var guided = new Option<bool>("--syntax-guided") { Description = "Refuse tokens that no Python module could go on with" };
        temperature.RequireRange(0, 100);
        topK.RequireRange(0, int.MaxValue);
        topP.RequireRange(0, 1);
        count.RequireRange(1, 1_000_000);
        var command = new Command(
            "sample",
            """
            Sample networks from a model folder and print or write them; nothing is validated.

            Example: nngpt sample --count 4 --temperature 0.8 --out samples.jsonl
            """)
        {
            model, adapter, count, temperature, topK, topP, seed, dataset, guided, output,
        };
        command.SetAction((parsed, cancellationToken) =>
        {
            TorchCheck check = TorchRuntime.SelfCheck();
            DesignTask task = DesignTask.Of(parsed.GetRequiredValue(dataset), 500_000)
                ?? throw new CommandFailedException($"--dataset '{parsed.GetValue(dataset)}' is unknown", ExitCode.Usage);
            if (!check.IsHealthy)
            {
                throw new CommandFailedException(check.Message, ExitCode.Failed);
            }

            try
            {
                string folder = parsed.GetRequiredValue(model);
                if (!File.Exists(Path.Combine(folder, "config.json")))
                {
                    throw new CommandFailedException(
                        $"there is no model in '{folder}' (no config.json); give --model DIR, or make one with `nngpt model train --out DIR`", ExitCode.NotFound);
                }

                ChatEncoder encoder = ChatEncoder.Load(folder);
                using LlamaModel llama = LlamaModel.Load(folder);
                if (parsed.GetValue(adapter) is { } adapterFolder)
                {
                    llama.UseAdapter(LoraAdapter.Load(adapterFolder, llama.Config));
                }

                int[] prompt = encoder.EncodePrompt(DesignPrompt.For(task, PromptWording.Short).Messages);
                SamplingOptions options = new()
                {
                    Temperature = parsed.GetValue(temperature),
                    TopK = parsed.GetValue(topK),
                    TopP = parsed.GetValue(topP),
                    MaxNewTokens = llama.Config.MaxPositionEmbeddings - prompt.Length,
                    StopTokens = [llama.Config.EosTokenId ?? throw new CommandFailedException($"{folder}/config.json has no eos_token_id", ExitCode.Failed)],
                };
                SamplingRequest[] requests =
                    [.. Enumerable.Range(0, parsed.GetValue(count)).Select(i => new SamplingRequest(
                        prompt, parsed.GetValue(seed) + (ulong)i, parsed.GetValue(guided) ? new PythonGuide(encoder.Tokenizer, contract: true) : null))];
                TorchThreads.Count = Math.Min(TorchThreads.Count, llama.SamplingThreads);
                Write(llama.Sample(requests, options, null, cancellationToken), encoder.Tokenizer, parsed.GetValue(output));
                return Task.FromResult(ExitCode.Success);
            }
            catch (ValidationException wrong)
            {
                throw new CommandFailedException(wrong.Message, ExitCode.Usage);
            }
            catch (InvalidDataException damaged)
            {
                throw new CommandFailedException(damaged.Message, ExitCode.Failed);
            }
        });
        return command;
    }

    private static void Write(IReadOnlyList<Completion> completions, Tokenizer tokenizer, string? file)
    {
        IEnumerable<string> lines = completions.Select(completion =>
        {
            string source = CodeBlock.Extract(tokenizer.Decode([.. completion.Tokens])).Source;
            return file is null
                ? $"# --- network {completion.Index}\n{source}\n"
                : Json.Line(new { family = "sampled", source, finish_reason = completion.FinishReason.ToString().ToLowerInvariant() }) + "\n";
        });
        if (file is null)
        {
            Console.Write(string.Concat(lines));
            return;
        }
        File.WriteAllText($"{file}.part", string.Concat(lines));
        File.Move($"{file}.part", file, overwrite: true);
    }
}
