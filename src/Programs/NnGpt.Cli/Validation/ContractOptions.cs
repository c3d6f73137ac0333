using System.CommandLine;
using NnGpt.Cli.Commands;
using NnGpt.Protocol.V1;

namespace NnGpt.Cli.Validation;

/// <summary>The options that say how the network of a file is made and what it is given.</summary>
internal sealed class ContractOptions
{
    private readonly Option<Kind> _contract = new("--contract")
    {
        Description = "lemur (default): Net(in_shape, out_shape, prm, device) with train_setup and learn; plain: the class Net, or else the last nn.Module class, without arguments",
    };

    private readonly Option<string> _inShape = new("--in-shape") { Description = "Input shape, batch first", DefaultValueFactory = _ => "2,3,32,32" };
    private readonly Option<int> _classes = new("--classes") { Description = "Classes of the task", DefaultValueFactory = _ => 10 };
    private readonly Option<ulong> _seed = new("--seed") { Description = "torch.manual_seed before instantiation and before learn", DefaultValueFactory = _ => 0 };
    private readonly Option<int> _learnSteps = new("--learn-steps") { Description = "Batches given to learn (lemur only)", DefaultValueFactory = _ => 2 };
    private readonly Option<InputType> _inDtype = new("--in-dtype") { Description = "float32 (default), or int64 for networks over token ids (plain only)" };
    private readonly Option<int> _vocabulary = new("--vocab") { Description = "Ids of an int64 input are below this", DefaultValueFactory = _ => 100 };

    public ContractOptions()
    {
        _classes.RequireRange(1, 1_000_000);
        _learnSteps.RequireRange(0, 10_000);
        _vocabulary.RequireRange(1, 100_000_000);
    }

    private enum Kind
    {
        Lemur,
        Plain,
    }

    private enum InputType
    {
        Float32,
        Int64,
    }

    public void AddTo(Command command)
    {
        foreach (Option option in (Option[])[_contract, _inShape, _classes, _seed, _learnSteps, _inDtype, _vocabulary])
        {
            command.Options.Add(option);
        }
    }

    public ContractSettings Read(ParseResult parsed) => new()
    {
        Plain = parsed.GetValue(_contract) == Kind.Plain,
        InShape = { Shape(parsed.GetRequiredValue(_inShape)) },
        Classes = parsed.GetValue(_classes),
        Seed = parsed.GetValue(_seed),
        LearnSteps = parsed.GetValue(_learnSteps),
        IntegerInput = parsed.GetValue(_inDtype) == InputType.Int64,
        Vocabulary = parsed.GetValue(_vocabulary),
    };

    private static long[] Shape(string text)
    {
        long[] shape = [.. text.Split(',').Select(part => long.TryParse(part, out long size) && size > 0 ? size : 0)];
        return shape.Length is > 0 and <= 8 && !shape.Contains(0)
            ? shape
            : throw new CommandFailedException($"--in-shape '{text}' is no shape; write for example 2,3,32,32", ExitCode.Usage);
    }
}
