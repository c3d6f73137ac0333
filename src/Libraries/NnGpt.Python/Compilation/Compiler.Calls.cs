using NnGpt.Python.Runtime;
using NnGpt.Python.Syntax;

namespace NnGpt.Python.Compilation;

/// <summary>Calls: methods without a bound-method object, starred arguments, zero-argument super.</summary>
internal sealed partial class Compiler
{
    private ExpressionCode Call(CallExpression node)
    {
        if (node.Function is NameExpression { Id: "super" } && node.Arguments.Count == 0 && _scope.Kind == ScopeKind.Function)
            return SuperCall(node);
        if (node.Function is NameExpression { Id: "locals" or "vars" } view && node.Arguments.Count == 0
            && _scope.Kind != ScopeKind.Module && _scope.KindOf(view.Id) == VariableKind.Global)
            return LocalsCall(node, view.Id);
        var line = node.Line;
        if (node.Arguments.All(a => a is { IsStarred: false, IsKeyword: false }))
            return PositionalCall(node, line);
        var arguments = Arguments(node.Arguments);
        if (node.Function is AttributeExpression method)
        {
            var target = Compile(method.Target);
            var name = method.Name;
            var hash = PyHash.OfString(name);
            var methodLine = method.Line;
            // A method is called where its name stands; a call with stars where it begins.
            if (!node.Arguments.Any(a => a.IsStarred || (a.IsKeyword && a.Name is null)))
                line = methodLine;
            return frame =>
            {
                var value = target(frame);
                frame.Line = methodLine;
                var wantsSelf = Py.FindMethod(value, name, hash, out var function);
                var (positional, keywords) = arguments(frame, wantsSelf ? value : null, function);
                frame.Line = line;
                return Invoke(frame, function, positional, keywords);
            };
        }

        var code = Compile(node.Function);
        return frame =>
        {
            var function = code(frame);
            var (positional, keywords) = arguments(frame, null, function);
            frame.Line = line;
            return Invoke(frame, function, positional, keywords);
        };
    }

    private static object Invoke(Frame frame, object function, object[] positional, Keyword[]? keywords)
    {
        frame.Context.Step();
        return Py.Call(function, positional, keywords);
    }

    private ExpressionCode PositionalCall(CallExpression node, int line)
    {
        var arguments = node.Arguments.Select(a => Compile(a.Value)).ToArray();
        if (node.Function is AttributeExpression method)
        {
            var target = Compile(method.Target);
            var name = method.Name;
            var hash = PyHash.OfString(name);
            var methodLine = method.Line;
            return frame =>
            {
                var value = target(frame);
                frame.Line = methodLine;
                var offset = Py.FindMethod(value, name, hash, out var function) ? 1 : 0;
                var positional = new object[arguments.Length + offset];
                if (offset == 1)
                    positional[0] = value;
                for (var i = 0; i < arguments.Length; i++)
                    positional[i + offset] = arguments[i](frame);
                frame.Line = methodLine;
                return Invoke(frame, function, positional, null);
            };
        }

        var code = Compile(node.Function);
        return frame =>
        {
            var function = code(frame);
            var positional = new object[arguments.Length];
            for (var i = 0; i < positional.Length; i++)
                positional[i] = arguments[i](frame);
            frame.Line = line;
            return Invoke(frame, function, positional, null);
        };
    }

    /// <summary>Evaluates arguments; self comes first when it is not null, and messages name the function.</summary>
    private Func<Frame, object?, object?, (object[] Positional, Keyword[]? Keywords)> Arguments(IReadOnlyList<Argument> arguments)
    {
        var codes = arguments.Select(a => (a.IsStarred, a.IsKeyword, a.Name, Code: Compile(a.Value))).ToArray();
        return (frame, self, function) =>
        {
            var positional = new List<object>(codes.Length + 1);
            if (self is not null)
                positional.Add(self);
            List<Keyword>? keywords = null;
            foreach (var (isStarred, isKeyword, name, code) in codes)
            {
                var value = code(frame);
                if (isStarred)
                {
                    if (!Py.IsIterable(value))
                        throw PyErrors.TypeError($"{FunctionText(function)} argument after * must be an iterable, not {Py.TypeName(value)}");
                    positional.AddRange(Py.ToList(value));
                }
                else if (!isKeyword)
                {
                    positional.Add(value);
                }
                else if (name is not null)
                {
                    AddKeyword(keywords ??= [], function, name, value);
                }
                else
                {
                    UnpackKeywords(keywords ??= [], function, value);
                }
            }

            return ([.. positional], keywords?.ToArray());
        };
    }

    private static void AddKeyword(List<Keyword> keywords, object? function, string name, object value)
    {
        foreach (var keyword in keywords)
        {
            if (keyword.Name == name)
                throw PyErrors.TypeError($"{FunctionText(function)} got multiple values for keyword argument '{name}'");
        }

        keywords.Add(new Keyword(name, value));
    }

    private static void UnpackKeywords(List<Keyword> keywords, object? function, object mapping)
    {
        var dict = mapping as PyDict;
        if (dict is null)
        {
            if (Py.FindAttr(mapping, "keys") is null)
                throw PyErrors.TypeError($"{FunctionText(function)} argument after ** must be a mapping, not {Py.TypeName(mapping)}");
            dict = new PyDict();
            Unpack(dict, mapping);
        }

        foreach (var (key, value) in dict.Entries)
        {
            if (!Py.TryText(key, out var name))
                throw PyErrors.TypeError("keywords must be strings");
            AddKeyword(keywords, function, name, value);
        }
    }

    /// <summary>A called function in messages about its arguments: <c>module.name()</c>.</summary>
    private static string FunctionText(object? function) => function switch
    {
        null => "__build_class__()",
        PyBoundMethod method => FunctionText(method.Function),
        PyFunction python => $"{Py.Str(python.ModuleName)}.{python.QualifiedName}()",
        NativeFunction native => $"{native.QualifiedName}()",
        PyClass { Module: "builtins" } cls => $"{cls.QualifiedName}()",
        PyClass cls => $"{cls.Module}.{cls.QualifiedName}()",
        _ => $"{Py.SafeStr(function)}()",
    };

    private ExpressionCode SuperCall(CallExpression node)
    {
        var callee = Load("super");
        var line = node.Line;
        var cls = _scope.KindOf("__class__") == VariableKind.Free ? Load("__class__") : null;
        var self = _scope.Parameters.Count > 0 ? Load(_scope.Parameters[0]) : null;
        return frame =>
        {
            var function = callee(frame);
            frame.Line = line;
            if (!ReferenceEquals(function, PyTypes.Super))
                return Invoke(frame, function, [], null);
            if (self is null)
                throw PyErrors.RuntimeError("super(): no arguments");
            if (cls is null)
                throw PyErrors.RuntimeError("super(): __class__ cell not found");
            return new PySuper((PyClass)cls(frame), self(frame));
        };
    }

    // locals(): a new dict of the variables that have a value, parameters first.
    private ExpressionCode LocalsCall(CallExpression node, string function)
    {
        var shadow = Load(function);
        var line = node.Line;
        var hash = PyHash.OfString(function);
        var scope = _scope;
        var names = scope.Parameters.Concat(scope.Bound.Where(name => !scope.Parameters.Contains(name) && !scope.Globals.Contains(name) && !scope.Nonlocals.Contains(name)))
            .Concat(scope.FreeNames).Distinct().ToArray();
        return frame =>
        {
            frame.Line = line;
            if (frame.Globals.GetOrNull(function, hash) is not null)
                return Invoke(frame, shadow(frame), [], null);
            if (scope.Kind == ScopeKind.Class)
                return frame.Namespace!.Copy();
            var variables = new PyDict();
            foreach (var name in names)
            {
                var value = scope.KindOf(name) switch
                {
                    VariableKind.Local => frame.Locals[scope.SlotOf(name)],
                    VariableKind.Cell => ((Cell)frame.Locals[scope.SlotOf(name)]!).Value,
                    VariableKind.Free => frame.Closure[scope.FreeIndex(name)].Value,
                    _ => null,
                };
                if (value is not null)
                    variables.Set(name, value);
            }

            return variables;
        };
    }
}
