namespace NnGpt.Torch;

/// <summary>
/// The order in which PyTorch's generated bindings try overloads: of two signatures of the same length, the one whose types
/// are the more specific comes first (Tensor before Scalar, int before int[]).
/// </summary>
internal static class OverloadOrder
{
    public static IReadOnlyList<Operator> Sort(IReadOnlyList<Operator> overloads)
    {
        List<Operator> waiting = [.. overloads.OrderBy(static op => op.Schema.Text, StringComparer.Ordinal)];
        List<Operator> sorted = [];
        while (waiting.Count > 0)
        {
            int next = waiting.FindIndex(candidate => !waiting.Any(other => other != candidate && ComesBefore(other.Schema, candidate.Schema)));
            next = Math.Max(next, 0);
            sorted.Add(waiting[next]);
            waiting.RemoveAt(next);
        }
        return sorted;
    }

    private static bool ComesBefore(OperatorSchema left, OperatorSchema right)
    {
        SchemaArgument[] a = [.. left.Arguments.Where(static argument => !argument.IsOut)];
        SchemaArgument[] b = [.. right.Arguments.Where(static argument => !argument.IsOut)];
        bool differ = false;
        if (a.Length != b.Length)
        {
            return false;
        }
        for (int i = 0; i < a.Length; i++)
        {
            bool before = TypeComesBefore(a[i].Type, b[i].Type);
            if (!before && a[i].Type.Text != b[i].Type.Text)
            {
                return false;
            }
            differ |= before;
        }
        return differ;
    }

    private static bool TypeComesBefore(ArgumentType left, ArgumentType right) =>
        (left.Kind == ArgumentKind.Tensor && !left.IsList && right.Kind == ArgumentKind.Scalar && !right.IsList)
        || (left.Kind == ArgumentKind.Int && !left.IsList && right.Kind == ArgumentKind.Int && right.IsList && right.ListSize == 0)
        || (left.IsList && left.Kind != ArgumentKind.Tensor && right.IsList && right.Kind == ArgumentKind.Tensor);
}
