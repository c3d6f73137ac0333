using NnGpt.Coordinator.Store;
using NnGpt.Protocol.V1;

namespace NnGpt.Coordinator.Tests.Store;

public sealed class CandidateRowTests
{
    private static readonly CandidateGenerated s_generated = new() { Source = "x", Origin = new Origin { Model = "m" } };
    private static readonly CandidateValidated s_valid = new() { Source = "x", Outcome = new ValidationOutcome { Valid = true } };
    private static readonly CandidateValidated s_rejected = new() { Outcome = new ValidationOutcome { Reason = RejectionReason.Syntax } };
    private static readonly CandidateTrained s_trained = new() { Source = "x", Outcome = new TrainingOutcome { Scored = true, Accuracy = 0.5 } };
    private static readonly CandidateTrained s_untrained = new() { Outcome = new TrainingOutcome { Reason = RejectionReason.Time } };
    private static readonly CandidateJudged s_judged = new() { Outcome = new NoveltyOutcome { Novel = true } };

    [Fact]
    public void With_AnyOrderOfTheFourAnswers_EndsOnlyWithTheLast()
    {
        object[] answers = [s_generated, s_valid, s_trained, s_judged];
        foreach (var order in Permutations(answers))
        {
            var row = Empty();
            foreach (object answer in order)
            {
                Assert.False(row.HasReachedItsEnd);
                row = With(row, answer)!;
            }
            Assert.True(row.HasReachedItsEnd);
            Assert.Equal(("judged", 0.5), (row.Status, row.Accuracy));
        }
    }

    [Fact]
    public void With_AnswerThatIsThere_ChangesNothing()
    {
        var row = With(With(Empty(), s_generated)!, s_valid)!;

        Assert.Null(With(row, s_generated));
        Assert.Null(With(row, s_rejected));
    }

    [Fact]
    public void With_LaterAnswersAfterRejection_ChangeNothing()
    {
        var row = With(With(Empty(), s_generated)!, s_rejected)!;

        Assert.True(row.HasReachedItsEnd);
        Assert.Null(With(row, s_trained));
        Assert.Null(With(row, s_judged));
    }

    [Fact]
    public void With_RejectionAfterALaterAnswer_IsOfAnotherAttempt()
    {
        var trained = With(Empty(), s_trained)!;

        Assert.Null(With(trained, s_rejected));
        Assert.Null(With(With(Empty(), s_judged)!, s_untrained));
    }

    [Fact]
    public void With_AnythingAfterItsLastOutcome_ChangesNothing()
    {
        var row = Empty().GivenUp(RejectionReason.Lost, "")! with { Finished = 1 };

        Assert.All(new object[] { s_generated, s_valid, s_trained, s_judged }, answer => Assert.Null(With(row, answer)));
        Assert.Null(row.GivenUp(RejectionReason.DeadLetter, ""));
    }

    private static CandidateRow Empty() => new("e-c00-000", "e", 0, 0, 0);

    private static CandidateRow? With(CandidateRow row, object answer) => answer switch
    {
        CandidateGenerated m => row.With(m),
        CandidateValidated m => row.With(m),
        CandidateTrained m => row.With(m),
        CandidateJudged m => row.With(m),
        _ => throw new ArgumentOutOfRangeException(nameof(answer)),
    };

    private static IEnumerable<object[]> Permutations(object[] items) => items.Length == 1
        ? [items]
        : items.SelectMany((item, i) => Permutations([.. items[..i], .. items[(i + 1)..]]).Select(rest => (object[])[item, .. rest]));
}
