using NnGpt.Coordinator.Store;
using NnGpt.Protocol.V1;

namespace NnGpt.Coordinator.Cycles;

internal sealed partial class ExperimentEngine
{
    /// <summary>Every clock starts anew: for the start of the process, before which nothing could be heard.</summary>
    public Task RestartClocksAsync(CancellationToken cancellationToken) => store.WriteAsync(sql =>
    {
        foreach (var experiment in sql.ListExperiments().Where(e => e.IsActive))
            sql.Touch(experiment.Id, Now);
        return true;
    }, cancellationToken);

    /// <summary>
    /// One look at every active experiment: where nothing was heard for longer than the stage's deadline, what asks for
    /// the missing answers is sent again; after the last resend they are given up. While the outbox still holds messages
    /// of the experiment nobody could have answered, so the clock waits.
    /// </summary>
    public async Task LookForLostAsync(CancellationToken cancellationToken)
    {
        foreach (string id in Active())
        {
            bool changed = await store.WriteAsync(sql => LookAt(sql, sql.FindExperiment(id)!), cancellationToken);
            if (changed)
                AfterCommit(id);
        }
    }

    private bool LookAt(SqlSession sql, ExperimentRow experiment)
    {
        if (!experiment.IsActive)
            return false;
        if (sql.HasUnsent(experiment.Id))
        {
            sql.UpdateExperiment(experiment with { Progress = Now });
            return false;
        }
        double silent = (Now - experiment.Progress) / 1000.0;
        return experiment.Stage switch
        {
            CycleStage.Candidates => LookAtCandidates(sql, experiment, silent),
            CycleStage.FineTuning when silent > options.Value.FineTuneSeconds => LookAtFineTuning(sql, experiment, silent),
            CycleStage.Rescoring when silent > Deadline(experiment, CycleStage.Rescoring, null) => LookAtRescoring(sql, experiment, silent),
            _ => false,
        };
    }

    private bool LookAtCandidates(SqlSession sql, ExperimentRow experiment, double silent)
    {
        var late = sql.ListUnfinished(experiment.Id, experiment.Cycle).Where(c => silent > Deadline(experiment, CycleStage.Candidates, c)).ToList();
        if (late.Count == 0)
            return false;
        if (experiment.Resends >= options.Value.Resends)
        {
            foreach (var candidate in late)
                Save(sql, candidate.GivenUp(RejectionReason.Lost, $"no answer after {candidate.Status}")!);
            GaveUp(logger, $"{late.Count} candidates of {experiment.Id}", nameof(RejectionReason.Lost), late[0].Id);
            return true;
        }
        var cycle = sql.ListCycles(experiment.Id)[experiment.Cycle];
        foreach (var candidate in late)
            sql.SendAgain(experiment, cycle, candidate);
        return Resent(sql, experiment, silent, late.Count);
    }

    private bool LookAtFineTuning(SqlSession sql, ExperimentRow experiment, double silent)
    {
        var cycle = sql.ListCycles(experiment.Id)[experiment.Cycle];
        if (experiment.Resends < options.Value.Resends)
        {
            sql.SendFineTune(experiment, cycle);
            return Resent(sql, experiment, silent, 1);
        }
        sql.SaveCycle(Timed(cycle, "fine_tuning", experiment) with { Stage = CycleStage.Closed, NextAdapter = experiment.Adapter });
        sql.UpdateExperiment(Enter(experiment, CycleStage.Closed, Now) with { Message = $"fine-tuning after cycle {cycle.Number} gave no answer, the adapter stays" });
        return true;
    }

    private bool LookAtRescoring(SqlSession sql, ExperimentRow experiment, double silent)
    {
        var open = sql.ListOpenRescores(experiment.Id);
        if (experiment.Resends < options.Value.Resends)
        {
            foreach (var (candidate, seed) in open)
                sql.SendRescore(experiment, sql.FindCandidate(candidate)!, seed);
            return open.Count > 0 && Resent(sql, experiment, silent, open.Count);
        }
        foreach (var (candidate, seed) in open)
            sql.TryFinishRescore(experiment.Id, candidate, seed, new TrainingOutcome { Reason = RejectionReason.Lost, EvaluatedOn = "test" });
        return open.Count > 0;
    }

    private bool Resent(SqlSession sql, ExperimentRow experiment, double silent, int count)
    {
        sql.UpdateExperiment(experiment with { Progress = Now, Resends = experiment.Resends + 1 });
        SentAgain(logger, experiment.Id, silent, count, experiment.Resends + 1);
        return true;
    }

    private double Deadline(ExperimentRow experiment, CycleStage stage, CandidateRow? candidate)
    {
        var (limits, times) = (experiment.Profile.Limits, options.Value);
        return stage == CycleStage.Rescoring || candidate is { Origin: not null, Validation: not null, Training: null } ? times.TrainSeconds + limits.TrainingSeconds
            : candidate?.Origin is null ? times.GenerateSeconds
            : candidate.Validation is null ? times.ValidateSeconds + limits.ValidationSeconds
            : times.JudgeSeconds;
    }
}
