using NnGpt.Candidates;
using NnGpt.Data;
using NnGpt.Protocol.V1;
using NnGpt.Torch;
using RejectionReason = NnGpt.Protocol.V1.RejectionReason;

namespace NnGpt.Worker;

/// <summary>Turns a request of the pool into work of NnGpt.Candidates, and its report into an answer.</summary>
/// <param name="data">Data sets.</param>
/// <param name="memoryBytes">Memory that the pool gives this process.</param>
internal sealed class Judge(LoadedData data, long memoryBytes)
{
    // Tensors are refused a little before the pool, which sees the whole process, would end it.
    private const long Reserve = 64L << 20;
    private const long LeastTensorBytes = 64L << 20;

    private const int SyntheticBatch = 4;
    private const int EvaluationBatch = 256;

    public WorkerResponse Answer(WorkerRequest request)
    {
        var response = new WorkerResponse { Id = request.Id };
        if (request.WorkCase == WorkerRequest.WorkOneofCase.Train)
        {
            response.Training = Guard(() => Train(request.Train), (reason, error) => new TrainingOutcome { Reason = reason, Error = error });
        }
        else
        {
            response.Validation = Guard(() => Validate(request.Validate), (reason, error) => new ValidationOutcome { Reason = reason, Error = error });
        }
        return response;
    }

    private ValidationOutcome Validate(ValidateRequest request)
    {
        var contract = request.Contract;
        ValidationRequest validation;
        if (contract is not null)
        {
            validation = new ValidationRequest
            {
                Contract = contract.Plain ? CandidateContract.Plain : CandidateContract.Lemur,
                InShape = [.. contract.InShape],
                Classes = contract.Classes,
                Seed = contract.Seed,
                LearnSteps = contract.Plain ? 0 : contract.LearnSteps,
                IntegerInput = contract.IntegerInput,
                Vocabulary = Math.Max(1, contract.Vocabulary),
                RequireScorableOutput = false,
            };
        }
        else if (DatasetCatalog.Find(request.Task?.Dataset ?? "") is { } dataset)
        {
            validation = new ValidationRequest
            {
                InShape = [SyntheticBatch, dataset.Channels, dataset.Size, dataset.Size],
                Classes = dataset.ClassNames.Count,
                Prm = Hyperparameters(request.Task!),
                LearnSteps = request.GraphOnly ? 0 : new ValidationRequest().LearnSteps,
            };
        }
        else
        {
            return new ValidationOutcome { Reason = RejectionReason.WorkerDied, Error = new CodeError { Type = "ValueError", Message = $"no data set \"{request.Task?.Dataset}\"" } };
        }
        var report = CandidateValidator.Validate(request.Source, validation, Limits(request.Limits, request.Limits?.ValidationSeconds ?? 0), CancellationToken.None);
        return Outcomes.Of(report);
    }

    private TrainingOutcome Train(TrainRequest request)
    {
        var task = request.Task;
        if (data.TrySplit(task, out string? problem) is not { } split)
        {
            return new TrainingOutcome { Reason = RejectionReason.WorkerDied, Error = new CodeError { Type = "FileNotFoundError", Message = problem } };
        }
        var dataset = split.Train.Dataset;
        int batchSize = task.BatchSize > 0 ? task.BatchSize : 64;
        bool test = request.Training.EvaluateOn == "test";
        var report = CandidateTrainer.Train(
            request.Source,
            new TrainingRequest
            {
                InShape = [batchSize, dataset.Channels, dataset.Height, dataset.Width],
                Classes = dataset.Classes,
                Prm = Hyperparameters(task),
                Seed = request.Training.Seed,
                Numerics = request.Training.Numerics switch
                {
                    "fast" => TrainingNumerics.Fast,
                    "bfloat16" => TrainingNumerics.BFloat16,
                    _ => TrainingNumerics.Exact,
                },
                Training = Source(Batches.Shuffled(split.Train, split.Normalisation, batchSize, request.Training.Seed)),
                Evaluation = Source(Batches.InOrder(test ? split.Test : split.Validation, split.Normalisation, EvaluationBatch)),
            },
            Limits(request.Limits, request.Limits?.TrainingSeconds ?? 0),
            CancellationToken.None);
        return Outcomes.Of(report, test ? "test" : "validation");
    }

    private static BatchSource Source(Batches batches) => new(batches.Count, batches.SizeOf, batches.Fill);

    private static Dictionary<string, double> Hyperparameters(TaskSettings task)
    {
        var values = new Dictionary<string, double>(task.Hyperparameters);
        values.TryAdd("lr", 0.01);
        values.TryAdd("momentum", 0.9);
        values.TryAdd("dropout", 0.2);
        values.TryAdd("batch", task.BatchSize > 0 ? task.BatchSize : 64);
        return values;
    }

    private CandidateLimits Limits(LimitSettings? limits, double seconds)
    {
        long memory = limits?.MemoryBytes > 0 ? Math.Min(limits.MemoryBytes, memoryBytes) : memoryBytes;
        long tensors = Math.Max(LeastTensorBytes, memory - Environment.WorkingSet + MemoryLimit.BytesInUse - Reserve);
        var result = new CandidateLimits { TensorBytes = tensors, MaxTensorElements = Math.Min(memory, new CandidateLimits().MaxTensorElements) };
        if (limits?.Parameters > 0)
        {
            result = result with { MaxParameters = limits.Parameters };
        }
        if (limits?.MacsPerImage > 0)
        {
            result = result with { MaxMacs = limits.MacsPerImage };
        }
        return seconds > 0 ? result with { Time = TimeSpan.FromSeconds(seconds) } : result;
    }

    // What the candidate does wrong comes back as a report; what arrives here is short memory or a fault of ours.
    private static T Guard<T>(Func<T> work, Func<RejectionReason, CodeError, T> failed)
    {
        try
        {
            return work();
        }
        catch (OutOfMemoryException)
        {
            return failed(RejectionReason.Memory, new CodeError { Type = "MemoryError", Message = "out of memory" });
        }
        catch (Exception error)
        {
            Console.Error.WriteLine(error);
            return failed(RejectionReason.Unsupported, new CodeError { Type = "SystemError", Message = $"{error.GetType().Name}: {error.Message}" });
        }
    }
}
