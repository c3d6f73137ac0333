using NnGpt.Python.Runtime;
using NnGpt.Python.Syntax;

namespace NnGpt.Python.Compilation;

/// <summary>
/// Expressions with yields. What Python evaluates before a yield keeps its value over it, so such an expression becomes
/// steps in the order of evaluation that leave their results in slots; the code of the expression then reads the slots.
/// </summary>
internal sealed partial class Compiler
{
    private readonly Dictionary<Expression, ExpressionCode> _lowered = new(ReferenceEqualityComparer.Instance);

    /// <summary>The steps that must run before the code of these expressions, which are evaluated in this order.</summary>
    private ResumableCode Hoist(IEnumerable<Expression> expressions)
    {
        var steps = new List<ResumableCode>();
        LowerAll([.. expressions], steps);
        return InOrder(steps);
    }

    private static ResumableCode InOrder(List<ResumableCode> steps)
    {
        return steps.Count switch { 0 => static _ => [], 1 => steps[0], _ => Run };

        IEnumerable<object> Run(Frame frame)
        {
            foreach (var step in steps)
            {
                foreach (var value in step(frame))
                    yield return value;
            }
        }
    }

    private void LowerAll(IReadOnlyList<Expression> parts, List<ResumableCode> steps)
    {
        var last = parts.Count - 1;
        while (last >= 0 && !Yields.In(parts[last]))
            last--;
        for (var i = 0; i < last; i++)
            LowerAndKeep(parts[i], steps);
        if (last >= 0)
            Lower(parts[last], steps);
    }

    /// <summary>Evaluates an expression now and lets its code read the result.</summary>
    private void LowerAndKeep(Expression expression, List<ResumableCode> steps)
    {
        Lower(expression, steps);
        if (expression is ConstantExpression)
            return;
        var code = Compile(expression);
        var slot = _scope.NewSlot();
        steps.Add(frame =>
        {
            frame.Locals[slot] = code(frame);
            return [];
        });
        _lowered[expression] = frame => frame.Locals[slot]!;
    }

    private void Lower(Expression expression, List<ResumableCode> steps)
    {
        if (!Yields.In(expression))
            return;
        System.Runtime.CompilerServices.RuntimeHelpers.EnsureSufficientExecutionStack();
        switch (expression)
        {
            case BooleanExpression node:
                AddStep(expression, steps, slot => LowerBoolean(node, slot));
                break;
            case ConditionalExpression node:
                AddStep(expression, steps, slot => LowerConditional(node, slot));
                break;
            case CompareExpression { Comparisons.Count: > 1 } node:
                AddStep(expression, steps, slot => LowerComparisons(node, slot));
                break;
            default:
                LowerAll([.. Yields.PartsOf(expression)], steps);
                if (expression is YieldExpression or YieldFromExpression)
                    AddStep(expression, steps, slot => expression is YieldExpression plain ? Yield(plain, slot) : YieldFrom((YieldFromExpression)expression, slot));
                break;
        }
    }

    private void AddStep(Expression expression, List<ResumableCode> steps, Func<int, ResumableCode> make)
    {
        var slot = _scope.NewSlot();
        steps.Add(make(slot));
        _lowered[expression] = frame => frame.Locals[slot]!;
    }

    private (ResumableCode Before, ExpressionCode Code) Stage(Expression expression) => (Hoist([expression]), Compile(expression));

    private ResumableCode LowerBoolean(BooleanExpression node, int slot)
    {
        var stages = node.Values.Select(Stage).ToArray();
        var stopOn = !node.IsAnd;
        return Run;

        IEnumerable<object> Run(Frame frame)
        {
            foreach (var (before, code) in stages)
            {
                foreach (var value in before(frame))
                    yield return value;
                var result = code(frame);
                frame.Locals[slot] = result;
                if (Py.Truth(result) == stopOn)
                    yield break;
            }
        }
    }

    private ResumableCode LowerConditional(ConditionalExpression node, int slot)
    {
        var (condition, then, otherwise) = (Stage(node.Condition), Stage(node.Then), Stage(node.Otherwise));
        return Run;

        IEnumerable<object> Run(Frame frame)
        {
            foreach (var value in condition.Before(frame))
                yield return value;
            var (before, code) = Py.Truth(condition.Code(frame)) ? then : otherwise;
            foreach (var value in before(frame))
                yield return value;
            frame.Locals[slot] = code(frame);
        }
    }

    private ResumableCode LowerComparisons(CompareExpression node, int slot)
    {
        var left = Stage(node.Left);
        var steps = node.Comparisons.Select(c => (Apply: Comparer(c), Right: Stage(c.Right))).ToArray();
        return Run;

        IEnumerable<object> Run(Frame frame)
        {
            foreach (var value in left.Before(frame))
                yield return value;
            var first = left.Code(frame);
            foreach (var (apply, right) in steps)
            {
                foreach (var value in right.Before(frame))
                    yield return value;
                var second = right.Code(frame);
                var result = apply(first, second);
                frame.Locals[slot] = result;
                if (!Py.Truth(result))
                    yield break;
                first = second;
            }
        }
    }

    /// <summary><c>x += yield</c>: the old value is read before the yield.</summary>
    private ResumableCode ResumableAugmented(AugmentedAssignStatement node)
    {
        var steps = new List<ResumableCode>();
        foreach (var part in Yields.PartsOf(node.Target))
            LowerAndKeep(part, steps);
        LowerAndKeep(node.Target, steps);
        Lower(node.Value, steps);
        var (left, value, store, op) = (_lowered[node.Target], Compile(node.Value), Target(node.Target), node.Operator);
        steps.Add(frame =>
        {
            store(frame, Py.InPlace(op, left(frame), value(frame)));
            frame.Signal = Completion.Normal;
            return [];
        });
        return InOrder(steps);
    }
}
