using NnGpt.Cli.Rendering;

namespace NnGpt.Cli.Commands.Model;

/// <summary>What a training prints: lines as it goes, and its result as JSON when that was asked for; the lines then go to standard error.</summary>
internal sealed class TrainingLog(OutputFormat format) : IProgress<string>
{
    public void Report(string value) => (format == OutputFormat.Json ? Console.Error : Console.Out).WriteLine(value);

    public void End(object result)
    {
        if (format == OutputFormat.Json)
        {
            Console.WriteLine(Json.Line(result));
        }
    }
}
