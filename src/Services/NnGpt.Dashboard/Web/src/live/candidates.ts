import { useLive, type Live } from "./hooks";
import type { CandidateRow, CandidateRows } from "./types";

export interface CandidateSet {
  rows: CandidateRow[];
  /** Everything has been told once. */
  complete: boolean;
}

/** Every candidate of an experiment in the order of cycle and index, kept up to date. */
export function useCandidates(experiment: string | null, version = 0): Live<CandidateSet> {
  return useLive<CandidateSet, CandidateRows>(
    experiment === null ? null : "candidates",
    experiment ?? "",
    (state, message) => {
      const all = new Map((message.reset || !state ? [] : state.rows).map((row) => [row.id, row]));
      for (const row of message.rows) all.set(row.id, row);
      const rows = [...all.values()].sort((a, b) => a.cycle - b.cycle || a.index - b.index);
      return { rows, complete: message.complete || (!message.reset && (state?.complete ?? false)) };
    },
    version,
  );
}
