using System.CommandLine;
using NnGpt.LanguageModel.Training;

namespace NnGpt.Cli.Commands.Model;

/// <summary>`--optimizer`: how AdamW keeps its moments.</summary>
internal static class OptimizerOption
{
    /// <summary>The option; its value is a name that <see cref="OptimizerKinds.Parse"/> knows.</summary>
    public static Option<string> Create(string fallback)
    {
        Option<string> option = new("--optimizer") { Description = "Moments in float32, in 8 bits, or in 8 bits in the host's memory", DefaultValueFactory = _ => fallback };
        option.AcceptOnlyFromAmong("adamw", "adamw_8bit", "paged_adamw_8bit");
        return option;
    }

    /// <summary>What was chosen.</summary>
    public static OptimizerKind Chosen(ParseResult parsed, Option<string> option) => OptimizerKinds.Parse(parsed.GetRequiredValue(option))!.Value;
}
