using System.Globalization;
using System.Text;
using NnGpt.Torch;

namespace NnGpt.Sandbox.Tests.Fuzzing;

/// <summary>
/// Writes candidates that call operators with adversarial arguments: sizes, types, strides, indices and numbers that
/// do not go together. The same seed writes the same candidates.
/// </summary>
internal sealed class OperatorFuzzer(int seed)
{
    private static readonly string[] s_dtypes =
        ["float32", "float32", "float32", "float32", "float32", "float64", "int64", "int64", "int64", "int32", "int8", "uint8", "bool", "float16", "bfloat16", "complex64"];

    private static readonly string[] s_shapes =
        ["()", "(0,)", "(1,)", "(3,)", "(5,)", "(2, 3)", "(3, 3)", "(0, 3)", "(2, 0)", "(2, 3, 4)", "(3, 4, 4)", "(2, 3, 4, 4)", "(1, 2, 5, 5)", "(2, 3, 4, 4, 4)", "(1, 1, 3, 3, 3)"];

    private static readonly string[] s_small = ["0", "1", "-1", "2", "-2", "3", "4", "5", "7", "-3"];

    private static readonly string[] s_integers =
        ["100", "-100", "2 ** 31 - 1", "-2 ** 31", "2 ** 31", "2 ** 62", "-2 ** 63", "2 ** 63 - 1", "2 ** 64", "1000"];

    private static readonly string[] s_numbers = ["0.0", "1.0", "-1.0", "0.5", "1e30", "-1e30", "1e-30", "float('nan')", "float('inf')", "-float('inf')"];

    private static readonly string[] s_texts =
        ["mean", "sum", "none", "max", "min", "zeros", "bilinear", "nearest", "bicubic", "linear", "constant", "reflect", "replicate", "circular", "prod", "amax", "tanh", "floor", "trunc", "ij,jk->ik", "i->", ""];

    /// <summary>A candidate that calls operators and swallows what each call raises.</summary>
    /// <param name="targets">What is called: "torch.add", "F.pad", "Tensor.index_add_".</param>
    /// <param name="calls">How often each.</param>
    /// <param name="only">The one call to make of them; null: all.</param>
    public string Write(IEnumerable<string> targets, int calls, int? only = null)
    {
        var source = new StringBuilder("import torch\nimport torch.nn as nn\nimport torch.nn.functional as F\n");
        foreach (string target in targets)
        {
            for (int call = 0; call < calls; call++)
            {
                if (only is null || only == call)
                {
                    // Each call has a generator of its own, so that one call alone is the same as among the others.
                    Append(source, target, new Random(HashCode(seed, target, call)));
                }
            }
        }
        return source.ToString();
    }

    private static void Append(StringBuilder source, string target, Random random)
    {
        // Mostly what one of the operator's schemas asks for, at times anything.
        bool isMethod = target.StartsWith("Tensor.", StringComparison.Ordinal);
        var overloads = FuzzTargets.Schemas(target);
        var (positional, keywords) = overloads.Count > 0 && random.Next(8) != 0
            ? BySchema(overloads[random.Next(overloads.Count)], random)
            : ([Tensor(random), .. Enumerable.Range(0, random.Next(5)).Select(_ => Anything(random))], []);
        IEnumerable<string> arguments = [.. positional.Skip(isMethod ? 1 : 0), .. keywords];
        string callee = isMethod ? (positional.Count > 0 ? positional[0] : Tensor(random)) + target[6..] : target;
        source.Append(CultureInfo.InvariantCulture, $"torch.manual_seed({random.Next(1000)})\ntry:\n    y = ").Append(callee).Append('(').AppendJoin(", ", arguments)
            .Append(")\n    for t in (y if isinstance(y, (tuple, list)) else (y,)):\n        if isinstance(t, torch.Tensor) and t.requires_grad:\n            t.sum().backward()\nexcept Exception:\n    pass\n");
    }

    private static (List<string> Positional, List<string> Keywords) BySchema(OperatorSchema schema, Random random)
    {
        List<string> positional = [], keywords = [];
        foreach (var argument in schema.Arguments.Where(argument => !argument.IsOut))
        {
            bool isOmitted = argument.HasDefault && random.Next(2) == 0;
            if (argument.Type.Kind is ArgumentKind.Device or ArgumentKind.Layout or ArgumentKind.Generator or ArgumentKind.MemoryFormat or ArgumentKind.Other || isOmitted)
            {
                continue;
            }
            string value = argument.Type.IsOptional && random.Next(3) == 0 ? "None" : Value(argument.Type, random);
            if (argument.HasDefault || argument.IsKeywordOnly)
            {
                keywords.Add($"{argument.Name}={value}");
            }
            else
            {
                positional.Add(value);
            }
        }
        return (positional, keywords);
    }

    private static string Value(ArgumentType type, Random random)
    {
        if (type.IsList)
        {
            return type.ListSize > 0 && random.Next(4) == 0
                ? Value(type with { IsList = false }, random)
                : $"[{string.Join(", ", Enumerable.Range(0, random.Next(type.ListSize > 0 && random.Next(2) == 0 ? type.ListSize : 0, 5)).Select(_ => Value(type with { IsList = false }, random)))}]";
        }
        return type.Kind switch
        {
            ArgumentKind.Tensor => Tensor(random),
            ArgumentKind.Int => Integer(random),
            ArgumentKind.Float => Pick(random, s_numbers),
            ArgumentKind.Scalar => random.Next(2) == 0 ? Integer(random) : Pick(random, s_numbers),
            ArgumentKind.Bool => Pick(random, ["True", "False"]),
            ArgumentKind.String => $"'{Pick(random, s_texts)}'",
            ArgumentKind.Dtype => "torch." + Pick(random, s_dtypes),
            _ => "None",
        };
    }

    private static string Anything(Random random) => random.Next(20) switch
    {
        < 8 => Tensor(random),
        < 12 => Integer(random),
        < 15 => $"[{string.Join(", ", Enumerable.Range(0, random.Next(4)).Select(_ => Integer(random)))}]",
        < 16 => Pick(random, s_numbers),
        < 17 => $"'{Pick(random, s_texts)}'",
        < 18 => $"[{string.Join(", ", Enumerable.Range(0, random.Next(4)).Select(_ => Tensor(random)))}]",
        _ => Pick(random, ["True", "False", "None"]),
    };

    private static string Integer(Random random) => Pick(random, random.Next(4) == 0 ? s_integers : s_small);

    private static string Tensor(Random random)
    {
        string dtype = Pick(random, s_dtypes), shape = Pick(random, s_shapes);
        bool isFloat = dtype.Contains("float", StringComparison.Ordinal);
        string tensor = random.Next(4) switch
        {
            0 when isFloat => $"torch.full({shape}, {Pick(random, s_numbers)}, dtype=torch.{dtype})",
            0 => $"torch.full({shape}, {Integer(random)}, dtype=torch.{dtype})",
            1 when isFloat => $"torch.randn({shape}, dtype=torch.{dtype})",
            _ => $"torch.randint({Pick(random, ["0", "0", "-6"])}, {random.Next(1, 9).ToString(CultureInfo.InvariantCulture)}, {shape}).to(torch.{dtype})",
        };
        return random.Next(12) switch
        {
            0 => $"{tensor}.unsqueeze(0).expand(3, *{shape})",
            1 => $"{tensor}.flatten()[1:]",
            2 => $"{tensor}.flatten()[::2]",
            3 when shape.Count(c => c == ',') > 1 => $"{tensor}.transpose(0, -1)",
            4 or 5 when dtype is "float32" => $"{tensor}.requires_grad_()",
            _ => tensor,
        };
    }

    private static string Pick(Random random, string[] choices) => choices[random.Next(choices.Length)];

    // string.GetHashCode differs from one process to the next.
    private static int HashCode(int seed, string target, int call)
    {
        uint hash = 2166136261u ^ (uint)seed;
        foreach (char c in $"{target} {call}")
        {
            hash = (hash ^ c) * 16777619u;
        }
        return (int)(hash & int.MaxValue);
    }
}
