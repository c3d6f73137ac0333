using System.CommandLine;
using Microsoft.Extensions.Logging.Abstractions;
using NnGpt.Cli.Rendering;
using NnGpt.Cli.Validation;
using NnGpt.Protocol.V1;
using NnGpt.Sandbox;
using Spectre.Console;

namespace NnGpt.Cli.Commands;

/// <summary>`nngpt validate PATH...`: verdicts on files, in sandboxed workers, without the running system.</summary>
internal static class ValidateCommand
{
    private enum Format
    {
        Table,
        Json,
        Jsonl,
    }

    public static Command Create()
    {
        var paths = new Argument<string[]>("PATH") { Description = "Python files, or folders whose .py files are taken", Arity = ArgumentArity.OneOrMore };
        var format = new Option<Format>("--output", "-o", "--format") { Description = "table (default), or json: one JSON object a line for each file" };
        var contract = new ContractOptions();
        var workers = new Option<int>("--workers") { Description = "Sandboxed workers at once", DefaultValueFactory = _ => Environment.ProcessorCount };
        var parameters = new Option<long>("--max-parameters") { Description = "Parameter budget; 0: none", DefaultValueFactory = _ => 0 };
        var macs = new Option<long>("--max-macs") { Description = "Budget of multiply-accumulates for an image; 0: none", DefaultValueFactory = _ => 0 };
        var seconds = new Option<double>("--timeout") { Description = "Seconds a file may take", DefaultValueFactory = _ => 60 };
        var memory = new Option<long>("--max-memory") { Description = "Memory of a worker in MiB", DefaultValueFactory = _ => 4096 };
        var unsandboxed = new Option<bool>("--allow-unsandboxed") { Description = "Go on where the kernel can confine no worker" };
        workers.RequireRange(1, 256);
        parameters.RequireRange(0, long.MaxValue);
        macs.RequireRange(0, long.MaxValue);
        seconds.RequireRange(0.1, 86_400);
        memory.RequireRange(512, 1 << 20);

        var command = new Command(
            "validate",
            """
            Judge PyTorch files in the sandbox: parse, contract, instantiate, forward, learn.

            Each file runs in a sandboxed worker; a file that hangs, takes too much memory or kills its worker gets that as its
            verdict. Exit code 0: all are valid; 1: not all.

            Example: nngpt validate my-networks/ --output json
            """)
        { paths, format, workers, parameters, macs, seconds, memory, unsandboxed };
        contract.AddTo(command);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var template = new ValidateRequest
            {
                Limits = new LimitSettings
                {
                    Parameters = Budget(parsed.GetValue(parameters)),
                    MacsPerImage = Budget(parsed.GetValue(macs)),
                    ValidationSeconds = parsed.GetValue(seconds),
                    MemoryBytes = parsed.GetValue(memory) << 20,
                },
                Contract = contract.Read(parsed),
            };
            var options = new WorkerPoolOptions
            {
                Workers = parsed.GetValue(workers),
                MemoryBytes = parsed.GetValue(memory) << 20,
                AllowUnsandboxed = parsed.GetValue(unsandboxed),
            };
            return await ValidateAsync(
                CandidateFiles.Find(parsed.GetRequiredValue(paths)), template, options, parsed.GetValue(format) != Format.Table || parsed.GetValue(OutputOption.Instance) == OutputFormat.Json, cancellationToken);
        });
        return command;
    }

    private static async Task<int> ValidateAsync(
        IReadOnlyList<string> files, ValidateRequest template, WorkerPoolOptions options, bool jsonl, CancellationToken cancellationToken)
    {
        try
        {
            await using var pool = new WorkerPool(options, NullLogger<WorkerPool>.Instance, TimeProvider.System);
            int invalid = 0;
            await foreach (var (path, outcome) in new FileValidator(pool).ValidateAsync(files, template, options.Workers, cancellationToken))
            {
                invalid += outcome.Valid ? 0 : 1;
                if (jsonl)
                {
                    Console.WriteLine(Json.Line(VerdictReport.ToJson(path, outcome)));
                }
                else
                {
                    VerdictReport.Print(AnsiConsole.Console, path, outcome);
                }
            }

            return invalid == 0 ? ExitCode.Success : ExitCode.Failed;
        }
        catch (Exception failure) when (failure is SandboxUnavailableException or WorkerStartException)
        {
            throw new CommandFailedException(failure.Message, ExitCode.Failed);
        }
    }

    private static long Budget(long wanted) => wanted == 0 ? long.MaxValue : wanted;
}
