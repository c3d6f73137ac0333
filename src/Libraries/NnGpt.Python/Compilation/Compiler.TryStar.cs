using NnGpt.Python.Runtime;
using NnGpt.Python.Syntax;

namespace NnGpt.Python.Compilation;

/// <summary>try with except*: each clause takes its part of an exception group.</summary>
internal sealed partial class Compiler
{
    private StatementCode TryStar(TryStatement node)
    {
        var body = Block(node.Body);
        var handlers = node.Handlers.Select(h => CompileHandler(h, Block(h.Body))).ToArray();
        var otherwise = Block(node.Otherwise);
        StatementCode code = frame =>
        {
            var completion = Attempt(body, frame, out var raised);
            if (raised is null)
                return completion == Completion.Normal ? otherwise(frame) : completion;
            Exceptions.Chain(raised, frame.Context.Handling);
            HandleParts(handlers, frame, raised);
            return Completion.Normal;
        };
        return node.Final.Count == 0 ? code : Finally(code, Block(node.Final));
    }

    private static void HandleParts(Handler[] handlers, Frame frame, PyException raised)
    {
        PyExceptionObject? rest = raised.Instance;
        var again = new List<PyExceptionObject>();
        foreach (var handler in handlers)
        {
            if (rest is null)
                break;
            frame.Line = handler.Line;
            var types = handler.Type!(frame);
            ExceptionGroups.RejectGroupTypes(types);
            PyExceptionObject? matched;
            if (!ExceptionGroups.IsGroup(rest))
                (matched, rest) = Exceptions.Matches(rest, types) ? (new PyExceptionObject(rest.Class.IsSubclassOf(PyErrors.ExceptionClass) ? PyErrors.ExceptionGroupClass : PyErrors.BaseExceptionGroupClass, "", new PyTuple(rest)), null) : ((PyExceptionObject?)null, rest);
            else
                (matched, rest) = ExceptionGroups.Split(rest, e => Exceptions.Matches(e, types));
            if (matched is null)
                continue;
            Attempt(f => Handle(handler, f, new PyException(matched)), frame, out var thrown);
            if (thrown is not null)
                again.Add(thrown.Instance);
        }

        if (again.Count == 0)
        {
            if (rest is not null)
                throw ReferenceEquals(rest, raised.Instance) ? raised : new PyException(rest);
            return;
        }

        if (rest is not null)
            again.Add(rest);
        throw new PyException(again.Count == 1 && rest is null ? again[0] : ExceptionGroups.Make("", again));
    }
}
