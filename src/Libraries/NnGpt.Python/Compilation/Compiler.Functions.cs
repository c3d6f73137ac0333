using NnGpt.Python.Runtime;
using NnGpt.Python.Syntax;

namespace NnGpt.Python.Compilation;

/// <summary>def, lambda and class.</summary>
internal sealed partial class Compiler
{
    private StatementCode Function(FunctionStatement node)
    {
        var inner = Inner(node);
        var code = inner.FunctionBody(node.Parameters, node.Line);
        code.IsCoroutine = node.IsAsync;
        if (node.IsAsync && inner._scope.IsGenerator)
            code.Body = _ => throw PyErrors.NotImplementedError("asynchronous generators are not supported");
        else if (inner._scope.IsGenerator || node.IsAsync)
            code.GeneratorBody = inner.ResumableBlock(node.Body);
        else
            code.Body = inner.Block(node.Body);
        inner.Finish(code);
        object? doc = node.Body[0] is ExpressionStatement { Value: ConstantExpression { Value: string text } } ? text : null;
        var make = FunctionMaker(code, node.Parameters, inner._scope);
        var annotations = Annotations(node);
        var decorators = node.Decorators.Select(Compile).ToArray();
        var lines = node.Decorators.Select(d => d.Line).ToArray();
        var store = Store(node.Variable);
        return frame =>
        {
            var applied = new object[decorators.Length];
            for (var i = 0; i < applied.Length; i++)
                applied[i] = decorators[i](frame);
            var function = make(frame);
            function.Doc = doc;
            annotations?.Invoke(frame, function.Annotations);
            object value = function;
            for (var i = applied.Length - 1; i >= 0; i--)
            {
                frame.Line = lines[i];
                value = Invoke(frame, applied[i], [value], null);
            }

            store(frame, value);
            return Completion.Normal;
        };
    }

    private ExpressionCode TypeParameter(TypeParameterExpression node)
    {
        var bound = node.Bound is null ? null : Compile(node.Bound);
        var (name, kind) = (node.Name, node.Kind);
        return frame => Modules.TypeParameters.Make(kind, name, bound?.Invoke(frame));
    }

    private ExpressionCode TypeAlias(TypeAliasExpression node)
    {
        var value = Compile(node.Value);
        var parameters = node.Parameters.Select(Load).ToArray();
        var name = node.Name;
        return frame => Modules.TypeParameters.MakeAlias(name, value(frame), PyTuple.From(parameters.Select(p => p(frame))));
    }

    private ExpressionCode Lambda(LambdaExpression node)
    {
        var inner = Inner(node);
        var code = inner.FunctionBody(node.Parameters, node.Line);
        if (inner._scope.IsGenerator)
        {
            code.GeneratorBody = inner.ResumableBlock([new ReturnStatement(node.Body) { Line = node.Line }]);
        }
        else
        {
            var body = inner.Compile(node.Body);
            var line = node.Line;
            code.Body = frame =>
            {
                frame.Line = line;
                frame.ReturnValue = body(frame);
                return Completion.Return;
            };
        }

        inner.Finish(code);
        var make = FunctionMaker(code, node.Parameters, inner._scope);
        return frame => make(frame);
    }

    private FunctionCode FunctionBody(IReadOnlyList<ParameterNode> parameters, int line)
    {
        return new FunctionCode
        {
            Name = _scope.Name,
            QualifiedName = _scope.QualifiedName,
            File = _unit.File,
            Signature = new Signature([.. parameters.Select(p => new Parameter(p.Name, p.Kind))]),
            Line = line,
        };
    }

    private void Finish(FunctionCode code)
    {
        code.CellParameters = _scope.CellParameterSlots;
        code.CellLocals = _scope.CellSlots;
        code.LocalCount = _scope.SlotCount;
    }

    private Func<Frame, PyFunction> FunctionMaker(FunctionCode code, IReadOnlyList<ParameterNode> parameters, Scope inner)
    {
        var defaults = parameters.Select(p => p.Default is null ? null : Compile(p.Default)).ToArray();
        var hasDefaults = defaults.Any(d => d is not null);
        var none = new object?[defaults.Length];
        var capture = Capture(inner);
        return frame =>
        {
            var values = none;
            if (hasDefaults)
            {
                values = new object?[defaults.Length];
                for (var i = 0; i < values.Length; i++)
                    values[i] = defaults[i]?.Invoke(frame);
            }

            return new PyFunction(code, values, capture(frame), frame.Module);
        };
    }

    private Action<Frame, PyDict>? Annotations(FunctionStatement node)
    {
        var items = node.Parameters.Where(p => p.Annotation is not null)
            .Select(p => (p.Name, Code: Annotation(p.Annotation!)))
            .ToList();
        if (node.Returns is not null)
            items.Add(("return", Annotation(node.Returns)));
        if (items.Count == 0)
            return null;
        return (frame, annotations) =>
        {
            foreach (var (name, code) in items)
                annotations.Set(name, code(frame));
        };
    }

    private ExpressionCode Annotation(Expression annotation)
    {
        if (_unit.LazyAnnotations)
            return AnnotationText(annotation);
        return Compile(annotation is StarredExpression starred ? starred.Value : annotation);
    }

    private StatementCode Class(ClassStatement node)
    {
        var inner = Inner(node);
        var body = inner.Block(node.Body);
        var scope = inner._scope;
        var capture = Capture(scope);
        var arguments = Arguments(node.Arguments);
        var decorators = node.Decorators.Select(Compile).ToArray();
        var lines = node.Decorators.Select(d => d.Line).ToArray();
        var store = Store(node.Variable);
        var (name, qualifiedName) = (node.Name, scope.QualifiedName);
        object doc = node.Body[0] is ExpressionStatement { Value: ConstantExpression { Value: string text } } ? text : PyNone.Value;
        var code = new FunctionCode
        {
            Name = name,
            QualifiedName = qualifiedName,
            File = _unit.File,
            Signature = new Signature([]),
            Line = node.Line,
            Body = body,
            LocalCount = scope.SlotCount,
        };
        var classCell = scope.IsCell("__class__") ? scope.SlotOf("__class__") : -1;
        var line = node.Line;
        return frame =>
        {
            var applied = new object[decorators.Length];
            for (var i = 0; i < applied.Length; i++)
                applied[i] = decorators[i](frame);
            var (bases, keywords) = arguments(frame, null, null);
            frame.Line = line;
            var request = new ClassBuilder(name, bases, keywords);
            var cell = classCell >= 0 ? new Cell() : null;
            var names = request.Namespace;
            names.Set("__module__", frame.Globals.GetOrNull("__name__") ?? "__main__");
            names.Set("__qualname__", qualifiedName);
            if (doc is not PyNone)
                names.Set("__doc__", doc);
            code.RunClass(frame, names, capture(frame), classCell, cell);
            var value = request.Build(cell);
            for (var i = applied.Length - 1; i >= 0; i--)
            {
                frame.Line = lines[i];
                value = Invoke(frame, applied[i], [value], null);
            }

            store(frame, value);
            return Completion.Normal;
        };
    }
}
