using NnGpt.Python.Runtime;
using NnGpt.Python.Syntax;

namespace NnGpt.Python.Compilation;

/// <summary>
/// Generators. A statement without yield keeps its plain code; one with yield becomes a .NET iterator. Yields inside an
/// expression run first, in order, each leaving its result in a slot that the expression reads.
/// </summary>
internal sealed partial class Compiler
{
    private readonly Dictionary<Expression, int> _yieldSlots = new(ReferenceEqualityComparer.Instance);

    private ResumableCode ResumableBlock(IReadOnlyList<Statement> body)
    {
        var codes = body.Select(statement => Yields.In(statement)
            ? (Plain: null, Resumable: Resumable(statement))
            : (Plain: Compile(statement), Resumable: (ResumableCode?)null)).ToArray();
        return Run;

        IEnumerable<object> Run(Frame frame)
        {
            foreach (var (plain, resumable) in codes)
            {
                if (plain is not null)
                {
                    frame.Signal = plain(frame);
                }
                else
                {
                    foreach (var value in resumable!(frame))
                        yield return value;
                }

                if (frame.Signal != Completion.Normal)
                    yield break;
            }

            frame.Signal = Completion.Normal;
        }
    }

    private ResumableCode Resumable(Statement statement)
    {
        var code = ResumableNode(statement);
        var line = statement.Line;
        return Run;

        IEnumerable<object> Run(Frame frame)
        {
            frame.Line = line;
            frame.Context.Step();
            frame.Signal = Completion.Normal;
            foreach (var value in code(frame))
                yield return value;
        }
    }

    private ResumableCode ResumableNode(Statement statement) => statement switch
    {
        IfStatement node => ResumableIf(node),
        ForStatement node => ResumableFor(node),
        WhileStatement node => ResumableWhile(node),
        TryStatement node => ResumableTry(node),
        WithStatement node => ResumableWith(node, 0),
        MatchStatement node => ResumableMatch(node),
        _ => Simple(statement),
    };

    private ResumableCode Simple(Statement statement)
    {
        var before = Hoist(Yields.ExpressionsOf(statement));
        var code = CompileNode(statement);
        return Run;

        IEnumerable<object> Run(Frame frame)
        {
            foreach (var value in before(frame))
                yield return value;
            frame.Signal = code(frame);
        }
    }

    /// <summary>Runs the yields of expressions in the order of evaluation.</summary>
    private ResumableCode Hoist(IEnumerable<Expression> expressions)
    {
        var steps = new List<ResumableCode>();
        foreach (var expression in expressions.SelectMany(Yields.InOrder))
        {
            var slot = _scope.NewSlot();
            steps.Add(expression is YieldExpression plain ? Yield(plain, slot) : YieldFrom((YieldFromExpression)expression, slot));
            _yieldSlots[expression] = slot;
        }

        return steps.Count == 1 ? steps[0] : Run;

        IEnumerable<object> Run(Frame frame)
        {
            foreach (var step in steps)
            {
                foreach (var value in step(frame))
                    yield return value;
            }
        }
    }

    private ResumableCode Yield(YieldExpression node, int slot)
    {
        var value = Optional(node.Value);
        return Run;

        IEnumerable<object> Run(Frame frame)
        {
            yield return value(frame);
            frame.ThrowPending();
            frame.Locals[slot] = frame.Sent;
        }
    }

    private ResumableCode YieldFrom(YieldFromExpression node, int slot)
    {
        var source = Compile(node.Value);
        return Run;

        IEnumerable<object> Run(Frame frame)
        {
            var items = Py.Cursor(source(frame));
            frame.Sent = PyNone.Value;
            while (true)
            {
                object? item;
                bool more;
                if (items is PyGenerator generator)
                    more = Delegate(frame, generator, out item);
                else
                    more = items.TryNext(out item);
                if (!more)
                    break;
                yield return item!;
                if (items is not PyGenerator)
                    frame.ThrowPending();
            }

            frame.Locals[slot] = items.Result;
        }
    }

    private static bool Delegate(Frame frame, PyGenerator generator, out object? item)
    {
        if (frame.Thrown is not PyException thrown)
            return generator.TrySend(frame.Sent, out item);
        frame.Thrown = null;
        if (thrown.Is(PyErrors.GeneratorExitClass))
        {
            generator.Close();
            throw thrown;
        }

        return generator.TryThrow(thrown, out item);
    }

    private ResumableCode ResumableIf(IfStatement node)
    {
        var branches = node.Branches
            .Select(b => (Before: Hoist([b.Condition]), Condition: Compile(b.Condition), Body: ResumableBlock(b.Body)))
            .ToArray();
        var otherwise = ResumableBlock(node.Otherwise);
        return Run;

        IEnumerable<object> Run(Frame frame)
        {
            var chosen = otherwise;
            foreach (var (before, condition, body) in branches)
            {
                foreach (var value in before(frame))
                    yield return value;
                if (!Py.Truth(condition(frame)))
                    continue;
                chosen = body;
                break;
            }

            foreach (var value in chosen(frame))
                yield return value;
        }
    }

    private ResumableCode ResumableFor(ForStatement node)
    {
        var before = Hoist([node.Iterable]);
        var iterable = Compile(node.Iterable);
        var target = Target(node.Target);
        var body = ResumableBlock(node.Body);
        var otherwise = ResumableBlock(node.Otherwise);
        return Run;

        IEnumerable<object> Run(Frame frame)
        {
            foreach (var value in before(frame))
                yield return value;
            var items = Py.Cursor(iterable(frame));
            while (items.TryNext(out var item))
            {
                frame.Context.Step();
                target(frame, item);
                frame.Signal = Completion.Normal;
                foreach (var value in body(frame))
                    yield return value;
                if (LeavesLoop(frame, out var isReturn))
                {
                    frame.Signal = isReturn ? Completion.Return : Completion.Normal;
                    yield break;
                }
            }

            foreach (var value in otherwise(frame))
                yield return value;
        }
    }

    private ResumableCode ResumableWhile(WhileStatement node)
    {
        var before = Hoist([node.Condition]);
        var condition = Compile(node.Condition);
        var body = ResumableBlock(node.Body);
        var otherwise = ResumableBlock(node.Otherwise);
        return Run;

        IEnumerable<object> Run(Frame frame)
        {
            while (true)
            {
                foreach (var value in before(frame))
                    yield return value;
                if (!Py.Truth(condition(frame)))
                    break;
                frame.Context.Step();
                frame.Signal = Completion.Normal;
                foreach (var value in body(frame))
                    yield return value;
                if (LeavesLoop(frame, out var isReturn))
                {
                    frame.Signal = isReturn ? Completion.Return : Completion.Normal;
                    yield break;
                }
            }

            foreach (var value in otherwise(frame))
                yield return value;
        }
    }

    private static bool LeavesLoop(Frame frame, out bool isReturn)
    {
        isReturn = frame.Signal == Completion.Return;
        if (frame.Signal is Completion.Break or Completion.Return)
            return true;
        frame.Signal = Completion.Normal;
        return false;
    }

    private ResumableCode ResumableMatch(MatchStatement node)
    {
        var before = Hoist([node.Subject]);
        var subject = Compile(node.Subject);
        var cases = node.Cases
            .Select(c => (Pattern: Compile(c.Pattern), Guard: c.Guard is null ? null : Compile(c.Guard), Body: ResumableBlock(c.Body)))
            .ToArray();
        return Run;

        IEnumerable<object> Run(Frame frame)
        {
            foreach (var value in before(frame))
                yield return value;
            var matched = subject(frame);
            foreach (var (pattern, guard, body) in cases)
            {
                if (!pattern(frame, matched) || (guard is not null && !Py.Truth(guard(frame))))
                    continue;
                foreach (var value in body(frame))
                    yield return value;
                break;
            }
        }
    }
}
