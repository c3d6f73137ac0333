using System.Globalization;
using NnGpt.Protocol.V1;

namespace NnGpt.Coordinator.Cycles;

/// <summary>Deterministic candidate ids, "quickstart-1-c03-017", as the Generator makes them.</summary>
internal static class CandidateIds
{
    public static CandidateRef Of(string experiment, int cycle, int index) => new()
    {
        Experiment = experiment,
        Cycle = cycle,
        Index = index,
        Id = string.Create(CultureInfo.InvariantCulture, $"{experiment}-c{cycle:00}-{index:000}"),
    };
}
