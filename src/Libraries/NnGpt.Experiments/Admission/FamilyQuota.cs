namespace NnGpt.Experiments.Admission;

/// <summary>
/// Keeps several families alive among the examples a model is fine-tuned on, where accuracy alone would soon leave one: niches, as
/// quality-diversity search has them (Mouret, Clune: Illuminating search spaces by mapping elites, arXiv 1504.04909).
/// </summary>
public static class FamilyQuota
{
    /// <summary>The items that are left, in their order, when every family keeps its best up to a share of all items.</summary>
    /// <param name="items">What to choose from.</param>
    /// <param name="family">Family of an item.</param>
    /// <param name="accuracy">Which items of a family are its best; of equal ones the earlier.</param>
    /// <param name="share">In 0..1, of the number of items, rounded up; 1 keeps all.</param>
    public static List<T> Select<T>(IReadOnlyList<T> items, Func<T, string> family, Func<T, double> accuracy, double share)
    {
        int most = (int)Math.Ceiling(share * items.Count);
        return
        [
            .. items.Select((item, index) => (Item: item, Index: index))
                .GroupBy(pair => family(pair.Item), StringComparer.Ordinal)
                .SelectMany(group => group.OrderByDescending(pair => accuracy(pair.Item)).ThenBy(pair => pair.Index).Take(most))
                .OrderBy(pair => pair.Index)
                .Select(pair => pair.Item),
        ];
    }
}
