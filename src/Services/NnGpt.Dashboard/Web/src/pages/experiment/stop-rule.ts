import type { Experiment } from "../../live/types";
import { percent } from "../../parts/format";

/** A setting of a profile's section; profiles are flat YAML of sections with scalars. */
export function setting(profile: string, section: string, name: string): string | null {
  const lines = profile.split("\n");
  const start = lines.findIndex((line) => line.startsWith(`${section}:`));
  if (start < 0) return null;
  for (const line of lines.slice(start + 1)) {
    if (/^\S/.test(line)) return null;
    const match = new RegExp(`^\\s+${name}\\s*:\\s*([^#\\s]+)`).exec(line);
    if (match) return match[1]!;
  }
  return null;
}

/** Where the early stop stands: what the last cycles would have to show (NnGpt.Experiments' StopRule, in words). */
export function stopRule(experiment: Experiment): string {
  if (setting(experiment.profile, "stopping", "enabled") === "false") return "off; every planned cycle is run.";
  const patience = Number(setting(experiment.profile, "stopping", "patience") ?? 3);
  const epsilon = Number(setting(experiment.profile, "stopping", "epsilon") ?? 0.005);
  const closed = experiment.cycles.filter((cycle) => cycle.stage === "CYCLE_STAGE_CLOSED" && cycle.scored > 0);
  if (closed.length < patience) return `looks at ${patience} closed cycles; ${closed.length} so far.`;
  const window = closed.slice(-patience);
  const [first, last] = [window[0]!, window.at(-1)!];
  const gain = (last.meanAccuracy?.value ?? 0) - (first.meanAccuracy?.value ?? 0);
  const inside = window.slice(1).every((cycle) => {
    const value = cycle.aboveRate?.value ?? 0;
    return first.aboveRate !== undefined && value >= first.aboveRate.low && value <= first.aboveRate.high;
  });
  const improving = gain >= epsilon;
  return `${improving || !inside ? "goes on" : "stops"}: over the last ${patience} cycles the mean accuracy changed by ${percent(gain, 2)} (it needs ${percent(epsilon, 1)}), and the share above the threshold ${inside ? "stayed in" : "left"} the band of the first.`;
}
