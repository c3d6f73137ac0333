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

    private enum Contract
    {
        Lemur,
        Plain,
    }

    private enum InputType
    {
        Float32,
        Int64,
    }

    public static Command Create()
    {
        var paths = new Argument<string[]>("PATH") { Description = "Python files, or folders whose .py files are taken", Arity = ArgumentArity.OneOrMore };
        var format = new Option<Format>("--output", "-o", "--format") { Description = "table (default), or json: one JSON object a line for each file" };
        var contract = new Option<Contract>("--contract")
        {
            Description = "lemur (default): Net(in_shape, out_shape, prm, device) with train_setup and learn; plain: the class Net, or else the last nn.Module class, without arguments",
        };
        var inShape = new Option<string>("--in-shape") { Description = "Input shape, batch first", DefaultValueFactory = _ => "2,3,32,32" };
        var classes = new Option<int>("--classes") { Description = "Classes of the task", DefaultValueFactory = _ => 10 };
        var seed = new Option<ulong>("--seed") { Description = "torch.manual_seed before instantiation and before learn", DefaultValueFactory = _ => 0 };
        var learnSteps = new Option<int>("--learn-steps") { Description = "Batches given to learn (lemur only)", DefaultValueFactory = _ => 2 };
        var inDtype = new Option<InputType>("--in-dtype") { Description = "float32 (default), or int64 for networks over token ids (plain only)" };
        var vocabulary = new Option<int>("--vocab") { Description = "Ids of an int64 input are below this", DefaultValueFactory = _ => 100 };
        var workers = new Option<int>("--workers") { Description = "Sandboxed workers at once", DefaultValueFactory = _ => Environment.ProcessorCount };
        var parameters = new Option<long>("--max-parameters") { Description = "Parameter budget; 0: none", DefaultValueFactory = _ => 0 };
        var macs = new Option<long>("--max-macs") { Description = "Budget of multiply-accumulates for an image; 0: none", DefaultValueFactory = _ => 0 };
        var seconds = new Option<double>("--timeout") { Description = "Seconds a file may take", DefaultValueFactory = _ => 60 };
        var memory = new Option<long>("--max-memory") { Description = "Memory of a worker in MiB", DefaultValueFactory = _ => 4096 };
        var unsandboxed = new Option<bool>("--allow-unsandboxed") { Description = "Go on where the kernel can confine no worker" };
        classes.RequireRange(1, 1_000_000);
        learnSteps.RequireRange(0, 10_000);
        vocabulary.RequireRange(1, 100_000_000);
        workers.RequireRange(1, 256);
        parameters.RequireRange(0, long.MaxValue);
        macs.RequireRange(0, long.MaxValue);
        seconds.RequireRange(0.1, 86_400);
        memory.RequireRange(512, 1 << 20);

        var command = new Command(
            "validate",
            """
            Judge PyTorch files: parse, contract, instantiate, forward, learn. Each file runs in a sandboxed worker; a file
            that hangs, takes too much memory or kills its worker gets that as its verdict. Exit code 0: all are valid; 1: not all.
            """)
        { paths, format, contract, inShape, classes, seed, learnSteps, inDtype, vocabulary, workers, parameters, macs, seconds, memory, unsandboxed };
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
                Contract = new ContractSettings
                {
                    Plain = parsed.GetValue(contract) == Contract.Plain,
                    InShape = { Shape(parsed.GetRequiredValue(inShape)) },
                    Classes = parsed.GetValue(classes),
                    Seed = parsed.GetValue(seed),
                    LearnSteps = parsed.GetValue(learnSteps),
                    IntegerInput = parsed.GetValue(inDtype) == InputType.Int64,
                    Vocabulary = parsed.GetValue(vocabulary),
                },
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

    private static long[] Shape(string text)
    {
        long[] shape = [.. text.Split(',').Select(part => long.TryParse(part, out long size) && size > 0 ? size : 0)];
        return shape.Length is > 0 and <= 8 && !shape.Contains(0)
            ? shape
            : throw new CommandFailedException($"--in-shape '{text}' is no shape; write for example 2,3,32,32", ExitCode.Usage);
    }
}
