using Grpc.Core;
using Microsoft.Extensions.Options;
using NnGpt.Protocol.V1;
using NnGpt.Reporting;

namespace NnGpt.Dashboard.Experiments;

/// <summary>What is asked of the Coordinator once, and what changes something.</summary>
internal static class ExperimentEndpoints
{
    private const int MaxProfileFiles = 200;
    private const int CandidatesInPage = 500;

    private static readonly TimeSpan s_deadline = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan s_downloadDeadline = TimeSpan.FromMinutes(10);

    public static void MapExperiments(this WebApplication app)
    {
        var api = app.MapGroup("/api").AddEndpointFilter(RpcProblem.FilterAsync);
        api.MapGet("profiles", Profiles);
        api.MapGet("profiles/form", () => Results.Json(ProfileForm.Offer));
        api.MapPost("profiles/check", (StartRequest request) => Results.Json(ProfileForm.Check(request)));
        api.MapPost("experiments", StartAsync);
        api.MapPost("experiments/{id}/stop", async (string id, Protocol.V1.Experiments.ExperimentsClient client, CancellationToken cancellationToken) =>
            ProtocolJson.Result(await client.StopAsync(new GetExperimentRequest { Id = id }, deadline: Deadline(), cancellationToken: cancellationToken)));
        api.MapPost("experiments/{id}/resume", async (string id, Protocol.V1.Experiments.ExperimentsClient client, CancellationToken cancellationToken) =>
            ProtocolJson.Result(await client.ResumeAsync(new GetExperimentRequest { Id = id }, deadline: Deadline(), cancellationToken: cancellationToken)));
        api.MapGet("experiments/{id}", async (string id, Protocol.V1.Experiments.ExperimentsClient client, CancellationToken cancellationToken) =>
            ProtocolJson.Result(await client.GetAsync(new GetExperimentRequest { Id = id }, deadline: Deadline(), cancellationToken: cancellationToken)));
        api.MapGet("experiments/{id}/documents/{document}", async (string id, string document, Protocol.V1.Experiments.ExperimentsClient client, CancellationToken cancellationToken) =>
            ProtocolJson.Result(await client.GetDocumentAsync(new GetDocumentRequest { Experiment = id, Id = document }, deadline: Deadline(), cancellationToken: cancellationToken)));
        api.MapGet("experiments/{id}/corpus.jsonl", DownloadCorpusAsync);
        api.MapGet("experiments/{id}/report.html", DownloadReportAsync);
        api.MapGet("candidates/{id}", async (string id, Protocol.V1.Experiments.ExperimentsClient client, CancellationToken cancellationToken) =>
            ProtocolJson.Result(await client.GetCandidateAsync(new GetCandidateRequest { Id = id }, deadline: Deadline(), cancellationToken: cancellationToken)));
        api.MapGet("candidates/{id}/source.py", async (string id, Protocol.V1.Experiments.ExperimentsClient client, CancellationToken cancellationToken) =>
        {
            var candidate = await client.GetCandidateAsync(new GetCandidateRequest { Id = id }, deadline: Deadline(), cancellationToken: cancellationToken);
            return Results.File(System.Text.Encoding.UTF8.GetBytes(candidate.Source), "text/plain; charset=utf-8", $"{FileName(candidate.Ref.Id)}.py");
        });
        api.MapPost("candidates/{id}/run-again", RunAgainAsync);
        api.MapLineage();
        api.MapGet("adapters/{digest}", DownloadAdapterAsync);
        api.MapGet("adapters/{digest}/info", async (string digest, Artifacts.ArtifactsClient client, CancellationToken cancellationToken) =>
            ProtocolJson.Result(await client.StatAsync(new GetArtifactRequest { Digest = digest }, deadline: Deadline(), cancellationToken: cancellationToken)));
    }

    private static IResult Profiles(IOptions<DashboardOptions> options)
    {
        if (options.Value.ProfilesDirectory is not { } directory || !Directory.Exists(directory))
            return Results.Json(Array.Empty<ProfileFile>());
        return Results.Json(Directory.EnumerateFiles(directory, "*.yaml").Order(StringComparer.Ordinal).Take(MaxProfileFiles)
            .Select(path => new ProfileFile(Path.GetFileNameWithoutExtension(path), File.ReadAllText(path))));
    }

    private static async Task<IResult> StartAsync(StartRequest request, Protocol.V1.Experiments.ExperimentsClient client, CancellationToken cancellationToken)
    {
        var form = ProfileForm.Check(request);
        if (form.Problems.Count > 0)
            return Results.Problem(string.Join('\n', form.Problems.Select(problem => problem.Message)), statusCode: StatusCodes.Status400BadRequest);
        var start = new StartExperimentRequest { Profile = form.Text, Name = request.Name ?? "" };
        if (request.Seed is { } seed)
            start.Seed = seed;
        return ProtocolJson.Result(await client.StartAsync(start, deadline: Deadline(), cancellationToken: cancellationToken));
    }

    // The same calls that the pipeline makes; the experiment's record stays as it is.
    private static async Task<IResult> RunAgainAsync(
        string id, Protocol.V1.Experiments.ExperimentsClient client, Validator.ValidatorClient validator, Trainer.TrainerClient trainer, CancellationToken cancellationToken)
    {
        var task = await client.GetCandidateTaskAsync(new GetCandidateRequest { Id = id }, deadline: Deadline(), cancellationToken: cancellationToken);
        var limit = DateTime.UtcNow.AddSeconds(30 + (2 * (task.Limits.ValidationSeconds + task.Limits.TrainingSeconds)));
        var candidate = new Candidate { Ref = task.Candidate, Origin = task.Origin, Source = task.Source };
        candidate.Validation = await validator.ValidateAsync(
            new ValidateRequest { Source = task.Source, Task = task.Task, Limits = task.Limits }, deadline: limit, cancellationToken: cancellationToken);
        if (candidate.Validation.Valid)
        {
            candidate.Training = await trainer.TrainAsync(
                new TrainRequest { Source = task.Source, Task = task.Task, Limits = task.Limits, Training = task.Training }, deadline: limit, cancellationToken: cancellationToken);
        }
        return ProtocolJson.Result(candidate);
    }

    private static async Task<IResult> DownloadCorpusAsync(
        string id, Protocol.V1.Experiments.ExperimentsClient client, CancellationToken cancellationToken)
    {
        await client.GetAsync(new GetExperimentRequest { Id = id }, deadline: Deadline(), cancellationToken: cancellationToken);
        return Results.Stream(
            async body =>
            {
                using var call = client.GetCorpus(new GetExperimentRequest { Id = id }, deadline: DateTime.UtcNow + s_downloadDeadline, cancellationToken: cancellationToken);
                await using var writer = new StreamWriter(body);
                await foreach (var pair in call.ResponseStream.ReadAllAsync(cancellationToken))
                    await writer.WriteAsync($"{pair.Json}\n".AsMemory(), cancellationToken);
            },
            "application/jsonl", $"{FileName(id)}-corpus.jsonl");
    }

    private static async Task<IResult> DownloadReportAsync(
        string id, Protocol.V1.Experiments.ExperimentsClient client, TimeProvider time, CancellationToken cancellationToken)
    {
        var experiment = await client.GetAsync(new GetExperimentRequest { Id = id }, deadline: Deadline(), cancellationToken: cancellationToken);
        var candidates = new List<Candidate>();
        string page = "";
        do
        {
            var response = await client.ListCandidatesAsync(
                new ListCandidatesRequest { Experiment = id, Cycle = -1, PageSize = CandidatesInPage, PageToken = page }, deadline: Deadline(), cancellationToken: cancellationToken);
            candidates.AddRange(response.Candidates);
            page = response.NextPageToken;
        }
        while (page.Length > 0);
        var sources = new Dictionary<string, string>();
        foreach (var best in experiment.Best.Take(HtmlReport.Architectures))
            sources[best.Ref.Id] = (await client.GetCandidateAsync(new GetCandidateRequest { Id = best.Ref.Id }, deadline: Deadline(), cancellationToken: cancellationToken)).Source;
        string version = typeof(ExperimentEndpoints).Assembly.GetName().Version?.ToString(3) ?? "";
        string html = HtmlReport.Write(experiment, candidates, sources, version, time.GetUtcNow());
        return Results.File(System.Text.Encoding.UTF8.GetBytes(html), "text/html; charset=utf-8", $"{FileName(id)}-report.html");
    }

    private static async Task<IResult> DownloadAdapterAsync(string digest, Artifacts.ArtifactsClient client, HttpContext context, CancellationToken cancellationToken)
    {
        var info = await client.StatAsync(new GetArtifactRequest { Digest = digest }, deadline: Deadline(), cancellationToken: cancellationToken);
        context.Response.ContentLength = info.Bytes;
        return Results.Stream(
            async body =>
            {
                using var call = client.Get(new GetArtifactRequest { Digest = digest }, deadline: DateTime.UtcNow + s_downloadDeadline, cancellationToken: cancellationToken);
                await foreach (var part in call.ResponseStream.ReadAllAsync(cancellationToken))
                    await body.WriteAsync(part.Chunk.Memory, cancellationToken);
            },
            "application/x-tar", $"adapter-{FileName(digest.Replace("sha256:", "", StringComparison.Ordinal))}.tar");
    }

    private static DateTime Deadline() => DateTime.UtcNow + s_deadline;

    private static string FileName(string text) => string.Concat(text.Where(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_')) is var name && name.Length > 64 ? name[..64] : name;

    private sealed record ProfileFile(string Name, string Text);
}
