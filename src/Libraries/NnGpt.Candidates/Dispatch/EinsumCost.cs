using NnGpt.Torch;

namespace NnGpt.Candidates.Dispatch;

/// <summary>
/// Multiply-accumulates of torch.einsum: for each pair of operands, from left to right, the product of the sizes of all their
/// letters, as libtorch contracts them. A letter that only one operand has and that no later part needs is summed before.
/// </summary>
internal static class EinsumCost
{
    /// <summary>The cost of "bhqd,bhkd->bhqk" with q and k; 0 for what is not understood, such as "...".</summary>
    public static long Of(string equation, IReadOnlyList<Tensor> operands)
    {
        var sides = equation.Replace(" ", "", StringComparison.Ordinal).Split("->");
        var terms = sides[0].Split(',');
        if (terms.Length != operands.Count || operands.Count < 2 || equation.Contains('.', StringComparison.Ordinal))
            return 0;
        var sizes = new Dictionary<char, long>();
        for (var i = 0; i < terms.Length; i++)
        {
            if (terms[i].Length != operands[i].Dim)
                return 0;
            var shape = operands[i].Shape;
            for (var j = 0; j < shape.Length; j++)
                sizes[terms[i][j]] = Math.Max(sizes.GetValueOrDefault(terms[i][j], 1), shape[j]);
        }

        var output = sides.Length > 1 ? sides[1] : string.Concat(sizes.Keys.Where(letter => sides[0].Count(c => c == letter) == 1));
        var total = 0L;
        var left = terms[0];
        for (var i = 1; i < terms.Length; i++)
        {
            var later = string.Concat(terms[(i + 1)..]) + output;
            var right = terms[i];
            var letters = left.Union(right).Where(c => (left.Contains(c) && right.Contains(c)) || later.Contains(c)).ToArray();
            total += letters.Aggregate(1L, (product, letter) => product * sizes[letter]);
            left = string.Concat(letters.Where(c => later.Contains(c)));
        }

        return total;
    }
}
