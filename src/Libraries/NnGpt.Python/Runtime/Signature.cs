namespace NnGpt.Python.Runtime;

/// <summary>The parameters of a function and the binding of arguments to them, with CPython's error messages.</summary>
internal sealed partial class Signature
{
    private readonly int _positional;
    private readonly int _positionalOnly;
    private readonly int _varArgs = -1;
    private readonly int _varKeywords = -1;
    private readonly bool _simple;

    public Signature(Parameter[] parameters)
    {
        Parameters = parameters;
        _positionalOnly = parameters.Count(p => p.Kind == ParameterKind.PositionalOnly);
        _positional = _positionalOnly + parameters.Count(p => p.Kind == ParameterKind.Positional);
        _varArgs = Array.FindIndex(parameters, p => p.Kind == ParameterKind.VarArgs);
        _varKeywords = Array.FindIndex(parameters, p => p.Kind == ParameterKind.VarKeywords);
        _simple = _positional == parameters.Length;
    }

    public Parameter[] Parameters { get; }

    public object[] Bind(string function, object[] arguments, Keyword[]? keywords, object?[]? defaults = null)
    {
        if (_simple && keywords is null && arguments.Length == _positional)
            return arguments;
        var slots = new object?[Parameters.Length];
        BindInto(slots, function, arguments, keywords, defaults);
        return slots!;
    }

    /// <summary>Fills the first slots of a frame; <paramref name="defaults"/> overrides the parameters' own defaults.</summary>
    public void BindInto(object?[] slots, string function, object[] arguments, Keyword[]? keywords, object?[]? defaults)
    {
        var given = Math.Min(arguments.Length, _positional);
        Array.Copy(arguments, slots, given);
        if (_varArgs >= 0)
            slots[_varArgs] = arguments.Length > _positional ? new PyTuple(arguments[_positional..]) : PyTuple.Empty;
        PyDict? extra = null;
        if (_varKeywords >= 0)
            slots[_varKeywords] = extra = new PyDict();
        if (keywords is not null)
            BindKeywords(slots, function, keywords, extra);
        if (arguments.Length > _positional && _varArgs < 0)
            throw TooMany(function, arguments.Length, slots, defaults);
        for (var i = 0; i < Parameters.Length; i++)
        {
            if (slots[i] is not null)
                continue;
            slots[i] = (defaults is null ? Parameters[i].Default : defaults[i]) ?? throw Missing(function, slots, defaults);
        }
    }

    /// <summary><c>__defaults__</c>: those of the positional parameters, or None.</summary>
    public object DefaultsTuple(object?[] defaults)
    {
        var given = defaults.Take(_positional).Where(d => d is not null);
        return given.Any() ? PyTuple.From(given!) : PyNone.Value;
    }

    /// <summary>The defaults after <c>__defaults__</c> was set: they belong to the last positional parameters.</summary>
    public object?[] WithDefaults(object?[] defaults, object value)
    {
        var items = value is PyTuple tuple ? tuple.Items : [];
        var changed = (object?[])defaults.Clone();
        for (var i = 0; i < _positional; i++)
        {
            var index = i - (_positional - items.Length);
            changed[i] = index >= 0 ? items[index] : null;
        }

        return changed;
    }

    private void BindKeywords(object?[] slots, string function, Keyword[] keywords, PyDict? extra)
    {
        foreach (var keyword in keywords)
        {
            var index = IndexOf(keyword.Name);
            if (index >= 0)
            {
                if (slots[index] is not null)
                    throw PyErrors.TypeError($"{function}() got multiple values for argument '{keyword.Name}'");
                slots[index] = keyword.Value;
            }
            else if (extra is not null)
            {
                extra.Set(keyword.Name, keyword.Value);
            }
            else if (Parameters.Take(_positionalOnly).Any(p => p.Name == keyword.Name))
            {
                throw PyErrors.TypeError(
                    $"{function}() got some positional-only arguments passed as keyword arguments: '{keyword.Name}'");
            }
            else
            {
                throw PyErrors.TypeError($"{function}() got an unexpected keyword argument '{keyword.Name}'");
            }
        }
    }

    private int IndexOf(string name)
    {
        for (var i = _positionalOnly; i < Parameters.Length; i++)
        {
            var parameter = Parameters[i];
            if (parameter.Kind is ParameterKind.Positional or ParameterKind.KeywordOnly && parameter.Name == name)
                return i;
        }

        return -1;
    }

    private PyException Missing(string function, object?[] slots, object?[]? defaults)
    {
        bool Absent(int i, bool keywordOnly) =>
            slots[i] is null && (defaults is null ? Parameters[i].Default : defaults[i]) is null
            && (Parameters[i].Kind == ParameterKind.KeywordOnly) == keywordOnly;
        var kind = "positional";
        var names = Enumerable.Range(0, Parameters.Length).Where(i => Absent(i, false)).Select(i => Parameters[i].Name).ToList();
        if (names.Count == 0)
        {
            kind = "keyword-only";
            names = [.. Enumerable.Range(0, Parameters.Length).Where(i => Absent(i, true)).Select(i => Parameters[i].Name)];
        }

        var quoted = names.Select(n => $"'{n}'").ToList();
        var list = quoted.Count switch
        {
            1 => quoted[0],
            2 => $"{quoted[0]} and {quoted[1]}",
            _ => $"{string.Join(", ", quoted.SkipLast(1))}, and {quoted[^1]}",
        };
        return PyErrors.TypeError(
            $"{function}() missing {names.Count} required {kind} argument{(names.Count == 1 ? "" : "s")}: {list}");
    }

    private PyException TooMany(string function, int given, object?[] slots, object?[]? defaults)
    {
        var optional = Enumerable.Range(0, _positional).Count(i => (defaults is null ? Parameters[i].Default : defaults[i]) is not null);
        var takes = optional > 0 ? $"from {_positional - optional} to {_positional}" : $"{_positional}";
        var plural = _positional != 1 || optional > 0;
        var keywordOnly = Enumerable.Range(0, Parameters.Length)
            .Count(i => Parameters[i].Kind == ParameterKind.KeywordOnly && slots[i] is not null);
        var were = keywordOnly > 0
            ? $"{given} positional argument{(given == 1 ? "" : "s")} (and {keywordOnly} keyword-only argument{(keywordOnly == 1 ? "" : "s")}) were given"
            : $"{given} {(given == 1 ? "was" : "were")} given";
        return PyErrors.TypeError($"{function}() takes {takes} positional argument{(plural ? "s" : "")} but {were}");
    }
}
