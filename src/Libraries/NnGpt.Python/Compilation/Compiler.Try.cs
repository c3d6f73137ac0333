using NnGpt.Python.Runtime;
using NnGpt.Python.Syntax;

namespace NnGpt.Python.Compilation;

/// <summary>try and with.</summary>
internal sealed partial class Compiler
{
    private sealed record Handler(ExpressionCode? Type, Action<Frame, object>? Bind, Action<Frame>? Unbind, StatementCode Body, int Line);

    private StatementCode Try(TryStatement node)
    {
        var code = Block(node.Body);
        if (node.Handlers.Count > 0)
            code = Except(code, [.. node.Handlers.Select(h => CompileHandler(h, Block(h.Body)))], Block(node.Otherwise));
        return node.Final.Count == 0 ? code : Finally(code, Block(node.Final));
    }

    private Handler CompileHandler(ExceptHandler handler, StatementCode body) => new(
        handler.Type is null ? null : Compile(handler.Type),
        handler.Name is null ? null : Store(handler.Name),
        handler.Name is null ? null : ForgetIfBound(handler.Name),
        body,
        handler.Line);

    /// <summary>The name of an except clause is unbound at its end, unless the clause did that itself.</summary>
    private Action<Frame> ForgetIfBound(string name)
    {
        var delete = Delete(name);
        return frame =>
        {
            try
            {
                delete(frame);
            }
            catch (PyException exception) when (exception.Is(PyErrors.NameErrorClass))
            {
                // Already unbound.
            }
        };
    }

    private static StatementCode Except(StatementCode body, Handler[] handlers, StatementCode otherwise) => frame =>
    {
        var completion = Attempt(body, frame, out var raised);
        if (raised is null)
            return completion == Completion.Normal ? otherwise(frame) : completion;
        return Find(handlers, frame, raised) is { } handler ? Handle(handler, frame, raised) : throw raised;
    };

    /// <summary>
    /// Runs a body and gives what it raised. Handlers run after this: .NET keeps the thrower's stack until a catch block
    /// ends, and code that ran inside nested ones would pile up the stacks of all of them.
    /// </summary>
    private static Completion Attempt(StatementCode body, Frame frame, out PyException? raised)
    {
        var depth = frame.Context.Depth;
        try
        {
            raised = null;
            return body(frame);
        }
        catch (Exception thrown) when (ExceptionTranslation.ToPython(thrown) is not null)
        {
            raised = ExceptionTranslation.ToPython(thrown);
            frame.Context.Depth = depth;
            return Completion.Normal;
        }
    }

    private static Handler? Find(Handler[] handlers, Frame frame, PyException exception)
    {
        Exceptions.Chain(exception, frame.Context.Handling);
        foreach (var handler in handlers)
        {
            if (handler.Type is null)
                return handler;
            var line = frame.Line;
            frame.Line = handler.Line;
            if (Exceptions.Matches(exception.Instance, handler.Type(frame)))
                return handler;
            frame.Line = line;
        }

        return null;
    }

    private static Completion Handle(Handler handler, Frame frame, PyException exception)
    {
        var context = frame.Context;
        var outer = context.Handling;
        context.Handling = exception.Instance;
        handler.Bind?.Invoke(frame, exception.Instance);
        try
        {
            return handler.Body(frame);
        }
        catch (PyException raised) when (Note(raised, exception.Instance))
        {
            throw;
        }
        finally
        {
            context.Handling = outer;
            handler.Unbind?.Invoke(frame);
        }
    }

    private static bool Note(PyException raised, PyExceptionObject handled)
    {
        Exceptions.Chain(raised, handled);
        return false;
    }

    /// <summary>A limit that was exceeded, or a bug of the host, ends the code without its finally clauses.</summary>
    private static StatementCode Finally(StatementCode body, StatementCode final) => frame =>
    {
        var completion = Attempt(body, frame, out var exception);
        var result = frame.ReturnValue;
        if (exception is not null)
        {
            var line = frame.Line;
            var ending = FinallyAfter(exception, final, frame);
            if (ending != Completion.Normal)
                return ending;
            frame.Line = line;
            throw exception;
        }

        var end = final(frame);
        if (end != Completion.Normal)
            return end;
        frame.ReturnValue = result;
        return completion;
    };

    private static Completion FinallyAfter(PyException exception, StatementCode final, Frame frame)
    {
        var outer = frame.Context.Handling;
        frame.Context.Handling = exception.Instance;
        try
        {
            return final(frame);
        }
        catch (PyException raised) when (Note(raised, exception.Instance))
        {
            throw;
        }
        finally
        {
            frame.Context.Handling = outer;
        }
    }

    private StatementCode With(WithStatement node, int index, StatementCode body)
    {
        var item = node.Items[index];
        var manager = Compile(item.Manager);
        var target = item.Target is null ? null : Target(item.Target);
        var inner = index + 1 < node.Items.Count ? With(node, index + 1, body) : body;
        return frame =>
        {
            var (exit, value) = EnterContext(manager(frame));
            StatementCode bound = target is null
                ? inner
                : f =>
                {
                    target(f, value);
                    return inner(f);
                };
            var completion = Attempt(bound, frame, out var raised);
            var result = frame.ReturnValue;
            if (raised is not null)
                return ExitContext(frame, exit, raised) ? Completion.Normal : throw raised;
            Py.Call(exit, PyNone.Value, PyNone.Value, PyNone.Value);
            frame.ReturnValue = result;
            return completion;
        };
    }

    private static (object Exit, object Value) EnterContext(object manager)
    {
        var type = Py.TypeOf(manager);
        var enter = type.Lookup("__enter__") ?? throw Py.NotContextManager(type);
        var exit = type.Lookup("__exit__") ?? throw PyErrors.TypeError(
            $"'{type.Name}' object does not support the context manager protocol (missed __exit__ method)");
        return (Py.BindDescriptor(exit, manager, type), Py.Call(Py.BindDescriptor(enter, manager, type)));
    }

    /// <summary>Whether <c>__exit__</c> swallowed the exception.</summary>
    private static bool ExitContext(Frame frame, object exit, PyException exception)
    {
        var outer = frame.Context.Handling;
        frame.Context.Handling = exception.Instance;
        try
        {
            return Py.Truth(Py.Call(exit, exception.Instance.Class, exception.Instance, PyNone.Value));
        }
        catch (PyException raised) when (Note(raised, exception.Instance))
        {
            throw;
        }
        finally
        {
            frame.Context.Handling = outer;
        }
    }
}
