using System.Security.Cryptography;
using Google.Protobuf;
using Microsoft.Extensions.Options;
using NnGpt.LanguageModel.Adapters;
using NnGpt.Protocol.V1;
using NnGpt.ServiceDefaults.Artifacts;

namespace NnGpt.FineTuner.Tuning;

/// <summary>
/// From a command to an adapter in the artifact store. A command's result is kept on disk: asked again, after a
/// redelivery or a restart, it is answered without training again; and one that was cut short goes on from its checkpoint.
/// </summary>
internal sealed class FineTuneProcess(LoraTuner tuner, ArtifactClient artifacts, IOptions<FineTunerOptions> options, TimeProvider time)
    : IDisposable
{
    // One at a time in this process: a fine-tuning uses every thread it was given.
    private readonly SemaphoreSlim _turn = new(1, 1);

    public async Task<AdapterReady> RunAsync(FineTuneCommand command, Func<FineTuneProgress, Task> report, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            string key = Convert.ToHexStringLower(SHA256.HashData(command.ToByteArray()));
            string resultFile = Path.Combine(options.Value.CacheDirectory, "results", $"{key}.pb");
            if (File.Exists(resultFile))
            {
                return AdapterReady.Parser.ParseFrom(await File.ReadAllBytesAsync(resultFile, cancellationToken));
            }

            var result = await TrainAsync(command, Path.Combine(options.Value.CacheDirectory, "work", key), report, cancellationToken);
            Directory.CreateDirectory(Path.GetDirectoryName(resultFile)!);
            await File.WriteAllBytesAsync($"{resultFile}.part", result.ToByteArray(), cancellationToken);
            File.Move($"{resultFile}.part", resultFile, overwrite: true);
            return result;
        }
        finally
        {
            _turn.Release();
        }
    }

    public void Dispose() => _turn.Dispose();

    private async Task<AdapterReady> TrainAsync(FineTuneCommand command, string work, Func<FineTuneProgress, Task> report, CancellationToken cancellationToken)
    {
        long start = time.GetTimestamp();
        Directory.CreateDirectory(work);
        try
        {
            string trainingSet = Path.Combine(work, "train.jsonl");
            await artifacts.GetToFileAsync(command.TrainingSetDigest, trainingSet, cancellationToken);
            string? startAdapter = command.StartAdapterDigest.Length == 0 ? null : await UnpackAsync(command.StartAdapterDigest, work, cancellationToken);

            string adapter = Path.Combine(work, "adapter");
            var outcome = await tuner.TuneAsync(
                command.Settings, trainingSet, startAdapter, Path.Combine(work, "checkpoint"), adapter, report, cancellationToken);
            string digest = await UploadAsync(adapter, work, cancellationToken);
            var result = new AdapterReady
            {
                Experiment = command.Experiment,
                Cycle = command.Cycle,
                AdapterDigest = digest,
                Pairs = outcome.Pairs,
                Tokens = outcome.Tokens,
                Steps = outcome.Steps,
                Losses = { outcome.EpochLosses },
                Seconds = time.GetElapsedTime(start).TotalSeconds,
            };
            Directory.Delete(work, recursive: true);
            return result;
        }
        catch (TrainingSetException)
        {
            // Trying again would not help. After anything else the checkpoint is kept.
            Directory.Delete(work, recursive: true);
            throw;
        }
    }

    private async Task<string> UnpackAsync(string digest, string work, CancellationToken cancellationToken)
    {
        string archive = Path.Combine(work, "start.tar");
        string directory = Path.Combine(work, "start");
        if (Directory.Exists(directory))
        {
            Directory.Delete(directory, recursive: true);
        }
        await artifacts.GetToFileAsync(digest, archive, cancellationToken);
        await using var stream = File.OpenRead(archive);
        await AdapterArchive.UnpackAsync(stream, directory, cancellationToken);
        return directory;
    }

    private async Task<string> UploadAsync(string adapter, string work, CancellationToken cancellationToken)
    {
        await using var archive = File.Create(Path.Combine(work, "adapter.tar"));
        await AdapterArchive.PackAsync(adapter, archive, cancellationToken);
        archive.Position = 0;
        return (await artifacts.PutAsync(archive, "application/x-tar", cancellationToken)).Digest;
    }
}
