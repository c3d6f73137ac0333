using NnGpt.Python.Runtime;
using NnGpt.Python.Syntax;

namespace NnGpt.Python.Compilation;

/// <summary>Statements but try, with, def, class, import and match.</summary>
internal sealed partial class Compiler
{
    private StatementCode Compile(Statement statement)
    {
        if (statement is PassStatement or GlobalStatement or ExpressionStatement { Value: ConstantExpression })
            return s_nothing;
        var line = statement.Line;
        _statementLine = line;
        var code = CompileNode(statement);
        return frame =>
        {
            frame.Line = line;
            frame.Context.Step();
            return code(frame);
        };
    }

    private StatementCode CompileNode(Statement statement)
    {
        switch (statement)
        {
            case ExpressionStatement node:
                var expression = Compile(node.Value);
                return frame =>
                {
                    expression(frame);
                    return Completion.Normal;
                };
            case AssignStatement node:
                return Assign(node);
            case AugmentedAssignStatement node:
                return Augmented(node);
            case AnnotatedAssignStatement node:
                return Annotated(node);
            case ReturnStatement node:
                var result = Optional(node.Value);
                return frame =>
                {
                    frame.ReturnValue = result(frame);
                    return Completion.Return;
                };
            case IfStatement node:
                return If(node);
            case ForStatement node:
                return For(node);
            case WhileStatement node:
                return While(node);
            case BreakStatement:
                return _ => Completion.Break;
            case ContinueStatement:
                return _ => Completion.Continue;
            case AssertStatement node:
                return Assert(node);
            case DeleteStatement node:
                var deletions = node.Targets.Select(Deletion).ToArray();
                return frame =>
                {
                    foreach (var deletion in deletions)
                        deletion(frame);
                    return Completion.Normal;
                };
            case RaiseStatement node:
                return Raise(node);
            case TryStatement node:
                return node.IsStar ? TryStar(node) : Try(node);
            case WithStatement node:
                return With(node, 0, Block(node.Body));
            case FunctionStatement node:
                return Function(node);
            case ClassStatement node:
                return Class(node);
            case ImportStatement node:
                return Import(node);
            case ImportFromStatement node:
                return ImportFrom(node);
            case MatchStatement node:
                return Match(node);
            default:
                throw new InvalidOperationException($"unexpected {statement.GetType().Name}");
        }
    }

    private StatementCode Assign(AssignStatement node)
    {
        var value = Compile(node.Value);
        var targets = node.Targets.Select(Target).ToArray();
        if (targets.Length == 1)
        {
            var target = targets[0];
            return frame =>
            {
                target(frame, value(frame));
                return Completion.Normal;
            };
        }

        return frame =>
        {
            var result = value(frame);
            foreach (var target in targets)
                target(frame, result);
            return Completion.Normal;
        };
    }

    private StatementCode If(IfStatement node)
    {
        var branches = node.Branches.Select(b => (Condition: Compile(b.Condition), Body: Block(b.Body))).ToArray();
        var otherwise = Block(node.Otherwise);
        return frame =>
        {
            foreach (var (condition, body) in branches)
            {
                if (Py.Truth(condition(frame)))
                    return body(frame);
            }

            return otherwise(frame);
        };
    }

    private StatementCode For(ForStatement node)
    {
        var iterable = Compile(node.Iterable);
        var target = Target(node.Target);
        var body = Block(node.Body);
        var otherwise = Block(node.Otherwise);
        var line = node.Line;
        return frame =>
        {
            var items = Py.Cursor(iterable(frame));
            while (items.TryNext(out var item))
            {
                frame.Context.Step();
                target(frame, item);
                var completion = body(frame);
                if (completion == Completion.Break)
                    return Completion.Normal;
                if (completion == Completion.Return)
                    return completion;
                frame.Line = line;
            }

            return otherwise(frame);
        };
    }

    private StatementCode While(WhileStatement node)
    {
        var condition = Compile(node.Condition);
        var body = Block(node.Body);
        var otherwise = Block(node.Otherwise);
        var line = node.Line;
        return frame =>
        {
            while (Py.Truth(condition(frame)))
            {
                frame.Context.Step();
                var completion = body(frame);
                if (completion == Completion.Break)
                    return Completion.Normal;
                if (completion == Completion.Return)
                    return completion;
                frame.Line = line;
            }

            return otherwise(frame);
        };
    }

    private StatementCode Assert(AssertStatement node)
    {
        var condition = Compile(node.Condition);
        var message = node.Message is null ? null : Compile(node.Message);
        return frame =>
        {
            if (Py.Truth(condition(frame)))
                return Completion.Normal;
            throw message is null
                ? PyErrors.New(PyErrors.AssertionErrorClass)
                : PyErrors.New(PyErrors.AssertionErrorClass, message(frame));
        };
    }

    private StatementCode Raise(RaiseStatement node)
    {
        if (node.Exception is null)
        {
            return frame => throw (frame.Context.Handling is { } handling
                ? new PyException(handling)
                : PyErrors.RuntimeError("No active exception to reraise"));
        }

        var exception = Compile(node.Exception);
        var cause = node.Cause is null ? null : Compile(node.Cause);
        return frame =>
        {
            var instance = Exceptions.Instantiate(exception(frame), "exceptions must derive from BaseException");
            if (cause is not null)
            {
                var value = cause(frame);
                instance.Cause = value is PyNone
                    ? null
                    : Exceptions.Instantiate(value, "exception causes must derive from BaseException");
                instance.SuppressContext = true;
            }

            throw new PyException(instance);
        };
    }
}
