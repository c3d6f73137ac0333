using System.Runtime.CompilerServices;
using System.Text;
using NnGpt.Python.Runtime;
using NnGpt.Python.Syntax;

namespace NnGpt.Python.Compilation;

/// <summary>Expressions but calls and comprehensions.</summary>
internal sealed partial class Compiler
{
    private const int DeepTree = 40;

    private ExpressionCode Compile(Expression expression)
    {
        RuntimeHelpers.EnsureSufficientExecutionStack();
        if (_lowered.Count > 0 && _lowered.TryGetValue(expression, out var read))
            return read;
        var code = CompileNode(expression);
        if (expression.Height <= DeepTree)
            return code;
        return frame =>
        {
            RuntimeHelpers.EnsureSufficientExecutionStack();
            return code(frame);
        };
    }

    private ExpressionCode CompileNode(Expression expression)
    {
        switch (expression)
        {
            case NameExpression node:
                return LoadAt(node);
            case ConstantExpression node:
                var constant = node.Value;
                return _ => constant;
            case AttributeExpression node:
                return Attribute(node);
            case CallExpression node:
                return Call(node);
            case SubscriptExpression node:
                var (target, index) = (Compile(node.Target), Compile(node.Index));
                var subscriptLine = node.Line;
                return frame =>
                {
                    var container = target(frame);
                    var key = index(frame);
                    frame.Line = subscriptLine;
                    return Py.GetItem(container, key);
                };
            case SliceExpression node:
                var (start, stop, step) = (Optional(node.Start), Optional(node.Stop), Optional(node.Step));
                return frame => new PySlice(start(frame), stop(frame), step(frame));
            case BinaryExpression node:
                var (op, left, right) = (node.Operator, Compile(node.Left), Compile(node.Right));
                var binaryLine = node.Line;
                return frame =>
                {
                    var first = left(frame);
                    var second = right(frame);
                    frame.Line = binaryLine;
                    return Py.Binary(op, first, second);
                };
            case UnaryExpression node:
                return Unary(node);
            case BooleanExpression node:
                return Boolean(node);
            case CompareExpression node:
                return Compare(node);
            case ConditionalExpression node:
                var (condition, then, otherwise) = (Compile(node.Condition), Compile(node.Then), Compile(node.Otherwise));
                return frame => Py.Truth(condition(frame)) ? then(frame) : otherwise(frame);
            case SequenceExpression node:
                return Sequence(node);
            case DictExpression node:
                return Dict(node);
            case FormattedString node:
                return Formatted(node);
            case NamedExpression node:
                var (value, store) = (Compile(node.Value), Store(node.Target.Id));
                return frame =>
                {
                    var result = value(frame);
                    store(frame, result);
                    return result;
                };
            case LambdaExpression node:
                return Lambda(node);
            case ComprehensionExpression node:
                return Comprehension(node);
            case TypeParameterExpression node:
                return TypeParameter(node);
            case TypeAliasExpression node:
                return TypeAlias(node);
            case YieldExpression or YieldFromExpression:
                return _ => throw PyErrors.NotImplementedError("yield or await at this place is not supported");
            default:
                throw new InvalidOperationException($"unexpected {expression.GetType().Name}");
        }
    }

    /// <summary>A name on another line than its statement's beginning tells its line to the traceback.</summary>
    private ExpressionCode LoadAt(NameExpression node)
    {
        var load = Load(node.Id);
        var line = node.Line;
        if (line == _statementLine)
            return load;
        return frame =>
        {
            frame.Line = line;
            return load(frame);
        };
    }

    private ExpressionCode Optional(Expression? expression) =>
        expression is null ? _ => PyNone.Value : Compile(expression);

    private ExpressionCode Attribute(AttributeExpression node)
    {
        var target = Compile(node.Target);
        var (name, line) = (node.Name, node.Line);
        var hash = PyHash.OfString(name);
        return frame =>
        {
            var value = target(frame);
            frame.Line = line;
            return Py.GetAttr(value, name, hash);
        };
    }

    private ExpressionCode Unary(UnaryExpression node)
    {
        var operand = Compile(node.Operand);
        return node.Operator switch
        {
            UnaryOperator.Not => frame => Py.Bool(!Py.Truth(operand(frame))),
            UnaryOperator.Minus => frame => Py.Negate(operand(frame)),
            UnaryOperator.Plus => frame => Py.Plus(operand(frame)),
            _ => frame => Py.Invert(operand(frame)),
        };
    }

    private ExpressionCode Boolean(BooleanExpression node)
    {
        var values = node.Values.Select(Compile).ToArray();
        var last = values.Length - 1;
        var stopOn = !node.IsAnd;
        return frame =>
        {
            for (var i = 0; i < last; i++)
            {
                var value = values[i](frame);
                if (Py.Truth(value) == stopOn)
                    return value;
            }

            return values[last](frame);
        };
    }

    private ExpressionCode Compare(CompareExpression node)
    {
        var left = Compile(node.Left);
        var steps = node.Comparisons.Select(c => (Apply: Comparer(c), Right: Compile(c.Right))).ToArray();
        if (steps.Length == 1)
        {
            var (apply, right) = steps[0];
            return frame => apply(left(frame), right(frame));
        }

        return frame =>
        {
            var value = left(frame);
            object result = Py.True;
            foreach (var (apply, right) in steps)
            {
                var next = right(frame);
                result = apply(value, next);
                if (!Py.Truth(result))
                    return result;
                value = next;
            }

            return result;
        };
    }

    private static Func<object, object, object> Comparer(Comparison comparison)
    {
        var op = comparison.Operator;
        return comparison.Kind switch
        {
            ComparisonKind.Is => (a, b) => Py.Bool(Py.Is(a, b)),
            ComparisonKind.IsNot => (a, b) => Py.Bool(!Py.Is(a, b)),
            ComparisonKind.In => (a, b) => Py.Bool(Py.Contains(b, a)),
            ComparisonKind.NotIn => (a, b) => Py.Bool(!Py.Contains(b, a)),
            _ => (a, b) => Py.Compare(op, a, b),
        };
    }

    private ExpressionCode Sequence(SequenceExpression node)
    {
        if (node.Items.Any(i => i is StarredExpression))
            return StarredSequence(node);
        var items = node.Items.Select(Compile).ToArray();
        switch (node.Kind)
        {
            case SequenceKind.Tuple when items.Length == 0:
                return _ => PyTuple.Empty;
            case SequenceKind.Tuple:
                return frame =>
                {
                    var values = new object[items.Length];
                    for (var i = 0; i < values.Length; i++)
                        values[i] = items[i](frame);
                    return new PyTuple(values);
                };
            case SequenceKind.List:
                return frame =>
                {
                    var values = new List<object>(items.Length);
                    foreach (var item in items)
                        values.Add(item(frame));
                    return new PyList(values);
                };
            default:
                return frame =>
                {
                    var set = new PySet();
                    foreach (var item in items)
                        set.Add(item(frame));
                    return set;
                };
        }
    }

    private ExpressionCode StarredSequence(SequenceExpression node)
    {
        var items = node.Items
            .Select(i => (IsStarred: i is StarredExpression, Code: Compile(i is StarredExpression s ? s.Value : i)))
            .ToArray();
        var kind = node.Kind;
        return frame =>
        {
            var values = new List<object>();
            foreach (var (isStarred, code) in items)
            {
                var value = code(frame);
                if (!isStarred)
                    values.Add(value);
                else if (Py.IsIterable(value))
                    values.AddRange(Py.ToList(value));
                else
                    throw PyErrors.TypeError($"Value after * must be an iterable, not {Py.TypeName(value)}");
            }

            return kind switch
            {
                SequenceKind.Tuple => PyTuple.From(values),
                SequenceKind.List => new PyList(values),
                _ => new PySet(values),
            };
        };
    }

    private ExpressionCode Dict(DictExpression node)
    {
        var items = node.Items.Select(i => (Key: i.Key is null ? null : Compile(i.Key), Value: Compile(i.Value))).ToArray();
        return frame =>
        {
            var dict = new PyDict();
            foreach (var (key, value) in items)
            {
                if (key is not null)
                {
                    var k = key(frame);
                    dict.Set(k, value(frame));
                    continue;
                }

                var mapping = value(frame);
                if (mapping is PyDict other)
                    dict.Update(other);
                else
                    Unpack(dict, mapping);
            }

            return dict;
        };
    }

    private static void Unpack(PyDict dict, object mapping)
    {
        var keys = Py.FindAttr(mapping, "keys") ?? throw PyErrors.TypeError($"'{Py.TypeName(mapping)}' object is not a mapping");
        foreach (var key in Py.Iterate(Py.Call(keys)))
            dict.Set(key, Py.GetItem(mapping, key));
    }

    private ExpressionCode Formatted(FormattedString node)
    {
        var parts = node.Parts.Select(FormattedPart).ToArray();
        return frame =>
        {
            var builder = new StringBuilder();
            foreach (var part in parts)
            {
                var text = part(frame);
                RunState.ChargeElements(builder.Length + (long)text.Length, 2);
                builder.Append(text);
            }

            return builder.ToString();
        };
    }

    private Func<Frame, string> FormattedPart(FormattedPart part)
    {
        if (part.Value is null)
        {
            var text = part.Text;
            return _ => text;
        }

        var value = Compile(part.Value);
        var conversion = part.Conversion;
        var format = part.Format is null ? null : Compile(part.Format);
        return frame =>
        {
            var result = value(frame);
            if (conversion == 's')
                result = Py.Str(result);
            else if (conversion != '\0')
                result = Py.Repr(result);
            return format is null
                ? (result as string ?? Py.Format(result, ""))
                : Py.Format(result, (string)format(frame));
        };
    }
}
