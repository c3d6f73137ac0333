using System.Globalization;
using NnGpt.Bench.Dashboard;
using NnGpt.Dashboard.Tests.Browser;
using NnGpt.Dashboard.Tests.Running;

// What the dashboard's pages take, in Debian's Chromium before a Coordinator with 10,000 candidates and after 100,000 log records.
const int Candidates = 10_000;
const int Records = 100_000;
int rounds = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 5;

await using var coordinator = await FakeCoordinator.StartAsync();
var (experiment, candidates) = LargeExperiment.Create(Candidates);
coordinator.Add(experiment, candidates);
await using var dashboard = await DashboardProcess.StartAsync(coordinator.Address, settings: new Dictionary<string, string?> { ["Dashboard__MaxOtlpBytes"] = "8388608" });
await using var browsing = await Browsing.StartAsync();

await PageMeasurements.FirstLoadAsync(browsing, dashboard, rounds);
await PageMeasurements.CandidatesAsync(browsing, dashboard, experiment.Id, Candidates, rounds);
await PageMeasurements.LogsAsync(browsing, dashboard, Records, rounds);
