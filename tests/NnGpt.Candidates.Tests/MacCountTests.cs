namespace NnGpt.Candidates.Tests;

/// <summary>Work is counted for every operator that multiplies matrices, one for each product that is summed.</summary>
public sealed class MacCountTests
{
    // Of one image of 3x8x8, as the report counts; the layer that gives the output comes on top.
    private const int Layer = 192 * 10;

    [Theory]
    [InlineData("torch.matmul(y, y.transpose(1, 2))", 24 * 24 * 8)]
    [InlineData("torch.einsum('bij,bkj->bik', y, y)", 24 * 24 * 8)]
    [InlineData("torch.einsum('bij,bkj', y, y)", 24 * 24 * 8)]
    [InlineData("torch.einsum('bij,bkj,bkl->bil', y, y, y)", 2 * 24 * 24 * 8)]
    [InlineData("torch.einsum('bij->bj', y)", 0)]
    [InlineData("torch.baddbmm(torch.zeros(2, 24, 24), y, y.transpose(1, 2))", 24 * 24 * 8)]
    [InlineData("torch.zeros(2, 24, 24).baddbmm(y, y.transpose(1, 2))", 24 * 24 * 8)]
    [InlineData("torch.addmm(torch.zeros(24), y[0], torch.ones(8, 24))", 24 * 24 * 8 / 2)]
    public void Validate_Product_CountsItsMultiplyAccumulates(string product, int expected)
    {
        var report = CandidateValidator.Validate(
            Candidate.With(forward: $"y = x.reshape(2, 24, 8)\n{product}\nreturn self.fc(x.flatten(1))"),
            new ValidationRequest { InShape = [2, 3, 8, 8], LearnSteps = 0 }, new CandidateLimits(), TestContext.Current.CancellationToken);
        Assert.Null(report.Rejection);
        Assert.Equal(expected, report.Macs - Layer);
    }
}
