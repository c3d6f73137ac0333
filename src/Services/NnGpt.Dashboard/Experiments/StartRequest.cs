namespace NnGpt.Dashboard.Experiments;

/// <summary>What an experiment is started with: the text of a profile, and what the form changes of it.</summary>
/// <param name="Profile">YAML text.</param>
/// <param name="Name">Of the experiment; without one the Coordinator makes it from the profile's.</param>
/// <param name="Seed">None: the profile's.</param>
/// <param name="Settings">Values by path, as `nngpt run start --set` takes them.</param>
/// <param name="Arm">Arm of an ablation study, as `nngpt run start --arm` takes it; none: the loop.</param>
internal sealed record StartRequest(string Profile, string? Name, ulong? Seed, IReadOnlyDictionary<string, string>? Settings, string? Arm);
