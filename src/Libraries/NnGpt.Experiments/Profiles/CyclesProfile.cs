namespace NnGpt.Experiments.Profiles;

/// <summary>How many candidates are asked for.</summary>
/// <param name="Count">Cycles.</param>
/// <param name="Candidates">Candidates a cycle.</param>
/// <param name="FirstCycleCandidates">Candidates of the first cycle.</param>
/// <param name="Batch">Candidates a generation command: sampled together.</param>
public sealed record CyclesProfile(int Count, int Candidates, int FirstCycleCandidates, int Batch)
{
    /// <summary>Candidates of a cycle, counted from 0.</summary>
    public int CandidatesOf(int cycle) => cycle == 0 ? FirstCycleCandidates : Candidates;
}
