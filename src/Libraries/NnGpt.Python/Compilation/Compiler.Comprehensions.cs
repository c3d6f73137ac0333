using NnGpt.Python.Runtime;
using NnGpt.Python.Syntax;

namespace NnGpt.Python.Compilation;

/// <summary>Comprehensions run in a frame of their own; generator expressions are generators.</summary>
internal sealed partial class Compiler
{
    private ExpressionCode Comprehension(ComprehensionExpression node)
    {
        if (node.Clauses.Any(c => c.IsAsync))
            return _ => throw PyErrors.NotImplementedError("asynchronous comprehensions are not supported");
        var source = Compile(node.Clauses[0].Iterable);
        var inner = Inner(node);
        var capture = Capture(inner._scope);
        var line = node.Line;
        if (node.Kind == ComprehensionKind.Generator)
            return inner.GeneratorExpression(node, source, capture);
        var accumulator = inner._scope.NewSlot();
        var loop = inner.ComprehensionLoop(node, 0, inner.Collect(node, accumulator));
        var scope = inner._scope;
        var kind = node.Kind;
        var code = inner.ComprehensionCode(line);
        return frame =>
        {
            var iterable = source(frame);
            if (!Py.IsIterable(iterable))
                throw PyErrors.TypeError($"'{Py.TypeName(iterable)}' object is not iterable");
            var own = code.NewFrame(frame, scope, capture(frame));
            own.Locals[0] = Py.Cursor(iterable);
            object result = kind switch
            {
                ComprehensionKind.List => new PyList(),
                ComprehensionKind.Set => new PySet(),
                _ => new PyDict(),
            };
            own.Locals[accumulator] = result;
            code.RunLoop(loop, own);
            return result;
        };
    }

    private FunctionCode ComprehensionCode(int line) => new()
    {
        Name = _scope.Name,
        QualifiedName = _scope.QualifiedName,
        File = _unit.File,
        Signature = new Signature([new Parameter(".0", ParameterKind.PositionalOnly)]),
        Line = line,
    };

    private StatementCode Collect(ComprehensionExpression node, int accumulator)
    {
        var element = Compile(node.Element);
        switch (node.Kind)
        {
            case ComprehensionKind.List:
                return frame =>
                {
                    var items = ((PyList)frame.Locals[accumulator]!).Items;
                    if (items.Count == items.Capacity)
                        RunState.ChargeElements(items.Count * 2L, 8);
                    items.Add(element(frame));
                    return Completion.Normal;
                };
            case ComprehensionKind.Set:
                return frame =>
                {
                    ((PySet)frame.Locals[accumulator]!).Add(element(frame));
                    return Completion.Normal;
                };
            default:
                var value = Compile(node.Value!);
                return frame =>
                {
                    var key = element(frame);
                    ((PyDict)frame.Locals[accumulator]!).Set(key, value(frame));
                    return Completion.Normal;
                };
        }
    }

    private StatementCode ComprehensionLoop(ComprehensionExpression node, int index, StatementCode innermost)
    {
        if (index == node.Clauses.Count)
            return innermost;
        var (source, store, conditions) = Clause(node, index);
        var body = ComprehensionLoop(node, index + 1, innermost);
        return frame =>
        {
            var items = source(frame);
            while (items.TryNext(out var item))
            {
                frame.Context.Step();
                store(frame, item);
                if (Holds(conditions, frame))
                    body(frame);
            }

            return Completion.Normal;
        };
    }

    private (Func<Frame, PyIterator> Source, Action<Frame, object> Store, ExpressionCode[] Conditions) Clause(
        ComprehensionExpression node, int index)
    {
        var clause = node.Clauses[index];
        var iterable = index == 0 ? null : Compile(clause.Iterable);
        Func<Frame, PyIterator> source = iterable is null
            ? frame => (PyIterator)frame.Locals[0]!
            : frame => Py.Cursor(iterable(frame));
        return (source, Target(clause.Target), clause.Conditions.Select(Compile).ToArray());
    }

    private static bool Holds(ExpressionCode[] conditions, Frame frame)
    {
        foreach (var condition in conditions)
        {
            if (!Py.Truth(condition(frame)))
                return false;
        }

        return true;
    }

    private ExpressionCode GeneratorExpression(ComprehensionExpression node, ExpressionCode source, Func<Frame, Cell[]> capture)
    {
        var element = Compile(node.Element);
        var code = ComprehensionCode(node.Line);
        code.GeneratorBody = GeneratorLoop(node, 0, element);
        var scope = _scope;
        return frame =>
        {
            var iterable = source(frame);
            if (!Py.IsIterable(iterable))
                throw PyErrors.TypeError($"'{Py.TypeName(iterable)}' object is not iterable");
            var own = code.NewFrame(frame, scope, capture(frame));
            own.Locals[0] = Py.Cursor(iterable);
            return new PyGenerator(code, own);
        };
    }

    private ResumableCode GeneratorLoop(ComprehensionExpression node, int index, ExpressionCode element)
    {
        var (source, store, conditions) = Clause(node, index);
        var inner = index + 1 < node.Clauses.Count ? GeneratorLoop(node, index + 1, element) : null;
        return frame => Run(frame, source, store, conditions, inner, element);

        static IEnumerable<object> Run(
            Frame frame, Func<Frame, PyIterator> source, Action<Frame, object> store, ExpressionCode[] conditions,
            ResumableCode? inner, ExpressionCode element)
        {
            var items = source(frame);
            while (items.TryNext(out var item))
            {
                frame.Context.Step();
                store(frame, item);
                if (!Holds(conditions, frame))
                    continue;
                if (inner is null)
                {
                    yield return element(frame);
                    frame.ThrowPending();
                    continue;
                }

                foreach (var value in inner(frame))
                    yield return value;
            }
        }
    }
}
