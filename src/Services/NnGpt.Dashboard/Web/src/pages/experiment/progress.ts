import type { CandidateRow, Experiment } from "../../live/types";
import { duration, words } from "../../parts/format";

export interface Progress { stage: string; finished: number; requested: number; left: string; elapsed: number; inFlight: string }

const steps: Record<string, string> = { requested: "generate", generated: "validate", validated: "train", trained: "judge" };

/** What runs now, and how long it will take when it goes on as it has. */
export function progress(experiment: Experiment, rows: CandidateRow[]): Progress {
  const cycle = experiment.cycles.at(-1);
  const start = Date.parse(experiment.created);
  const elapsed = ((experiment.ended ? Date.parse(experiment.ended) : Date.now()) - start) / 1000;
  const running = experiment.state === "EXPERIMENT_STATE_RUNNING" || experiment.state === "EXPERIMENT_STATE_STOPPING";
  const waiting = new Map<string, number>();
  for (const row of rows) {
    const step = row.finished === undefined ? steps[row.status] : undefined;
    if (step) waiting.set(step, (waiting.get(step) ?? 0) + 1);
  }
  return {
    stage: running ? words(experiment.stage, "CYCLE_STAGE_") : words(experiment.state, "EXPERIMENT_STATE_"),
    finished: cycle?.finished ?? 0,
    requested: cycle?.requested ?? 0,
    left: running ? timeLeft(experiment, elapsed) : "–",
    elapsed,
    inFlight: [...waiting].map(([step, times]) => `${times} to ${step}`).join(", "),
  };
}

function timeLeft(experiment: Experiment, elapsed: number): string {
  const done = experiment.cycles.reduce((sum, cycle) => sum + (cycle.requested ? cycle.finished / cycle.requested : 0), 0);
  if (done < 0.15) return "not known yet";
  const left = (elapsed / done) * (experiment.cyclesPlanned - done);
  return left <= 0 ? "a moment" : `about ${duration(left)}`;
}
