using NnGpt.Experiments.Profiles;

namespace NnGpt.Dashboard.Experiments;

/// <summary>A profile with the form's changes, by the same rules as the command line's --set and --arm.</summary>
internal static class ProfileForm
{
    /// <summary>What the form offers: every setting with its default and range, and the arms.</summary>
    public static FormOffer Offer { get; } = new(ExperimentProfile.Settings, [.. AblationArm.All.Select(arm => new FormArm(arm.Name, arm.Description))]);

    public static CheckedForm Check(StartRequest request)
    {
        var problems = ExperimentProfile.Parse(request.Profile).Problems;
        // Not a mapping at all: there is nothing to change.
        if (problems.Any(problem => problem.Path.Length == 0))
            return new CheckedForm(request.Profile, problems, new Dictionary<string, string>());
        string text = request.Profile;
        var values = ProfileOverrides.Read(text);
        if (request.Settings is { Count: > 0 } settings)
        {
            try
            {
                text = ProfileOverrides.Apply(text, settings);
            }
            catch (ArgumentException wrong)
            {
                return new CheckedForm(text, [new ProfileProblem("", 0, wrong.Message)], values);
            }
            problems = ExperimentProfile.Parse(text).Problems;
        }
        if (request.Arm is not { Length: > 0 } name || problems.Count > 0)
            return new CheckedForm(text, problems, values);
        return AblationArm.All.FirstOrDefault(arm => arm.Name == name) is not { } found
            ? new CheckedForm(text, [new ProfileProblem("arm", 0, $"there is no arm '{name}'; there are {string.Join(", ", AblationArm.All.Select(arm => arm.Name))}")], values)
            : new CheckedForm(found.Apply(text), [], values);
    }
}

/// <summary>What the form of an experiment offers.</summary>
internal sealed record FormOffer(IReadOnlyList<ProfileSetting> Settings, IReadOnlyList<FormArm> Arms);

/// <summary>An arm of an ablation study.</summary>
internal sealed record FormArm(string Name, string Description);

/// <summary>A form that was checked.</summary>
/// <param name="Text">The profile with the changes, as it would be started.</param>
/// <param name="Problems">Each with the path of the setting that it concerns; empty when the text can be started.</param>
/// <param name="Values">What the profile itself sets, by path.</param>
internal sealed record CheckedForm(string Text, IReadOnlyList<ProfileProblem> Problems, IReadOnlyDictionary<string, string> Values);
