using System.CommandLine;
using NnGpt.LanguageModel.Training;

namespace NnGpt.Cli.Commands.Model;

/// <summary>`--optimizer`: how AdamW keeps its moments.</summary>
internal static class OptimizerOption
{
    private static readonly string[] s_names = ["adamw", "adamw_8bit", "paged_adamw_8bit"];

    public static Option<OptimizerKind> Create(OptimizerKind fallback)
    {
        Option<OptimizerKind> option = new("--optimizer")
        {
            Description = $"{string.Join(", ", s_names)}: moments in float32, in 8 bits, in 8 bits in the host's memory",
            HelpName = "NAME",
            DefaultValueFactory = _ => fallback,
            CustomParser = static result =>
            {
                if (OptimizerKinds.Parse(result.Tokens[0].Value) is { } kind)
                {
                    return kind;
                }
                result.AddError($"--optimizer is {result.Tokens[0].Value}; it must be one of {string.Join(", ", s_names)}");
                return default;
            },
        };
        option.CompletionSources.Add(s_names);
        return option;
    }
}
