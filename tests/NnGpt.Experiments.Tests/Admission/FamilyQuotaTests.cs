using NnGpt.Experiments.Admission;

namespace NnGpt.Experiments.Tests.Admission;

public sealed class FamilyQuotaTests
{
    private static readonly (string Family, double Accuracy)[] s_items =
    [
        ("a", 0.5), ("a", 0.9), ("b", 0.3), ("a", 0.7), ("a", 0.9), ("a", 0.6), ("c", 0.1), ("a", 0.8), ("b", 0.4), ("a", 0.2),
    ];

    [Fact]
    public void Select_ShareOfAThird_CutsTheLargeFamilyToItsBestAndKeepsTheOrder()
    {
        var left = FamilyQuota.Select(s_items, item => item.Family, item => item.Accuracy, 0.3);

        Assert.Equal([("a", 0.9), ("b", 0.3), ("a", 0.9), ("c", 0.1), ("a", 0.8), ("b", 0.4)], left);
    }

    [Fact]
    public void Select_EqualAccuracies_KeepsTheEarlier()
    {
        var left = FamilyQuota.Select(Enumerable.Range(0, 4).ToList(), _ => "a", _ => 0.5, 0.5);

        Assert.Equal([0, 1], left);
    }

    [Fact]
    public void Select_WholeShare_KeepsAll() =>
        Assert.Equal(s_items, FamilyQuota.Select(s_items, item => item.Family, item => item.Accuracy, 1));

    [Fact]
    public void Select_SmallShare_LeavesOneOfEachFamily() =>
        Assert.Equal([("a", 0.9), ("c", 0.1), ("b", 0.4)], FamilyQuota.Select(s_items, item => item.Family, item => item.Accuracy, 0.01));
}
