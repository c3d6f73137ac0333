using System.CommandLine;
using NnGpt.Cli.Rendering;
using NnGpt.LanguageModel.Lora;
using NnGpt.Torch;

namespace NnGpt.Cli.Commands.Model;

/// <summary>`nngpt model merge`: base model and adapter as one model.</summary>
internal static class MergeCommand
{
    public static Command Create()
    {
        var model = new Option<string>("--model") { Description = "Folder of the base model", HelpName = "DIR", Required = true };
        var adapter = new Option<string>("--adapter") { Description = "Folder of a PEFT adapter (LoRA) for it", HelpName = "DIR", Required = true };
        var output = new Option<string>("--out") { Description = "Folder of the merged model; must not exist", HelpName = "DIR", Required = true };
        foreach (Option path in (Option[])[model, adapter, output])
        {
            path.RequireText();
        }
        var command = new Command(
            "merge",
            """
            Write a model folder whose weights have an adapter added, for programs that load no adapters.

            The sums are computed in float32 and stored in the element type of the base model.

            Example: nngpt model merge --model models/nngpt-small --adapter my-adapter --out my-model
            """)
        {
            model, adapter, output,
        };
        command.SetAction((parsed, _) =>
        {
            TorchCheck check = TorchRuntime.SelfCheck();
            if (!check.IsHealthy)
            {
                throw new CommandFailedException(check.Message, ExitCode.Failed);
            }
            string folder = parsed.GetRequiredValue(output);
            int merged = AdapterMerger.Merge(parsed.GetRequiredValue(model), parsed.GetRequiredValue(adapter), folder);
            Console.WriteLine(parsed.GetValue(OutputOption.Instance) == OutputFormat.Json
                ? Json.Line(new { model = folder, merged_weights = merged })
                : $"written: {folder}; {merged} weights have the adapter's update");
            return Task.FromResult(ExitCode.Success);
        });
        return command;
    }
}
