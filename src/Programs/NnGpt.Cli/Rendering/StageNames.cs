using NnGpt.Protocol.V1;

namespace NnGpt.Cli.Rendering;

internal static class StageNames
{
    public static string Of(CycleStage stage) => stage switch
    {
        CycleStage.Preparing => "indexing the corpus",
        CycleStage.Candidates => "candidates",
        CycleStage.FineTuning => "fine-tuning",
        CycleStage.Closed => "closed",
        CycleStage.Rescoring => "re-scoring the best on the test split",
        _ => "-",
    };

    public static string Of(ExperimentState state) => state switch
    {
        ExperimentState.Running => "running",
        ExperimentState.Stopping => "stopping",
        ExperimentState.Stopped => "stopped",
        ExperimentState.Completed => "completed",
        ExperimentState.Failed => "failed",
        _ => "unknown",
    };

    public static string Of(StructureClass kind) => kind switch
    {
        StructureClass.Copy => "copy",
        StructureClass.NearDuplicate => "near_duplicate",
        StructureClass.Recombination => "recombination",
        StructureClass.NewMotif => "new_motif",
        _ => "",
    };

    public static bool HasEnded(ExperimentState state) =>
        state is ExperimentState.Stopped or ExperimentState.Completed or ExperimentState.Failed;

    /// <summary>"REJECTION_REASON_NON_FINITE" as people read it: "non finite".</summary>
    public static string Of(RejectionReason reason) => reason == RejectionReason.Unspecified
        ? ""
        : string.Concat(reason.ToString().Select((c, i) => i > 0 && char.IsUpper(c) ? $" {char.ToLowerInvariant(c)}" : $"{char.ToLowerInvariant(c)}"));
}
