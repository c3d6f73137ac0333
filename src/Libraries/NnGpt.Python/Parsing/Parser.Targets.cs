using NnGpt.Python.Syntax;

namespace NnGpt.Python.Parsing;

/// <summary>What may be assigned to or deleted.</summary>
internal sealed partial class Parser
{
    private enum TargetUse
    {
        Assign,
        Delete,
        Loop,
    }

    private static void RequireTarget(Expression target, TargetUse use, bool nested = false)
    {
        switch (target)
        {
            case NameExpression or AttributeExpression or SubscriptExpression:
                return;
            case StarredExpression starred when use != TargetUse.Delete:
                if (!nested)
                    throw ErrorAt(target, "starred assignment target must be in a list or tuple");
                RequireTarget(starred.Value, use, true);
                return;
            case SequenceExpression { Kind: SequenceKind.Tuple or SequenceKind.List } sequence:
                if (sequence.Items.Count(i => i is StarredExpression) > 1)
                    throw ErrorAt(target, "multiple starred expressions in assignment");
                foreach (var item in sequence.Items)
                    RequireTarget(item, use, true);
                return;
            default:
                var verb = use == TargetUse.Delete ? "delete" : "assign to";
                var hint = use == TargetUse.Assign && !nested && target is not (ConstantExpression { Value: bool or Runtime.PyNone } or YieldExpression or LambdaExpression)
                    ? " here. Maybe you meant '==' instead of '='?"
                    : "";
                throw ErrorAt(target, use == TargetUse.Assign && target is YieldExpression or YieldFromExpression
                    ? "assignment to yield expression not possible"
                    : $"cannot {verb} {Describe(target)}{hint}");
        }
    }

    private static string Describe(Expression expression) => expression switch
    {
        ConstantExpression { Value: bool flag } => flag ? "True" : "False",
        ConstantExpression { Value: Runtime.PyNone } => "None",
        ConstantExpression { Value: Runtime.PyEllipsis } => "ellipsis",
        ConstantExpression => "literal",
        FormattedString => "f-string expression",
        CallExpression => "function call",
        BinaryExpression or UnaryExpression { Operator: not UnaryOperator.Not } or BooleanExpression or UnaryExpression => "expression",
        CompareExpression => "comparison",
        ConditionalExpression => "conditional expression",
        LambdaExpression => "lambda",
        SequenceExpression { Kind: SequenceKind.Set } => "set display",
        SequenceExpression { Kind: SequenceKind.Tuple } => "tuple",
        SequenceExpression => "list",
        DictExpression => "dict literal",
        ComprehensionExpression { Kind: ComprehensionKind.Generator } => "generator expression",
        ComprehensionExpression comprehension => $"{comprehension.Kind.ToString().ToLowerInvariant()} comprehension",
        NamedExpression => "named expression",
        YieldExpression or YieldFromExpression => "yield expression",
        StarredExpression => "starred",
        NameExpression => "name",
        AttributeExpression => "attribute",
        _ => "expression",
    };
}
