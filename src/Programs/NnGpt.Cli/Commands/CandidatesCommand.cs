using System.CommandLine;
using NnGpt.Cli.Connection;
using NnGpt.Cli.Rendering;
using NnGpt.Protocol.V1;
using Spectre.Console;

namespace NnGpt.Cli.Commands;

/// <summary>`nngpt candidates ...`: what was generated and what became of it.</summary>
internal static class CandidatesCommand
{
    private const int PageSize = 500;

    public static Command Create()
    {
        var command = new Command("candidates", "List candidates, show one with its source and verdict");
        command.Options.Add(CoordinatorConnection.AddressOption);
        command.Subcommands.Add(CreateList());
        command.Subcommands.Add(CreateShow());
        return command;
    }

    /// <summary>Every candidate that the request selects, page by page.</summary>
    public static async Task<List<Candidate>> ReadAllAsync(
        CoordinatorConnection connection,
        ListCandidatesRequest request,
        int limit,
        CancellationToken cancellationToken)
    {
        List<Candidate> candidates = [];
        request.PageSize = Math.Min(limit, PageSize);
        do
        {
            var page = await connection.Experiments.ListCandidatesAsync(request, deadline: CoordinatorConnection.Deadline, cancellationToken: cancellationToken);
            candidates.AddRange(page.Candidates.Take(limit - candidates.Count));
            request.PageToken = page.NextPageToken;
        }
        while (request.PageToken.Length > 0 && candidates.Count < limit);
        return candidates;
    }

    private static Command CreateList()
    {
        var run = new Argument<string>("RUN") { Description = "Experiment id; default: latest", DefaultValueFactory = _ => "latest" };
        var cycle = new Option<int?>("--cycle") { Description = "Only this cycle, from 0" };
        cycle.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int?>() is < 0 and var negative)
            {
                result.AddError($"--cycle is {negative}; cycles are counted from 0");
            }
        });
        var status = new Option<string?>("--status") { Description = "Only those that have come so far" };
        status.AcceptOnlyFromAmong("generated", "rejected", "validated", "untrained", "trained", "judged");
        var admitted = new Option<bool>("--admitted") { Description = "Only admitted ones" };
        var sort = new Option<string>("--sort") { Description = "id or accuracy (best first)", DefaultValueFactory = _ => "id" };
        sort.AcceptOnlyFromAmong("id", "accuracy");
        var limit = new Option<int>("--limit", "-n") { Description = "At most so many", DefaultValueFactory = _ => 100 };
        limit.RequireRange(1, int.MaxValue);
        var command = new Command(
            "list",
            """
            Candidates of an experiment.

            Example: nngpt candidates list latest --admitted --sort accuracy -n 10
            """)
         { run, cycle, status, admitted, sort, limit };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            using var connection = await CoordinatorConnection.OpenAsync(parsed, cancellationToken);
            var candidates = await ReadAllAsync(
                connection,
                new ListCandidatesRequest
                {
                    Experiment = await ExperimentId.ResolveAsync(connection, parsed.GetRequiredValue(run), cancellationToken),
                    Cycle = parsed.GetValue(cycle) ?? -1,
                    Status = parsed.GetValue(status) ?? "",
                    AdmittedOnly = parsed.GetValue(admitted),
                    OrderBy = parsed.GetValue(sort) ?? "",
                },
                parsed.GetValue(limit),
                cancellationToken);
            if (parsed.GetValue(OutputOption.Instance) == OutputFormat.Json)
            {
                Console.WriteLine(Json.Document(candidates.Select(CandidateReport.ToJson)));
            }
            else
            {
                AnsiConsole.Write(CandidateReport.List(candidates));
            }

            return ExitCode.Success;
        });
        return command;
    }

    private static Command CreateShow()
    {
        var id = new Argument<string>("CANDIDATE") { Description = "Candidate id, e.g. quickstart-1-c03-017" };
        var command = new Command("show", "Source, verdict, metrics and nearest neighbours of a candidate\n\nExample: nngpt candidates show quickstart-1-c03-017") { id };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            using var connection = await CoordinatorConnection.OpenAsync(parsed, cancellationToken);
            var candidate = await connection.Experiments.GetCandidateAsync(
                new GetCandidateRequest { Id = parsed.GetRequiredValue(id) },
                deadline: CoordinatorConnection.Deadline,
                cancellationToken: cancellationToken);
            if (parsed.GetValue(OutputOption.Instance) == OutputFormat.Json)
            {
                Console.WriteLine(Json.Document(CandidateReport.ToJson(candidate)));
            }
            else
            {
                CandidateReport.Print(AnsiConsole.Console, candidate);
            }

            return ExitCode.Success;
        });
        return command;
    }
}
