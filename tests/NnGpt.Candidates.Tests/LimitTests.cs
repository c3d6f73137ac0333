namespace NnGpt.Candidates.Tests;

/// <summary>Limits hold before the work is done, and candidate code cannot catch them.</summary>
public sealed class LimitTests
{
    private static readonly ValidationRequest s_request = new() { InShape = [2, 3, 8, 8] };

    [Theory]
    [InlineData("self.fc = nn.Linear(10 ** 6, 10 ** 5)", RejectionReason.Parameters)]
    [InlineData("self.fc = nn.Sequential(*[nn.Linear(400, 400) for _ in range(4)])", RejectionReason.Parameters)]
    [InlineData("try:\n    self.fc = nn.Linear(10 ** 6, 10 ** 5)\nexcept BaseException:\n    pass", RejectionReason.Parameters)]
    [InlineData("self.x = torch.zeros(10 ** 6, 10 ** 6)", RejectionReason.Memory)]
    [InlineData("self.x = torch.ones(10).repeat(10 ** 6, 10 ** 6)", RejectionReason.Memory)]
    [InlineData("a = torch.ones(10 ** 5, 1)\nself.x = a * a.t()", RejectionReason.Memory)]
    [InlineData("self.x = torch.arange(10 ** 12)", RejectionReason.Memory)]
    [InlineData("while True:\n    pass", RejectionReason.Time)]
    [InlineData("try:\n    while True:\n        pass\nexcept BaseException:\n    pass", RejectionReason.Time)]
    public void Validate_OverALimit_RefusesWithItsReason(string init, RejectionReason reason)
    {
        var limits = new CandidateLimits { Time = TimeSpan.FromSeconds(20), Steps = 200_000 };
        var report = CandidateValidator.Validate(Candidate.With(init), s_request, limits, TestContext.Current.CancellationToken);
        Assert.Equal(reason, report.Rejection?.Reason);
    }

    [Fact]
    public void Validate_TooManyMacs_RefusesTheCandidate()
    {
        var report = CandidateValidator.Validate(Candidate.With(), s_request, new CandidateLimits { MaxMacs = 1919 }, TestContext.Current.CancellationToken);
        Assert.Equal(RejectionReason.Compute, report.Rejection?.Reason);
        Assert.Contains("at least 1920 multiply-accumulates; the budget is 1919", report.Rejection?.Message);
    }

    [Theory]
    [InlineData("import ctypes")]
    [InlineData("import subprocess")]
    [InlineData("import torchvision")]
    public void Validate_ForbiddenImport_IsAnImportError(string import)
    {
        var report = CandidateValidator.Validate(import + "\n" + Candidate.With(), s_request, new CandidateLimits(), TestContext.Current.CancellationToken);
        Assert.Equal(RejectionReason.Import, report.Rejection?.Reason);
        Assert.Equal(1, report.Rejection?.Line);
    }

    [Theory]
    [InlineData("x.set_(x)")]
    [InlineData("x.resize_(10 ** 6)")]
    [InlineData("torch.as_strided(x, (10 ** 6,), (1,))")]
    [InlineData("torch.from_file('/etc/passwd')")]
    [InlineData("x.storage()")]
    public void Validate_WaysAroundTheTensor_AreUnsupported(string code)
    {
        var report = CandidateValidator.Validate(Candidate.With(forward: $"{code}\nreturn x"), s_request, new CandidateLimits(), TestContext.Current.CancellationToken);
        Assert.Equal(RejectionReason.Unsupported, report.Rejection?.Reason);
    }

    // out= is made elsewhere and copied; data_ptr is an identity and no address. Both get as far as the output, which is no batch of logits.
    [Theory]
    [InlineData("y = torch.zeros(3)\nassert torch.add(y, 1, out=y) is y and y.sum() == 3")]
    [InlineData("assert x.data_ptr() == x.data_ptr() != (x + 1).data_ptr() and x.data_ptr() < 2 ** 32")]
    public void Validate_OutAndDataPtr_GiveAccessToNoMemory(string code)
    {
        var report = CandidateValidator.Validate(Candidate.With(forward: $"{code}\nreturn x"), s_request, new CandidateLimits(), TestContext.Current.CancellationToken);
        Assert.Equal(RejectionReason.Output, report.Rejection?.Reason);
    }

    [Theory]
    [InlineData("torch.load('x.pt')")]
    [InlineData("torch.hub.load('a', 'b')")]
    public void Validate_FilesAndHub_AreRuntimeErrors(string code)
    {
        var report = CandidateValidator.Validate(Candidate.With(forward: code), s_request, new CandidateLimits(), TestContext.Current.CancellationToken);
        Assert.Equal("RuntimeError", report.Rejection?.ErrorType);
    }
}
