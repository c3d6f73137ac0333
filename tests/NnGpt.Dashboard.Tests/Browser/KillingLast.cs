using Xunit.Sdk;
using Xunit.v3;

namespace NnGpt.Dashboard.Tests.Browser;

/// <summary>Puts the tests that kill a process behind the others: a dashboard that starts anew knows no telemetry from before.</summary>
public sealed class KillingLast : ITestCaseOrderer
{
    public IReadOnlyCollection<TTestCase> OrderTestCases<TTestCase>(IReadOnlyCollection<TTestCase> testCases)
        where TTestCase : notnull, ITestCase =>
        [.. testCases.OrderBy(test => test.TestMethodName?.Contains("_Killed_", StringComparison.Ordinal) == true)];
}
