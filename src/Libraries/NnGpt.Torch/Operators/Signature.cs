namespace NnGpt.Torch;

/// <summary>An overload as Python sees it: names, positional order, variadic int lists.</summary>
internal sealed class Signature
{
    private readonly Operator _operator;
    private readonly CallStyle _style;
    private readonly SchemaArgument[] _arguments;
    private readonly int _positionalCount;
    private readonly int _self;
    private readonly bool _isFactory;
    private readonly bool _numbersAsTensors;

    public Signature(Operator op, CallStyle style)
    {
        _operator = op;
        _style = style;
        _arguments = [.. op.Schema.Arguments];
        _positionalCount = _arguments.Count(static argument => !argument.IsKeywordOnly);
        _self = style == CallStyle.Method ? 1 : 0;
        _isFactory = _arguments.Any(static argument => argument is { IsKeywordOnly: true, Type.Kind: ArgumentKind.Layout });
        _numbersAsTensors = ValueBinder.AllowsNumbersAsTensors(op.Schema.BaseName);
    }

    // x.view(2, 3) and torch.zeros(2, 3): the only positional argument is an int list and may be spread.
    private bool IsVariadic => _positionalCount - _self == 1 && _arguments[_self].Type is { Kind: ArgumentKind.Int, IsList: true };

    public bool AcceptsCount(CallValues values)
    {
        int given = values.Positional.Count + values.Keywords.Count;
        int required = _arguments.Count(static argument => !argument.HasDefault && !argument.IsOut);
        return given >= required && (values.Positional.Count <= _positionalCount || IsVariadic);
    }

    /// <summary>The bound call; null when the values do not fit, or the reason as an exception when <paramref name="report"/>.</summary>
    public BoundCall? TryBind(CallValues values, bool report)
    {
        IReadOnlyList<object?> positional = values.Positional;
        if (IsVariadic && positional.Count > _self && positional[_self] is int or long or Tensor { Dim: 0 })
        {
            positional = [.. positional.Take(_self), positional.Skip(_self).ToArray()];
        }
        if (positional.Count > _positionalCount)
        {
            int takes = _positionalCount - _self;
            int given = positional.Count - _self;
            return Fail(report, $"takes {takes} positional argument{(takes == 1 ? "" : "s")} but {given} {(given == 1 ? "was" : "were")} given");
        }
        var arguments = new Argument[_arguments.Length];
        int used = 0;
        int outputs = 0;
        for (int i = 0; i < _arguments.Length; i++)
        {
            SchemaArgument argument = _arguments[i];
            object? value;
            bool byKeyword = false;
            if (i < positional.Count)
            {
                value = positional[i];
            }
            else if (argument.IsOut)
            {
                value = values.Output is System.Collections.IList list ? list[outputs] : values.Output;
                outputs++;
            }
            else if (TryKeyword(values, argument, out value))
            {
                byKeyword = true;
                used++;
            }
            else
            {
                if (!argument.HasDefault)
                {
                    return Fail(report, $"missing {Missing(values, positional.Count)}");
                }
                arguments[i] = Argument.Default;
                continue;
            }
            if (!ValueBinder.Fits(argument.Type, value, _numbersAsTensors) && !(value is null && argument is { HasDefault: true, Default: null or long[] { Length: 0 } }))
            {
                return Fail(report, WrongType(argument, i, value, byKeyword), separator: ": ");
            }
            try
            {
                arguments[i] = value is null && argument is { HasDefault: true, Default: long[] }
                    ? Argument.Default
                    : ValueBinder.Convert(argument.Type, value, (index, item) => WrongElement(argument, i, index, item));
            }
            catch (TorchException) when (!report)
            {
                return null;
            }
        }
        return FinishKeywords(values, arguments, positional.Count, used, report);
    }

    private BoundCall? FinishKeywords(CallValues values, Argument[] arguments, int positionalCount, int used, bool report)
    {
        bool requiresGrad = false;
        if (used < values.Keywords.Count)
        {
            foreach ((string name, object? value) in values.Keywords)
            {
                if (name == "requires_grad" && _isFactory && value is bool wanted)
                {
                    requiresGrad = wanted;
                    continue;
                }
                int known = Array.FindIndex(_arguments, argument => Matches(argument, name));
                if (known < 0 || (_self == 1 && known == 0))
                {
                    return Fail(report, $"got an unexpected keyword argument '{name}'");
                }
                if (known < positionalCount)
                {
                    return Fail(report, $"got multiple values for argument '{name}'");
                }
            }
        }
        return new BoundCall(_operator, arguments, requiresGrad);
    }

    private bool TryKeyword(CallValues values, SchemaArgument argument, out object? value)
    {
        value = null;
        if (values.Keywords.Count == 0)
        {
            return false;
        }
        if (values.Keywords.TryGetValue(PythonName(argument.Name), out value))
        {
            return true;
        }
        // The names of numpy that PyTorch accepts too.
        return argument.Name switch
        {
            "dim" => values.Keywords.TryGetValue("axis", out value),
            "keepdim" => values.Keywords.TryGetValue("keepdims", out value),
            "self" or "input" => values.Keywords.TryGetValue("x", out value) || values.Keywords.TryGetValue("a", out value) || values.Keywords.TryGetValue("x1", out value),
            "other" => values.Keywords.TryGetValue("x2", out value),
            _ => false,
        };
    }

    private bool Matches(SchemaArgument argument, string keyword) => PythonName(argument.Name) == keyword || (argument.Name, keyword) is
        ("dim", "axis") or ("keepdim", "keepdims") or ("self", "x") or ("self", "a") or ("self", "x1") or ("input", "x") or ("other", "x2");

    private string PythonName(string name) => name == "self" && _style == CallStyle.Function ? "input" : name;

    private string Missing(CallValues values, int positionalCount)
    {
        string[] names = [.. _arguments.Skip(positionalCount)
            .Where(argument => !argument.HasDefault && !argument.IsKeywordOnly && !TryKeyword(values, argument, out _))
            .Select(argument => $"\"{PythonName(argument.Name)}\"")];
        return $"{names.Length} required positional arguments: {string.Join(", ", names)}";
    }

    private string WrongType(SchemaArgument argument, int index, object? value, bool byKeyword) =>
        $"argument '{PythonName(argument.Name)}'{(byKeyword ? "" : $" (position {index + 1 - _self})")} must be {TypeText(argument.Type)}, not {OverloadResolver.TypeName(value)}";

    private TorchException WrongElement(SchemaArgument argument, int position, int index, object? item) => new(TorchErrorKind.TypeError,
        argument.Type.Kind == ArgumentKind.Tensor
            ? $"expected Tensor as element {index} in argument {position - _self}, but got {OverloadResolver.TypeName(item)}"
            : $"{_operator.Schema.BaseName}(): argument '{PythonName(argument.Name)}' must be {TypeText(argument.Type)}, but found element of type {OverloadResolver.TypeName(item)} at pos {index + 1}");

    private BoundCall? Fail(bool report, string text, string separator = " ") =>
        report ? throw new TorchException(TorchErrorKind.TypeError, $"{_operator.Schema.BaseName}(){separator}{text}") : null;

    private static string TypeText(ArgumentType type)
    {
        string element = type.Kind switch
        {
            ArgumentKind.Tensor => "Tensor",
            ArgumentKind.Scalar => "Number",
            ArgumentKind.Int => type.Text.StartsWith("SymInt", StringComparison.Ordinal) ? type.IsList ? "SymInt" : "int" : "int",
            ArgumentKind.Float => "float",
            ArgumentKind.Bool => "bool",
            ArgumentKind.String => "str",
            ArgumentKind.Dtype => "torch.dtype",
            ArgumentKind.Layout => "torch.layout",
            ArgumentKind.Device => "torch.device",
            ArgumentKind.MemoryFormat => "torch.memory_format",
            ArgumentKind.Generator => "torch.Generator",
            _ => type.Text,
        };
        return type.IsList ? $"tuple of {element}s" : element;
    }

    public override string ToString()
    {
        List<string> parts = [];
        bool keywordOnly = false;
        foreach (SchemaArgument argument in _arguments.Skip(_self))
        {
            if (argument.IsKeywordOnly && !keywordOnly)
            {
                keywordOnly = true;
                parts.Add("*");
            }
            parts.Add($"{TypeText(argument.Type)} {PythonName(argument.Name)}");
        }
        return $"({string.Join(", ", parts)})";
    }
}
