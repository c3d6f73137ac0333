using System.Globalization;
using System.Net;
using System.Runtime.InteropServices;
using System.Text;
using NnGpt.Protocol.V1;

namespace NnGpt.Reporting;

/// <summary>An experiment as one HTML file that needs nothing else: no script, no font, no address.</summary>
public static class HtmlReport
{
    /// <summary>How many of the best architectures are printed with their source.</summary>
    public const int Architectures = 5;

    private const string Style =
        """
        :root { color-scheme: light dark; --line: #d5dae2; --soft: #4d5868; --card: #f5f6f8 }
        @media (prefers-color-scheme: dark) { :root { --line: #353e4a; --soft: #a9b3c1; --card: #1b2129 } }
        body { max-width: 1180px; margin: 2rem auto; padding: 0 1.25rem; font: 15px/1.5 system-ui, sans-serif }
        h1 { margin-bottom: .2rem } h2 { margin-top: 2.2rem }
        .figures { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 30rem), 1fr)); gap: 1.5rem }
        figure { margin: 0; break-inside: avoid } figure h3 { margin: 0 0 .3rem; font-size: 1rem } svg { width: 100%; height: auto }
        figcaption, .soft { color: var(--soft); font-size: .87rem }
        .scroll { overflow-x: auto } table { border-collapse: collapse; font-variant-numeric: tabular-nums; width: 100% }
        th, td { padding: .3rem .6rem; border-bottom: 1px solid var(--line); text-align: right; white-space: nowrap }
        th:first-child, td:first-child { text-align: left } th { font-size: .82rem; color: var(--soft) }
        dl { display: grid; grid-template-columns: max-content minmax(0, 1fr); gap: .2rem 1.2rem } dt { color: var(--soft) } dd { margin: 0; overflow-wrap: anywhere }
        pre { padding: .8rem 1rem; background: var(--card); border: 1px solid var(--line); border-radius: 8px; overflow-x: auto; font-size: 12.5px }
        @media print { pre { white-space: pre-wrap; font-size: 9px } }
        """;

    /// <summary>Writes the report.</summary>
    /// <param name="experiment">With its cycles.</param>
    /// <param name="candidates">All of it; those of <paramref name="sources"/> are printed in full.</param>
    /// <param name="sources">Source texts of the best architectures by candidate id.</param>
    /// <param name="version">Of the program that writes it.</param>
    /// <param name="now">When it is written.</param>
    public static string Write(
        Experiment experiment, IReadOnlyList<Candidate> candidates, IReadOnlyDictionary<string, string> sources, string version, DateTimeOffset now)
    {
        var html = new StringBuilder();
        html.Append(CultureInfo.InvariantCulture, $"""
            <!doctype html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
            <title>{Text(experiment.Id)} - NnGpt</title>
            <style>{Style}</style>
            </head>
            <body>
            <h1>{Text(experiment.Id)}</h1>
            <p class="soft">{Text(State(experiment))}. Seed {experiment.Seed}. Started {experiment.Created?.ToDateTimeOffset():yyyy-MM-dd HH:mm} UTC{Ended(experiment)}. Written by NnGpt {Text(version)} on {now:yyyy-MM-dd HH:mm} UTC.</p>

            """);
        Summary(html, experiment);
        Cycles(html, experiment);
        Structures(html, experiment);
        Costs(html, experiment, candidates);
        html.Append("<h2>Figures</h2>\n<div class=\"figures\">\n");
        foreach (var figure in ReportFigures.Of(experiment, candidates).Where(figure => !figure.IsEmpty))
        {
            html.Append(CultureInfo.InvariantCulture, $"<figure><h3>{Text(figure.Title)}</h3>{SvgWriter.Write(figure, standalone: false)}<figcaption>{Text(figure.Note)}</figcaption></figure>\n");
        }
        html.Append("</div>\n");
        Best(html, experiment, sources);
        Provenance(html, experiment, candidates, version);
        html.Append(CultureInfo.InvariantCulture, $"<h2>Settings</h2>\n<pre>{Text(experiment.Profile)}</pre>\n</body>\n</html>\n");
        return html.ToString();
    }

    private static void Summary(StringBuilder html, Experiment experiment)
    {
        var cycles = experiment.Cycles;
        (string Name, int Count)[] funnel =
        [
            ("Generated", cycles.Sum(c => c.Generated)), ("Valid", cycles.Sum(c => c.Valid)), ("Scored", cycles.Sum(c => c.Scored)),
            ("Above threshold", cycles.Sum(c => c.AboveThreshold)), ("Novel", cycles.Sum(c => c.Novel)), ("Admitted", cycles.Sum(c => c.Admitted)),
        ];
        html.Append("<h2>From generated to admitted</h2>\n<div class=\"scroll\"><table><tr><th>Step</th><th>Candidates</th><th>Of the step before</th></tr>\n");
        for (int i = 0; i < funnel.Length; i++)
        {
            string share = i == 0 ? "" : Percent(funnel[i - 1].Count == 0 ? double.NaN : (double)funnel[i].Count / funnel[i - 1].Count);
            html.Append(CultureInfo.InvariantCulture, $"<tr><td>{funnel[i].Name}</td><td>{funnel[i].Count}</td><td>{share}</td></tr>\n");
        }
        html.Append("</table></div>\n");
        string rejections = string.Join(", ", cycles.SelectMany(c => c.Rejections).GroupBy(r => r.Key).OrderByDescending(g => g.Sum(r => r.Value)).Select(g => $"{g.Key.Replace('_', ' ')} {g.Sum(r => r.Value)}"));
        if (rejections.Length > 0)
            html.Append(CultureInfo.InvariantCulture, $"<p class=\"soft\">Without a score: {Text(rejections)}.</p>\n");
    }

    private static void Cycles(StringBuilder html, Experiment experiment)
    {
        html.Append("<h2>Cycles</h2>\n<div class=\"scroll\"><table><tr><th>Cycle</th><th>Adapter</th><th>Generated</th><th>Valid</th><th>Scored</th><th>Threshold</th><th>Above</th><th>Novel</th><th>Admitted</th><th>Mean accuracy [95 %]</th><th>Median</th><th>Best</th></tr>\n");
        foreach (var c in experiment.Cycles)
        {
            string mean = c.Scored == 0 ? "-" : c.Scored == 1 ? Percent(c.MeanAccuracy.Value) : $"{Percent(c.MeanAccuracy.Value)} [{Percent(c.MeanAccuracy.Low)}, {Percent(c.MeanAccuracy.High)}]";
            html.Append(CultureInfo.InvariantCulture, $"<tr><td>{c.Number}</td><td>{Text(Digest(c.AdapterDigest))}</td><td>{c.Generated}</td><td>{c.Valid} ({Percent(c.Generated == 0 ? double.NaN : (double)c.Valid / c.Generated)})</td><td>{c.Scored}</td><td>{Percent(c.AccuracyThreshold)}</td><td>{c.AboveThreshold}</td><td>{c.Novel}</td><td>{c.Admitted}</td><td>{mean}</td><td>{(c.Scored == 0 ? "-" : Percent(c.MedianAccuracy))}</td><td>{(c.Scored == 0 ? "-" : Percent(c.BestAccuracy))}</td></tr>\n");
        }
        html.Append("</table></div>\n");
    }

    private static void Structures(StringBuilder html, Experiment experiment)
    {
        var known = experiment.Cycles.Where(c => c.Structures is not null).ToList();
        if (known.Count == 0)
            return;
        html.Append("<h2>Structure of the admitted</h2>\n<div class=\"scroll\"><table><tr><th>Cycle</th><th>Copies</th><th>Near-duplicates</th><th>Recombinations</th><th>With a new block</th></tr>\n");
        foreach (var c in known)
            html.Append(CultureInfo.InvariantCulture, $"<tr><td>{c.Number}</td><td>{c.Structures.Copies}</td><td>{c.Structures.NearDuplicates}</td><td>{c.Structures.Recombinations}</td><td>{c.Structures.NewMotifs}</td></tr>\n");
        html.Append("</table></div>\n<p class=\"soft\">By the computation graph: the same as a known one, nearly so, another arrangement of known blocks, or with a block that none has.</p>\n");
    }

    private static void Costs(StringBuilder html, Experiment experiment, IReadOnlyList<Candidate> candidates)
    {
        html.Append("<h2>Cost</h2>\n<div class=\"scroll\"><table><tr><th>Cycle</th><th>Tokens written</th><th>Sampling, s</th><th>Validation, s</th><th>Training, s</th><th>Fine-tuning, s</th></tr>\n");
        var byCycle = candidates.ToLookup(c => c.Ref.Cycle);
        foreach (var c in experiment.Cycles)
            Row(c.Number.ToString(CultureInfo.InvariantCulture), [.. byCycle[c.Number]], Seconds(c));
        Row("All", candidates, experiment.Cycles.Sum(Seconds));
        html.Append("</table></div>\n<p class=\"soft\">Seconds of all candidates added up; the stages run side by side.</p>\n");

        static double Seconds(Cycle cycle) => cycle.Seconds.TryGetValue("fine_tuning", out double seconds) ? seconds : 0;

        void Row(string name, IReadOnlyList<Candidate> of, double fineTuning)
        {
            double tokens = of.Sum(c => (double)(c.Origin?.CompletionTokens ?? 0));
            double validation = of.Sum(c => c.Validation?.Times?.Total ?? 0) / 1000;
            double training = of.Sum(c => c.Training is null ? 0 : c.Training.TrainSeconds + c.Training.EvaluateSeconds);
            html.Append(CultureInfo.InvariantCulture, $"<tr><td>{name}</td><td>{tokens:0}</td><td>{of.Sum(c => c.Origin?.Seconds ?? 0):0.0}</td><td>{validation:0.0}</td><td>{training:0.0}</td><td>{fineTuning:0.0}</td></tr>\n");
        }
    }

    private static void Provenance(StringBuilder html, Experiment experiment, IReadOnlyList<Candidate> candidates, string version)
    {
        (string Name, string Value)[] facts =
        [
            ("NnGpt", version),
            (".NET", Environment.Version.ToString()),
            ("Operating system of the report", $"{RuntimeInformation.OSDescription}, {RuntimeInformation.OSArchitecture}"),
            ("Base model", string.Join(", ", candidates.Select(c => c.Origin?.Model ?? "").Where(model => model.Length > 0).Distinct())),
            ("Adapters, in order", string.Join(" ", experiment.Cycles.Select(c => c.NextAdapterDigest).Where(digest => digest.Length > 0))),
            ("Seed", experiment.Seed.ToString(CultureInfo.InvariantCulture)),
            ("Sampling seeds", "of each candidate in candidates.csv; a candidate's follows from the seed, its cycle and its index"),
            ("Seeds of the test accuracy", $"{experiment.Best.Select(c => c.Rescored.Count).DefaultIfEmpty(0).Max()} a network"),
        ];
        html.Append("<h2>Versions and seeds</h2>\n<dl>\n");
        foreach (var (name, value) in facts.Where(fact => fact.Value.Length > 0))
            html.Append(CultureInfo.InvariantCulture, $"<dt>{name}</dt><dd>{Text(value)}</dd>\n");
        html.Append("</dl>\n");
    }

    private static void Best(StringBuilder html, Experiment experiment, IReadOnlyDictionary<string, string> sources)
    {
        if (experiment.Best.Count == 0)
            return;
        html.Append("<h2>Best architectures</h2>\n<div class=\"scroll\"><table><tr><th>Candidate</th><th>Validation accuracy</th><th>Test accuracy, seeds</th><th>Parameters</th><th>MACs</th><th>J corpus</th><th>Admitted</th></tr>\n");
        foreach (var c in experiment.Best)
        {
            double[] tests = [.. c.Rescored.Where(r => r.Scored).Select(r => r.Accuracy)];
            html.Append(CultureInfo.InvariantCulture, $"<tr><td>{Text(c.Ref.Id)}</td><td>{Percent(c.Training.Accuracy)}</td><td>{(tests.Length == 0 ? "-" : $"{Percent(tests.Average())}, {tests.Length}")}</td><td>{c.Validation?.Parameters ?? 0:N0}</td><td>{c.Validation?.Macs ?? 0:N0}</td><td>{c.Novelty?.JTrain:0.000}</td><td>{(c.Novelty is { Admitted: true } ? "yes" : "no")}</td></tr>\n");
        }
        html.Append("</table></div>\n<p class=\"soft\">The test split is used for nothing else.</p>\n");
        foreach (var c in experiment.Best.Where(c => sources.ContainsKey(c.Ref.Id)))
            html.Append(CultureInfo.InvariantCulture, $"<h3>{Text(c.Ref.Id)}, {Percent(c.Training.Accuracy)}</h3>\n<pre>{Text(sources[c.Ref.Id])}</pre>\n");
    }

    private static string State(Experiment experiment)
    {
        string state = experiment.State.ToString();
        return experiment.Message.Length == 0 ? state : $"{state}: {experiment.Message}";
    }

    private static string Ended(Experiment experiment) =>
        experiment.Ended is null ? "" : string.Create(CultureInfo.InvariantCulture, $", ended {experiment.Ended.ToDateTimeOffset():yyyy-MM-dd HH:mm} UTC");

    private static string Digest(string digest) => digest.Length == 0 ? "base" : digest.Replace("sha256:", "", StringComparison.Ordinal) is { Length: > 12 } hex ? hex[..12] : digest;

    private static string Percent(double share) => double.IsFinite(share) ? string.Create(CultureInfo.InvariantCulture, $"{share * 100:0.0} %") : "-";

    private static string Text(string text) => WebUtility.HtmlEncode(text);
}
