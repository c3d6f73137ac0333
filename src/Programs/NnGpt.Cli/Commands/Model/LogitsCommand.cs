using System.CommandLine;
using System.Globalization;
using NnGpt.Cli.Rendering;
using NnGpt.LanguageModel;
using NnGpt.LanguageModel.Tokenization;
using NnGpt.Torch;

namespace NnGpt.Cli.Commands.Model;

/// <summary>`nngpt model logits`: what the model expects after some tokens.</summary>
internal static class LogitsCommand
{
    private const int Shown = 10;

    public static Command Create()
    {
        Option<int[]?> ids = TokenIdsOption.Create("The tokens, with commas between");
        ids.Required = true;
        var command = new Command("logits", "Print the logits after the last of some tokens, computed in float32: all of them as JSON, or the ten largest as a table.")
        {
            ids,
        };
        ModelOptions options = new ModelOptions().AddTo(command, choosesType: false);
        command.SetAction((parsed, _) =>
        {
            int[] tokens = parsed.GetRequiredValue(ids)!;
            using LlamaModel model = options.Load(parsed, Dtype.Float32);
            TokenIdsOption.Check(tokens, model.Config.VocabSize, "--ids");
            if (tokens.Length > model.Config.ContextLength)
            {
                throw new CommandFailedException($"--ids has {tokens.Length} tokens, the model's context {model.Config.ContextLength}", ExitCode.Usage);
            }
            float[] logits = model.Logits(tokens)[^model.Config.VocabSize..];
            if (Array.FindIndex(logits, static logit => !float.IsFinite(logit)) is >= 0 and var broken)
            {
                throw new CommandFailedException($"the logit of token {broken} is {logits[broken]}: the weights or the adapter are damaged, or overflow", ExitCode.Failed);
            }
            if (parsed.GetValue(OutputOption.Instance) == OutputFormat.Json)
            {
                Console.WriteLine(Json.Line(new { ids = tokens, logits }));
            }
            else
            {
                Print(logits, options.Folder(parsed));
            }
            return Task.FromResult(ExitCode.Success);
        });
        return command;
    }

    private static void Print(float[] logits, string folder)
    {
        Tokenizer? tokenizer = File.Exists(Path.Combine(folder, "tokenizer.json")) ? Tokenizer.Load(folder) : null;
        foreach ((float logit, int id) in logits.Select(static (logit, id) => (logit, id)).OrderByDescending(static pair => pair.logit).Take(Shown))
        {
            string token = tokenizer is null ? "" : PrintableText.Of(tokenizer.Decode([id], skipSpecialTokens: false));
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{id,8} {logit,12:0.0000}  {token}"));
        }
    }
}
