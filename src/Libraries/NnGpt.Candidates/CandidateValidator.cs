using System.Diagnostics;
using NnGpt.Candidates.Dispatch;
using NnGpt.Candidates.Execution;
using NnGpt.Candidates.Tensors;
using NnGpt.Python;
using NnGpt.Python.Runtime;
using NnGpt.Torch;

namespace NnGpt.Candidates;

/// <summary>Validates candidates: parse, contract, instantiation, forward pass, a few steps of learning.</summary>
public static class CandidateValidator
{
    private const int LearnBatch = 4;

    /// <summary>Executes a candidate against a request. Every failure of the candidate is a report, not an exception.</summary>
    public static ValidationReport Validate(
        string source, ValidationRequest request, CandidateLimits limits, CancellationToken cancellation)
    {
        var threads = TorchThreads.Count;
        return LargeStackThread.Run(() =>
        {
            TorchThreads.Count = threads;
            return Run(source, request, limits, cancellation);
        });
    }

    private static ValidationReport Run(string source, ValidationRequest request, CandidateLimits limits, CancellationToken cancellation)
    {
        var clock = Stopwatch.StartNew();
        var report = new ValidationReport();
        var learning = false;
        double parse = 0, init = 0, forward = 0, learn = 0;
        ValidationReport Finish(CandidateRejection? rejection, CandidateRun? run) => report with
        {
            Rejection = rejection,
            Losses = run is null || !learning ? [] : [.. run.Session.Losses],
            Output = run?.Output ?? "",
            Times = new ValidationTimes(clock.Elapsed.TotalMilliseconds, parse, init, forward, learn),
        };

        var (code, syntax) = CandidateRun.Compile(source, limits);
        parse = clock.Elapsed.TotalMilliseconds;
        if (code is null)
            return Finish(syntax, null);
        using var run = new CandidateRun(limits, cancellation);
        var start = clock.Elapsed.TotalMilliseconds;
        var rejection = run.Execute(code) ?? run.Try(() =>
        {
            run.Instantiate(request.Contract, request.InShape, request.Classes, request.Prm, request.Seed);
            report = report with { Parameters = run.Parameters(), StateDict = run.StateDict() };
        });
        init = clock.Elapsed.TotalMilliseconds - start;
        if (rejection is not null)
            return Finish(rejection, run);

        start = clock.Elapsed.TotalMilliseconds;
        CandidateRejection? found = null;
        rejection = run.Try(() => (report, found) = Forward(run, request, report)) ?? found;
        forward = clock.Elapsed.TotalMilliseconds - start;
        if (rejection is not null || request.Contract != CandidateContract.Lemur || request.LearnSteps == 0)
            return Finish(rejection, run);

        start = clock.Elapsed.TotalMilliseconds;
        learning = true;
        rejection = run.Try(() => Learn(run, request));
        learn = clock.Elapsed.TotalMilliseconds - start;
        return Finish(rejection, run);
    }

    private static (ValidationReport Report, CandidateRejection? Rejection) Forward(CandidateRun run, ValidationRequest request, ValidationReport report)
    {
        long[] shape = [.. request.InShape];
        var count = shape.Aggregate(1L, (product, size) => product * size);
        var input = request.IntegerInput
            ? Aten.Call("reshape", Aten.Call("remainder.Scalar", Aten.Call("add.Scalar", Aten.Call("mul.Scalar", Aten.Call("arange", count), 7L), 1L), (long)request.Vocabulary), shape)
            : Aten.Call("reshape", Aten.Call("linspace", -1.0, 1.0, count), shape);
        Py.CallMethod(run.Net!, "eval");
        var (output, macs, graph) = run.Trace(input);
        if (output is null)
            throw new CandidateContractException(RejectionReason.Output, "OutputError", "forward returned no tensor");
        run.CheckParameters();
        var values = Values(output);
        report = report with
        {
            // Lazily made layers are there now.
            Parameters = run.Parameters(),
            StateDict = run.StateDict(),
            Macs = macs / Math.Max(1, shape[0]),
            Graph = graph,
            OutputShape = output.Shape,
            OutputSum = values.Sum(),
            OutputAbs = values.Sum(Math.Abs),
            OutputFirst = [.. values.Take(6)],
        };
        return (report, request is { Contract: CandidateContract.Lemur, RequireScorableOutput: true } ? CheckOutput(output, values, request) : null);
    }

    private static CandidateRejection? CheckOutput(TensorObject output, double[] values, ValidationRequest request)
    {
        if (!output.Shape.AsSpan().SequenceEqual([request.InShape[0], request.Classes]))
            return new(RejectionReason.Output, "OutputError", $"forward returned a tensor of shape [{string.Join(", ", output.Shape)}]", 0);
        return values.All(double.IsFinite) ? null : new(RejectionReason.NonFinite, "NonFiniteError", "forward returned NaN or infinity", 0);
    }

    private static double[] Values(TensorObject output)
    {
        // A cast to real numbers drops the imaginary part.
        var real = DTypeObject.IsComplex(output.Tensor.Dtype) ? Aten.Call("real", output) : output;
        using var flat = real.Tensor.Detach();
        return flat.ToArray<double>();
    }

    private static void Learn(CandidateRun run, ValidationRequest request)
    {
        // Only what learn does counts as training.
        run.Session.Losses.Clear();
        Py.CallMethod(run.Net!, "train");
        TorchRandom.ManualSeed(request.Seed);
        Py.CallMethod(run.Net!, "train_setup", run.Prm);
        long[] shape = [LearnBatch, .. request.InShape.Skip(1)];
        var count = shape.Aggregate(1L, (product, size) => product * size);
        var images = Aten.Call("reshape", Aten.Call("linspace", -1.0, 1.0, count), shape);
        var batches = new PyList();
        for (var j = 0; j < request.LearnSteps; j++)
        {
            var labels = Aten.Call("remainder.Scalar", Aten.Call("add.Scalar", Aten.Call("arange", (long)LearnBatch), (long)j), (long)request.Classes);
            batches.Items.Add(new PyTuple(Aten.Call("mul.Scalar", images, 0.5 + 0.5 * j), labels));
        }

        Py.CallMethod(run.Net!, "learn", batches);
        if (request.RequireScorableOutput && run.Session.Losses.Any(loss => !double.IsFinite(loss)))
            throw new CandidateContractException(RejectionReason.NonFinite, "NonFiniteError", "the loss became NaN or infinite");
    }
}
