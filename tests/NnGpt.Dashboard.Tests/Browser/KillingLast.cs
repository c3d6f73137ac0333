using NnGpt.Dashboard.Tests.Browser;
using Xunit.Sdk;
using Xunit.v3;

[assembly: TestCollectionOrderer(typeof(KillingLast))]

namespace NnGpt.Dashboard.Tests.Browser;

/// <summary>
/// Puts the tests that kill a process behind the others, and the class that has them behind the other classes: a dashboard that
/// starts anew knows no telemetry from before, and its pages would be looked at empty.
/// </summary>
public sealed class KillingLast : ITestCaseOrderer, ITestCollectionOrderer
{
    public IReadOnlyCollection<TTestCase> OrderTestCases<TTestCase>(IReadOnlyCollection<TTestCase> testCases)
        where TTestCase : notnull, ITestCase =>
        [.. testCases.OrderBy(test => test.TestMethodName?.Contains("_Killed_", StringComparison.Ordinal) == true)];

    public IReadOnlyCollection<TTestCollection> OrderTestCollections<TTestCollection>(IReadOnlyCollection<TTestCollection> testCollections)
        where TTestCollection : ITestCollection =>
        [.. testCollections.OrderBy(collection => collection.TestCollectionDisplayName.Contains(nameof(JourneyTests), StringComparison.Ordinal))];
}
