using System.Globalization;
using NnGpt.Protocol.V1;

namespace NnGpt.Generator.Candidates;

/// <summary>Deterministic candidate ids: "experiment-c03-017".</summary>
internal static class CandidateId
{
    public static CandidateRef Of(string experiment, int cycle, int index) => new()
    {
        Experiment = experiment,
        Cycle = cycle,
        Index = index,
        Id = string.Create(CultureInfo.InvariantCulture, $"{experiment}-c{cycle:00}-{index:000}"),
    };
}
