using NnGpt.Python.Runtime;
using NnGpt.Python.Syntax;

namespace NnGpt.Python.Compilation;

/// <summary>try and with around yields: the inner iterator is stepped by hand so that its exceptions can be caught.</summary>
internal sealed partial class Compiler
{
    private ResumableCode ResumableTry(TryStatement node)
    {
        var code = ResumableBlock(node.Body);
        if (node.Handlers.Count > 0)
        {
            var handlers = node.Handlers
                .Select(h => (Handler: CompileHandler(h, s_nothing), Body: ResumableBlock(h.Body)))
                .ToArray();
            code = ResumableExcept(code, handlers, ResumableBlock(node.Otherwise));
        }

        return node.Final.Count == 0 ? code : ResumableFinally(code, ResumableBlock(node.Final));
    }

    /// <summary>One step of an inner iterator: whether it yielded, and the Python exception it raised, if any.</summary>
    private static bool Step(IEnumerator<object> items, out PyException? raised)
    {
        raised = null;
        try
        {
            return items.MoveNext();
        }
        catch (Exception thrown) when (ExceptionTranslation.ToPython(thrown) is { })
        {
            raised = ExceptionTranslation.ToPython(thrown);
            return false;
        }
    }

    private static ResumableCode ResumableExcept(
        ResumableCode body, (Handler Handler, ResumableCode Body)[] handlers, ResumableCode otherwise)
    {
        return Run;

        IEnumerable<object> Run(Frame frame)
        {
            frame.Signal = Completion.Normal;
            PyException? raised;
            using (var items = body(frame).GetEnumerator())
            {
                while (Step(items, out raised))
                    yield return items.Current;
            }

            if (raised is null)
            {
                if (frame.Signal != Completion.Normal)
                    yield break;
                foreach (var value in otherwise(frame))
                    yield return value;
                yield break;
            }

            var found = Find([.. handlers.Select(h => h.Handler)], frame, raised);
            if (found is null)
                throw raised;
            var context = frame.Context;
            var outer = context.Handling;
            context.Handling = raised.Instance;
            found.Bind?.Invoke(frame, raised.Instance);
            frame.Signal = Completion.Normal;
            PyException? again;
            using (var items = handlers.First(h => ReferenceEquals(h.Handler, found)).Body(frame).GetEnumerator())
            {
                while (Step(items, out again))
                {
                    context.Handling = outer;
                    yield return items.Current;
                    context.Handling = raised.Instance;
                }
            }

            context.Handling = outer;
            found.Unbind?.Invoke(frame);
            if (again is null)
                yield break;
            Exceptions.Chain(again, raised.Instance);
            throw again;
        }
    }

    private static ResumableCode ResumableFinally(ResumableCode body, ResumableCode final)
    {
        return Run;

        IEnumerable<object> Run(Frame frame)
        {
            frame.Signal = Completion.Normal;
            PyException? raised;
            using (var items = body(frame).GetEnumerator())
            {
                while (Step(items, out raised))
                    yield return items.Current;
            }

            var (signal, result) = (frame.Signal, frame.ReturnValue);
            frame.Signal = Completion.Normal;
            foreach (var value in final(frame))
                yield return value;
            if (frame.Signal != Completion.Normal)
                yield break;
            if (raised is not null)
                throw raised;
            (frame.Signal, frame.ReturnValue) = (signal, result);
        }
    }

    private ResumableCode ResumableWith(WithStatement node, int index)
    {
        var item = node.Items[index];
        var before = Hoist([item.Manager]);
        var manager = Compile(item.Manager);
        var target = item.Target is null ? null : Target(item.Target);
        var body = index + 1 < node.Items.Count ? ResumableWith(node, index + 1) : ResumableBlock(node.Body);
        return Run;

        IEnumerable<object> Run(Frame frame)
        {
            foreach (var value in before(frame))
                yield return value;
            var (exit, entered) = EnterContext(manager(frame));
            frame.Signal = Completion.Normal;
            PyException? raised;
            using (var items = Body(frame, entered).GetEnumerator())
            {
                while (Step(items, out raised))
                    yield return items.Current;
            }

            if (raised is null)
            {
                var (signal, result) = (frame.Signal, frame.ReturnValue);
                Py.Call(exit, PyNone.Value, PyNone.Value, PyNone.Value);
                (frame.Signal, frame.ReturnValue) = (signal, result);
                yield break;
            }

            if (!ExitContext(frame, exit, raised))
                throw raised;
            frame.Signal = Completion.Normal;
        }

        IEnumerable<object> Body(Frame frame, object entered)
        {
            target?.Invoke(frame, entered);
            foreach (var value in body(frame))
                yield return value;
        }
    }
}
