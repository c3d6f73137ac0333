namespace NnGpt.Experiments.Profiles;

/// <summary>When the model is fine-tuned.</summary>
public enum FineTuningSchedule
{
    /// <summary>After every cycle but the last.</summary>
    EveryCycle,

    /// <summary>After the first cycle only; the later ones sample from that fixed model (ablation).</summary>
    Once,

    /// <summary>Never: all cycles sample from the base model (ablation).</summary>
    Never,
}
