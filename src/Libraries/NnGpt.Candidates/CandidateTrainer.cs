using System.Diagnostics;
using NnGpt.Candidates.Dispatch;
using NnGpt.Candidates.Execution;
using NnGpt.Candidates.Nn;
using NnGpt.Candidates.Tensors;
using NnGpt.Python;
using NnGpt.Python.Runtime;
using NnGpt.Torch;

namespace NnGpt.Candidates;

/// <summary>Trains candidates for one epoch by their own learn() and measures their accuracy.</summary>
public static class CandidateTrainer
{
    /// <summary>Trains and evaluates. Every failure of the candidate is a report, not an exception.</summary>
    public static TrainingReport Train(
        string source, TrainingRequest request, CandidateLimits limits, CancellationToken cancellation)
    {
        var threads = TorchThreads.Count;
        return LargeStackThread.Run(() =>
        {
            TorchThreads.Count = threads;
            if (request.Numerics == TrainingNumerics.Exact)
                return Run(source, request, limits, null, cancellation);
            var report = RunInAnyLayout(source, request, limits, cancellation);
            // Whether a candidate can be trained is decided in float32: some operators have no bfloat16 kernel.
            return report.Rejection is not null && request.Numerics == TrainingNumerics.BFloat16
                ? RunInAnyLayout(source, request with { Numerics = TrainingNumerics.Fast }, limits, cancellation)
                : report;
        });
    }

    private static TrainingReport RunInAnyLayout(string source, TrainingRequest request, CandidateLimits limits, CancellationToken cancellation)
    {
        using var kernels = new FastKernels();
        var layout = new ChannelsLast();
        try
        {
            var report = Run(source, request, limits, layout, cancellation);
            // Some operators fail for their input's strides: the reason of a verdict does not depend on the layout.
            if (!layout.IsUsed || report.Rejection is null or { Reason: RejectionReason.Time or RejectionReason.Memory })
                return report;
        }
        catch (LayoutMattersException)
        {
        }

        return Run(source, request, limits, null, cancellation);
    }

    private static TrainingReport Run(string source, TrainingRequest request, CandidateLimits limits, ChannelsLast? layout, CancellationToken cancellation)
    {
        var report = new TrainingReport();
        var (code, syntax) = CandidateRun.Compile(source, limits);
        if (code is null)
            return report with { Rejection = syntax };
        using var run = new CandidateRun(limits, cancellation);
        run.Session.Progress = request.Progress;
        run.Session.ChannelsLast = layout;
        var clock = Stopwatch.StartNew();
        CandidateRejection? found = null;
        var rejection = run.Execute(code) ?? run.Try(() =>
        {
            run.Instantiate(CandidateContract.Lemur, request.InShape, request.Classes, request.Prm, request.Seed);
            report = report with { Parameters = run.Parameters() };
            layout?.Convert(run.Net!);
            if (layout is { IsUsed: false })
                run.Session.ChannelsLast = null;
            (report, found) = CheckCompute(run, request, report);
        }) ?? found;
        rejection ??= run.Try(() => found = Learn(run, request)) ?? found;
        report = report with { Losses = [.. run.Session.Losses], TrainSeconds = clock.Elapsed.TotalSeconds };
        if (rejection is not null)
            return report with { Rejection = rejection };

        clock.Restart();
        rejection = run.Try(() => (report, found) = Evaluate(run, request, report)) ?? found;
        return report with { Rejection = rejection, EvaluateSeconds = clock.Elapsed.TotalSeconds };
    }

    // One image through the network tells what an epoch will cost, before it is spent.
    private static (TrainingReport Report, CandidateRejection? Rejection) CheckCompute(CandidateRun run, TrainingRequest request, TrainingReport report)
    {
        var limits = run.Session.Limits;
        Py.CallMethod(run.Net!, "eval");
        var (output, macs) = run.Forward(Aten.Call("zeros", (long[])[2, .. request.InShape.Skip(1)]));
        if (output is null)
            return (report, new(RejectionReason.Output, "OutputError", "forward returned no tensor", 0));
        report = report with { Macs = macs / 2 };
        var total = 3.0 * report.Macs * request.Training.Images + (double)report.Macs * request.Evaluation.Images;
        return (report, total > limits.MaxTrainingMacs
            ? new(RejectionReason.Compute, "ComputeBudgetError", $"the training takes {total:0} multiply-accumulates; the budget is {limits.MaxTrainingMacs}", 0)
            : null);
    }

    private static CandidateRejection? Learn(CandidateRun run, TrainingRequest request)
    {
        var before = ModuleClass.Parameters(run.Net!).Select(parameter => (parameter, parameter.Tensor.Version, Sum: Sum(parameter.Tensor))).ToList();
        run.Session.Losses.Clear();
        Py.CallMethod(run.Net!, "train");
        TorchRandom.ManualSeed(request.Seed);
        using var autocast = request.Numerics == TrainingNumerics.BFloat16 ? new Autocast() : null;
        Py.CallMethod(run.Net!, "train_setup", run.Prm);
        Py.CallMethod(run.Net!, "learn", new BatchLoader(request.Training, request.InShape));
        if (run.Session.Losses.Any(loss => !double.IsFinite(loss)))
            return new(RejectionReason.NonFinite, "NonFiniteError", "the loss became NaN or infinite", 0);
        run.CheckParameters();
        var trained = run.Session.Losses.Count > 0 && before.Any(entry =>
            entry.parameter.Tensor.Version != entry.Version || !Sum(entry.parameter.Tensor).Equals(entry.Sum));
        return trained ? null : new(RejectionReason.Untrained, "UntrainedError", "learn changed no parameter", 0);
    }

    // Tells of updates through parameter.data, which leave the tensor's version as it is.
    private static double Sum(Tensor tensor)
    {
        using var guard = NoGrad.Enter();
        using var scope = new TensorScope();
        var values = tensor.Dtype is Dtype.Complex64 or Dtype.Complex128 ? Operators.Get("view_as_real").Call(tensor) : tensor;
        return Operators.Get("sum").Call(values, Dtype.Float64).Item<double>();
    }

    private static (TrainingReport Report, CandidateRejection? Rejection) Evaluate(CandidateRun run, TrainingRequest request, TrainingReport report)
    {
        Py.CallMethod(run.Net!, "eval");
        using var guard = NoGrad.Enter();
        long right = 0, images = 0;
        var imageShape = request.InShape.Skip(1).ToArray();
        for (var i = 0; i < request.Evaluation.Count; i++)
        {
            var (x, y) = BatchLoader.Make(request.Evaluation, i, imageShape);
            var count = y.Tensor.NumElements;
            if (Py.Call(run.Net!, x) is not TensorObject output || !output.Shape.AsSpan().SequenceEqual([count, request.Classes]))
                return (report, new(RejectionReason.Output, "OutputError", "forward returned no tensor of (batch, classes)", 0));
            if (TensorData.Item(Aten.Call("all", Aten.Call("isfinite", output))) is not true)
                return (report, new(RejectionReason.NonFinite, "NonFiniteError", "forward returned NaN or infinity", 0));
            var hits = Aten.Call("sum", Aten.Call("eq.Tensor", Aten.Call("argmax", output, 1L), y));
            right += (long)TensorData.Item(hits);
            images += count;
        }

        return (report with { Accuracy = images == 0 ? 0 : (double)right / images, Images = images }, null);
    }
}
