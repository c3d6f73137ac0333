namespace NnGpt.Experiments.Profiles;

/// <summary>LoRA fine-tuning between cycles.</summary>
/// <param name="Schedule">Every cycle, once or never.</param>
/// <param name="Rank">Of the LoRA matrices.</param>
/// <param name="Alpha">The update is scaled by alpha / rank.</param>
/// <param name="Dropout">Before the LoRA matrices.</param>
/// <param name="TargetModules">Projections that are adapted.</param>
/// <param name="LayersToTransform">Layers that are adapted, from 0; null: all.</param>
/// <param name="Optimizer">adamw, adamw_8bit or paged_adamw_8bit.</param>
/// <param name="LearningRate">Peak of the cosine schedule.</param>
/// <param name="Epochs">Passes over the training set.</param>
/// <param name="BatchSize">Pairs a step.</param>
/// <param name="Accumulation">Steps an update.</param>
/// <param name="WarmupSteps">Updates of linear warm-up.</param>
/// <param name="WeightDecay">Of AdamW.</param>
/// <param name="MaxGradNorm">Gradient clipping.</param>
/// <param name="MaskPrompt">Only the answer's tokens count in the loss.</param>
/// <param name="AboveThresholdOnly">Train on the admitted networks above the current threshold; false: on all admitted.</param>
/// <param name="FamilyShare">The most that one architecture family gives, as a share of the number of admitted examples; 1: all it has.</param>
/// <param name="ReplayShare">Share of the training set drawn from the base corpus; 1: the whole base corpus.</param>
/// <param name="StartFromPrevious">Go on with the previous adapter; false: a fresh one on the base model.</param>
public sealed record FineTuningProfile(
    FineTuningSchedule Schedule, int Rank, double Alpha, double Dropout, IReadOnlyList<string> TargetModules,
    IReadOnlyList<int>? LayersToTransform, string Optimizer, double LearningRate, int Epochs, int BatchSize, int Accumulation,
    int WarmupSteps, double WeightDecay, double MaxGradNorm, bool MaskPrompt, bool AboveThresholdOnly, double FamilyShare,
    double ReplayShare, bool StartFromPrevious)
{
    /// <summary>Whether the model is fine-tuned after a cycle that is not the last.</summary>
    public bool Follows(int cycle) => Schedule == FineTuningSchedule.EveryCycle || (Schedule == FineTuningSchedule.Once && cycle == 0);
}
