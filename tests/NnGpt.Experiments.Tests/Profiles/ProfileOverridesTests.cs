using NnGpt.Experiments.Profiles;

namespace NnGpt.Experiments.Tests.Profiles;

public sealed class ProfileOverridesTests
{
    private const string Yaml = "name: mine\ntask:\n  train_images: 10_000 # of fifty\nadmission: { tau: 0.8 }\n";

    [Fact]
    public void Apply_SettingsThereAndNotThere_ChangesThoseOnly()
    {
        var profile = ExperimentProfile.Parse(ProfileOverrides.Apply(Yaml, [new("admission.tau", "0.7"), new("cycles.count", "3"), new("seed", "9")])).Profile!;

        Assert.Equal((0.7, 3, 9UL), (profile.Admission.Tau, profile.Cycles.Count, profile.Seed));
        Assert.Equal(("mine", 10_000), (profile.Name, profile.Task.TrainImages));
    }

    [Fact]
    public void Apply_UnknownSetting_IsLeftToTheParserToReport() =>
        Assert.Single(ExperimentProfile.Parse(ProfileOverrides.Apply(Yaml, [new("admission.tua", "0.7")])).Problems);

    [Theory]
    [InlineData("admission")]
    [InlineData("name.first")]
    public void Apply_PathOfNoSetting_Throws(string path) =>
        Assert.Throws<ArgumentException>(() => ProfileOverrides.Apply(Yaml, [new(path, "1")]));

    [Fact]
    public void Apply_SectionWithoutSettings_GetsItsFirst() =>
        Assert.Equal(7, ExperimentProfile.Parse(ProfileOverrides.Apply("cycles:\nname: mine", [new("cycles.count", "7")])).Profile!.Cycles.Count);

    [Fact]
    public void Apply_ValueWithLines_StaysOneValue()
    {
        var problem = Assert.Single(ExperimentProfile.Parse(ProfileOverrides.Apply(Yaml, [new("cycles.count", "3\nseed: 9")])).Problems);

        Assert.Equal("cycles.count", problem.Path);
    }

    [Fact]
    public void Read_ScalarsOfEverySection_AreThereByPath()
    {
        var values = ProfileOverrides.Read(Yaml + "fine_tuning: { target_modules: [q_proj], epochs: 2 }\n");

        Assert.Equal(["admission.tau=0.8", "fine_tuning.epochs=2", "name=mine", "task.train_images=10_000"], values.Select(pair => $"{pair.Key}={pair.Value}").Order(StringComparer.Ordinal));
        Assert.Empty(ProfileOverrides.Read("- a list"));
    }

    [Fact]
    public void AblationArm_EveryOne_ChangesItsSettingsAndTheNameAlone()
    {
        string demo = Yaml + "fine_tuning: { enabled: every_cycle }\n";
        var loop = ExperimentProfile.Parse(demo).Profile!;
        foreach (var arm in AblationArm.All)
        {
            var result = ExperimentProfile.Parse(arm.Apply(demo));

            Assert.Empty(result.Problems);
            var expected = ExperimentProfile.Parse(ProfileOverrides.Apply(demo, arm.Settings)).Profile!;
            Assert.Equal($"mine-{arm.Name}", result.Profile!.Name);
            Assert.Equal(arm.Name == "loop", expected.Admission == loop.Admission && expected.FineTuning.Schedule == loop.FineTuning.Schedule);
            Assert.Equal((expected.Admission, expected.FineTuning.Schedule, expected.Task.TrainImages), (result.Profile.Admission, result.Profile.FineTuning.Schedule, result.Profile.Task.TrainImages));
        }
    }
}
