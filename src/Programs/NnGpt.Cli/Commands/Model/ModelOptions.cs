using System.CommandLine;
using NnGpt.LanguageModel;
using NnGpt.LanguageModel.Llama;
using NnGpt.LanguageModel.Lora;
using NnGpt.Torch;

namespace NnGpt.Cli.Commands.Model;

/// <summary>Which model a command loads, and how.</summary>
internal sealed class ModelOptions
{
    private enum ComputeType
    {
        Auto,
        Float32,
        BFloat16,
    }

    private readonly Option<string> _model = new("--model") { Description = "Folder of the model", Required = true };
    private readonly Option<string?> _adapter = new("--adapter") { Description = "Folder of a PEFT adapter (LoRA) for it" };
    private readonly Option<ComputeType> _dtype = new("--dtype")
    {
        Description = "Type of the computation; auto: float32 where config.json says so or says nothing, else bfloat16",
        DefaultValueFactory = _ => ComputeType.Auto,
    };

    /// <summary>Adds the options to a command.</summary>
    /// <param name="command">The command.</param>
    /// <param name="choosesType">Whether its user says in which type it computes.</param>
    public ModelOptions AddTo(Command command, bool choosesType)
    {
        _model.RequireText();
        _adapter.RequireText();
        command.Options.Add(_model);
        command.Options.Add(_adapter);
        if (choosesType)
        {
            command.Options.Add(_dtype);
        }
        return this;
    }

    /// <summary>Folder of the model.</summary>
    public string Folder(ParseResult parsed)
    {
        string folder = parsed.GetRequiredValue(_model);
        return File.Exists(Path.Combine(folder, "config.json"))
            ? folder
            : throw new CommandFailedException($"{folder} is no model folder: it has no config.json", ExitCode.NotFound);
    }

    /// <summary>Loads model and adapter.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="dtype">Type of the computation; null: as the user says.</param>
    public LlamaModel Load(ParseResult parsed, Dtype? dtype = null)
    {
        TorchCheck check = TorchRuntime.SelfCheck();
        if (!check.IsHealthy)
        {
            throw new CommandFailedException(check.Message, ExitCode.Failed);
        }
        string folder = Folder(parsed);
        LlamaModel model = LlamaModel.Load(folder, dtype ?? Chosen(parsed.GetValue(_dtype), LlamaConfig.Load(folder)));
        if (parsed.GetValue(_adapter) is { } directory)
        {
            using LoraAdapter adapter = LoraAdapter.Load(directory, model.Config);
            model.UseAdapter(adapter);
        }
        return model;
    }

    private static Dtype Chosen(ComputeType type, LlamaConfig config) => type switch
    {
        ComputeType.Float32 => Dtype.Float32,
        ComputeType.BFloat16 => Dtype.BFloat16,
        _ => config.TorchDtype == "float32" ? Dtype.Float32 : Dtype.BFloat16,
    };
}
