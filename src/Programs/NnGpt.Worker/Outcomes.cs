using NnGpt.Candidates;
using NnGpt.Candidates.Tracing;
using NnGpt.Protocol.V1;
using RejectionReason = NnGpt.Protocol.V1.RejectionReason;
using TensorSpec = NnGpt.Protocol.V1.TensorSpec;
using ValidationTimes = NnGpt.Protocol.V1.ValidationTimes;

namespace NnGpt.Worker;

/// <summary>Reports of NnGpt.Candidates as messages.</summary>
internal static class Outcomes
{
    public static ValidationOutcome Of(ValidationReport report)
    {
        var outcome = new ValidationOutcome
        {
            Valid = report.Valid,
            Reason = Reason(report.Rejection),
            Error = Error(report.Rejection),
            Parameters = report.Parameters,
            Macs = report.Macs,
            OutputSum = report.OutputSum,
            OutputAbs = report.OutputAbs,
            Times = new ValidationTimes
            {
                Total = report.Times.Total,
                Parse = report.Times.Parse,
                Init = report.Times.Init,
                Forward = report.Times.Forward,
                Learn = report.Times.Learn,
            },
        };
        outcome.OutputShape.AddRange(report.OutputShape);
        outcome.OutputFirst.AddRange(report.OutputFirst);
        outcome.Losses.AddRange(report.Losses);
        foreach (var entry in report.StateDict)
        {
            var spec = new TensorSpec { Name = entry.Name, Dtype = entry.DType };
            spec.Shape.AddRange(entry.Shape);
            outcome.StateDict.Add(spec);
        }
        if (report is { Valid: true, Graph: { } graph })
        {
            outcome.Graph = Of(graph);
        }
        return outcome;
    }

    private static ComputationGraph Of(TracedGraph graph)
    {
        var message = new ComputationGraph
        {
            Output = graph.Output,
            Batch = graph.Batch,
            Truncated = graph.Truncated,
            UnusedParameters = graph.UnusedParameters,
            Operators = graph.Operators,
        };
        foreach (var traced in graph.Nodes)
        {
            var node = new GraphNode
            {
                Id = message.Nodes.Count,
                Op = traced.Op,
                Batch = traced.Batch,
                Dtype = traced.Dtype,
                ModulePath = traced.ModulePath,
                ModuleClass = traced.ModuleClass,
                Parameters = traced.Parameters,
                Macs = traced.Macs,
            };
            node.Inputs.Add(traced.Inputs.Select(input => new GraphInput { Node = input.Node, Argument = input.Argument }));
            foreach (var (name, value) in traced.Attributes)
            {
                node.Attributes.Add(name, value);
            }
            node.OutputShape.Add(traced.OutputShape);
            message.Nodes.Add(node);
        }
        return message;
    }

    public static TrainingOutcome Of(TrainingReport report, string evaluatedOn)
    {
        var outcome = new TrainingOutcome
        {
            Scored = report.Scored,
            Reason = Reason(report.Rejection),
            Error = Error(report.Rejection),
            Accuracy = report.Accuracy,
            Images = report.Images,
            EvaluatedOn = evaluatedOn,
            TrainSeconds = report.TrainSeconds,
            EvaluateSeconds = report.EvaluateSeconds,
            Parameters = report.Parameters,
        };
        outcome.Losses.AddRange(report.Losses);
        return outcome;
    }

    // The values of the two enums are the same.
    private static RejectionReason Reason(CandidateRejection? rejection) => (RejectionReason)(rejection?.Reason ?? 0);

    private static CodeError? Error(CandidateRejection? rejection) =>
        rejection is null ? null : new CodeError { Type = rejection.ErrorType, Message = rejection.Message, Line = rejection.Line };
}
