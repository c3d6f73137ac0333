using NnGpt.Protocol.V1;

namespace NnGpt.Cli.Connection;

/// <summary>Resolves "latest" to the newest experiment.</summary>
internal static class ExperimentId
{
    public static async Task<string> ResolveAsync(CoordinatorConnection connection, string text, CancellationToken cancellationToken)
    {
        if (text != "latest")
        {
            return text;
        }

        var all = await connection.Experiments.ListAsync(new ListExperimentsRequest(), deadline: CoordinatorConnection.Deadline, cancellationToken: cancellationToken);
        return all.Experiments.MaxBy(experiment => experiment.Created)?.Id
            ?? throw new CommandFailedException("there is no experiment yet; start one with `nngpt run start quickstart`", ExitCode.NotFound);
    }
}
