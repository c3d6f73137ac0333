using NnGpt.Python.Runtime;
using NnGpt.Python.Syntax;

namespace NnGpt.Python.Compilation;

/// <summary>
/// Generators. A statement without yield keeps its plain code; one with yield becomes a .NET iterator.
/// </summary>
internal sealed partial class Compiler
{
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
        ForStatement { IsAsync: true } node => ResumableAsyncFor(node),
        ForStatement node => ResumableFor(node),
        WhileStatement node => ResumableWhile(node),
        TryStatement { IsStar: true } => _ => throw PyErrors.NotImplementedError("yield inside try with except* is not supported"),
        TryStatement node => ResumableTry(node),
        WithStatement { IsAsync: true } node => ResumableAsyncWith(node, 0),
        WithStatement node => ResumableWith(node, 0),
        AugmentedAssignStatement node => ResumableAugmented(node),
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
        var isAwait = node.IsAwait;
        return Run;

        IEnumerable<object> Run(Frame frame)
        {
            var value = source(frame);
            if (!isAwait && value is PyGenerator { IsCoroutine: true })
                throw PyErrors.TypeError("cannot 'yield from' a coroutine object in a non-coroutine generator");
            var items = isAwait ? Awaitable(value) : Py.Cursor(value);
            foreach (var item in DelegateTo(frame, items))
                yield return item;
            frame.Locals[slot] = items.Result;
        }
    }

    /// <summary>Hands out an iterator's items; send() and throw() go to the iterator as PEP 380 says.</summary>
    private static IEnumerable<object> DelegateTo(Frame frame, PyIterator items)
    {
        frame.Sent = PyNone.Value;
        while (true)
        {
            object? item;
            var more = items switch
            {
                PyGenerator generator => Delegate(frame, generator, out item),
                ProtocolIterator iterator => Delegate(frame, iterator, out item),
                _ => Next(frame, items, out item),
            };
            if (!more)
                yield break;
            yield return item!;
        }
    }

    private static bool Next(Frame frame, PyIterator items, out object? item)
    {
        frame.ThrowPending();
        return frame.Sent is PyNone
            ? items.TryNext(out item)
            : throw PyErrors.AttributeError($"'{Py.TypeName(items)}' object has no attribute 'send'");
    }

    private static bool Delegate(Frame frame, ProtocolIterator iterator, out object? item)
    {
        if (frame.Thrown is PyException thrown)
        {
            frame.Thrown = null;
            var isExit = thrown.Is(PyErrors.GeneratorExitClass);
            if (Py.FindAttr(iterator.Source, isExit ? "close" : "throw") is not { } method)
                throw thrown;
            if (!isExit)
                return iterator.TryStep(() => Py.Call(method, thrown.Instance), out item);
            Py.Call(method);
            throw thrown;
        }

        var sent = frame.Sent;
        return sent is PyNone
            ? iterator.TryNext(out item)
            : iterator.TryStep(() => Py.CallMethod(iterator.Source, "send", sent), out item);
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
            .Select(c => (
                Pattern: Compile(c.Pattern),
                Before: c.Guard is null ? _ => [] : Hoist([c.Guard]),
                Guard: c.Guard is null ? null : Compile(c.Guard),
                Body: ResumableBlock(c.Body)))
            .ToArray();
        return Run;

        IEnumerable<object> Run(Frame frame)
        {
            foreach (var value in before(frame))
                yield return value;
            var matched = subject(frame);
            foreach (var (pattern, beforeGuard, guard, body) in cases)
            {
                if (!pattern(frame, matched))
                    continue;
                foreach (var value in beforeGuard(frame))
                    yield return value;
                if (guard is not null && !Py.Truth(guard(frame)))
                    continue;
                foreach (var value in body(frame))
                    yield return value;
                break;
            }
        }
    }
}
