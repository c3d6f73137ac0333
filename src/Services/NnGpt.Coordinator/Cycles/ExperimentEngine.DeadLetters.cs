using NnGpt.Coordinator.Store;
using NnGpt.Protocol.V1;

namespace NnGpt.Coordinator.Cycles;

internal sealed partial class ExperimentEngine
{
    /// <summary>
    /// Puts a dead letter back: its candidates wait again, and what asks for their next answer is sent, in one transaction with
    /// the letter's end. Whether there is such a letter, and why it cannot be put back; while it cannot, it stays.
    /// </summary>
    public async Task<(bool Known, string? Refusal)> ReturnAsync(long letter, CancellationToken cancellationToken)
    {
        var (known, refusal, id) = await store.WriteAsync(sql =>
        {
            if (sql.FindDeadLetterRange(letter) is not { } range)
                return (false, null, "");
            if (range.Count == 0)
                return Refused("it is about no candidate, so that nothing waits for it");
            if (sql.FindExperiment(range.Experiment) is not { } experiment)
                return Refused($"there is no experiment '{range.Experiment}'");
            if (experiment is not { IsActive: true, Stage: CycleStage.Candidates } || experiment.Cycle != range.Cycle)
                return Refused($"cycle {range.Cycle} of {experiment.Id} is closed, and what came of it stays");
            var lost = sql.ListOutcomes(experiment.Id, experiment.Cycle)
                .Where(candidate => candidate.Index >= range.First && candidate.Index - range.First < range.Count && candidate.Lost == RejectionReason.DeadLetter)
                .Select(candidate => sql.FindCandidate(candidate.Id)!).ToList();
            if (lost.Count == 0)
                return Refused("its candidates were not lost by it");
            var cycle = sql.ListCycles(experiment.Id)[experiment.Cycle];
            foreach (var candidate in lost)
            {
                var open = Save(sql, candidate.TakenUpAgain());
                if (!open.IsFinished)
                    sql.SendAgain(experiment, cycle, open);
            }
            sql.DeleteDeadLetter(letter);
            PutBack(logger, experiment.Id, lost.Count, lost[0].Id);
            return (true, null, experiment.Id);
        }, cancellationToken);
        if (id.Length > 0)
            AfterCommit(id);
        return (known, refusal);

        static (bool, string?, string) Refused(string why) => (true, why, "");
    }
}
