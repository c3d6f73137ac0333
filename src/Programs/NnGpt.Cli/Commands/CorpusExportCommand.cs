using System.CommandLine;
using NnGpt.Cli.Corpora;
using NnGpt.Cli.Rendering;
using NnGpt.Corpus.Prompts;
using NnGpt.Curation.Export;
using NnGpt.Curation.Reading;
using NnGpt.Data;

namespace NnGpt.Cli.Commands;

/// <summary>`nngpt corpus export PATH --to chat|py|hf --out PATH`.</summary>
internal static class CorpusExportCommand
{
    private enum Target
    {
        Chat,
        Py,
        Hf,
    }

    public static Command Create()
    {
        var path = SourceArgument.One();
        var target = new Option<Target>("--to") { Description = "chat: one file of chat JSONL; py: a folder of .py files with metadata.csv; hf: a Hugging Face data set folder with its card", Required = true };
        var destination = new Option<string>("--out") { Description = "File (chat) or folder (py, hf) to write", HelpName = "PATH", Required = true };
        var tasks = new Option<string[]>("--task")
        {
            Description = "Data sets whose design prompt each network answers, one pair each. Default: mnist cifar-10",
            AllowMultipleArgumentsPerToken = true,
            DefaultValueFactory = _ => [.. ChatExport.DualTask],
        };
        tasks.AcceptOnlyFromAmong([.. DatasetCatalog.All.Select(dataset => dataset.Name)]);
        var wording = new Option<PromptWording>("--prompt") { Description = "short (default, what the embedded model knows) or full", DefaultValueFactory = _ => PromptWording.Short };
        var parameters = new Option<int>("--parameters") { Description = "Parameter budget that the prompts state", DefaultValueFactory = _ => 500_000 };
        parameters.RequireRange(1, int.MaxValue);
        var name = new Option<string?>("--name") { Description = "Name of the data set on its card (hf). Default: the name of the folder" };
        var license = new Option<string>("--license") { Description = "Licence on the card (hf), by Hugging Face's identifiers", DefaultValueFactory = _ => "unknown" };
        license.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<string>() is not { Length: > 0 and <= 64 } text || text.Any(c => !char.IsAsciiLetterOrDigit(c) && c is not ('-' or '.' or '_')))
            {
                result.AddError("--license must be an identifier such as mit or apache-2.0");
            }
        });
        var validation = new Option<double>("--validation") { Description = "Share of the networks in a validation split (hf), 0 to 0.5", DefaultValueFactory = _ => 0 };
        validation.RequireRange(0, 0.5);
        var command = new Command(
            "export",
            """
            Write a corpus in formats of others.

            Examples:
              nngpt corpus export my-corpus --to chat --out pairs.jsonl --prompt full
              nngpt corpus export my-corpus --to py --out files
              nngpt corpus export my-corpus --to hf --out dataset --license mit --validation 0.05
            """)
        { path, target, destination, tasks, wording, parameters, name, license, validation };
        command.SetAction((parsed, cancellationToken) =>
        {
            IRecordSource source = SourceArgument.Open(parsed.GetRequiredValue(path));
            string to = parsed.GetRequiredValue(destination);
            if (to.Length == 0)
            {
                throw new CommandFailedException("--out is empty; give a path", ExitCode.Usage);
            }

            if (parsed.GetValue(target) != Target.Chat)
            {
                SourceArgument.OutsideOf(new DirectoryInfo(to), [parsed.GetRequiredValue(path)]);
            }
            else if (RealPath.Of(to) == RealPath.Of(parsed.GetRequiredValue(path)))
            {
                throw new CommandFailedException($"--out '{to}' is what is read; choose another file", ExitCode.Usage);
            }

            ChatExport chat = new(parsed.GetRequiredValue(tasks), parsed.GetValue(wording), parsed.GetValue(parameters));
            HuggingFaceCard card = new(
                parsed.GetValue(name) ?? Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(to))),
                parsed.GetRequiredValue(license),
                parsed.GetValue(validation));
            ExportReport report = parsed.GetValue(target) switch
            {
                Target.Chat => CorpusExporter.ToChat(source, to, chat, cancellationToken),
                Target.Py => CorpusExporter.ToPythonFolder(source, to, cancellationToken),
                _ => CorpusExporter.ToHuggingFace(source, to, card, chat, cancellationToken),
            };
            string what = parsed.GetValue(target) switch { Target.Chat => "pairs", Target.Py => "files", _ => "rows" };
            Console.WriteLine(parsed.GetValue(OutputOption.Instance) == OutputFormat.Json
                ? Json.Document(new { Networks = report.Records, report.Written, report.Malformed, Out = Path.GetFullPath(to) })
                : $"{Figures.Count(report.Records)} networks, {Figures.Count(report.Written)} {what}"
                    + $"{(report.Malformed == 0 ? "" : $", {Figures.Count(report.Malformed)} malformed passed over")} -> {PrintableText.Of(to)}");
            return Task.FromResult(ExitCode.Success);
        });
        return command;
    }
}
