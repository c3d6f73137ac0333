namespace NnGpt.Experiments.Profiles;

/// <summary>An arm of an ablation study: a profile with one part of the loop taken out (arXiv 2601.02997, supplementary F).</summary>
/// <param name="Name">Its name on the command line and in the experiment's.</param>
/// <param name="Description">What is taken out.</param>
/// <param name="Settings">Settings by their paths, with the values they have in the arm.</param>
public sealed record AblationArm(string Name, string Description, IReadOnlyDictionary<string, string> Settings)
{
    /// <summary>Every arm; "loop" takes out nothing.</summary>
    public static IReadOnlyList<AblationArm> All { get; } =
    [
        new("loop", "the profile as it is", new Dictionary<string, string>()),
        new("no-finetuning", "every cycle samples from the base model", new Dictionary<string, string> { ["fine_tuning.enabled"] = "never" }),
        new("finetune-once", "every cycle after the first samples from the same adapter", new Dictionary<string, string> { ["fine_tuning.enabled"] = "once" }),
        new("no-novelty", "near-duplicates are admitted", new Dictionary<string, string> { ["admission.novelty_filter"] = "false" }),
        new("no-threshold", "any accuracy is admitted", new Dictionary<string, string> { ["admission.accuracy_floor"] = "0", ["admission.accuracy_quantile"] = "0" }),
    ];

    /// <summary>The profile of this arm: the settings changed, and "-NAME" behind the profile's name.</summary>
    /// <param name="yaml">Text of a profile without problems.</param>
    public string Apply(string yaml)
    {
        string name = ExperimentProfile.Parse(yaml).Profile?.Name
            ?? throw new ArgumentException("the profile has problems", nameof(yaml));
        return ProfileOverrides.Apply(yaml, Settings.Append(new("name", $"{name}-{Name}")));
    }
}
