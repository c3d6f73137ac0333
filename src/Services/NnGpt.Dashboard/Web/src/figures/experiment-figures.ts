import { percent, duration } from "../parts/format";
import type { CandidateRow, Cycle } from "../live/types";
import { looks, type Point, type Series } from "./xy";

const href = (id: string) => `/candidates/${encodeURIComponent(id)}`;

export function accuracySeries(cycles: Cycle[]): Series[] {
  const scored = cycles.filter((cycle) => cycle.scored > 0);
  if (scored.length === 0) return [];
  return [
    { name: "Best", ...looks[2]!, points: scored.map((cycle) => ({ x: cycle.number, y: cycle.bestAccuracy, tip: cycle.bestCandidate, href: href(cycle.bestCandidate) })) },
    {
      name: "Mean, 95 % t band",
      ...looks[0]!,
      points: scored.map((cycle) => ({
        x: cycle.number,
        y: cycle.meanAccuracy?.value ?? NaN,
        tip: `${cycle.scored} scored`,
        ...(cycle.scored > 1 && cycle.meanAccuracy ? { low: cycle.meanAccuracy.low, high: cycle.meanAccuracy.high } : {}),
      })),
    },
    { name: "Median", ...looks[3]!, points: scored.map((cycle) => ({ x: cycle.number, y: cycle.medianAccuracy })) },
    { name: "Threshold", colour: "var(--black)", dash: "2 4", points: cycles.map((cycle) => ({ x: cycle.number, y: cycle.accuracyThreshold })) },
  ];
}

export function rateSeries(cycles: Cycle[]): Series[] {
  const of = (name: string, look: number, pick: (cycle: Cycle) => Cycle["validRate"]): Series => ({
    name,
    ...looks[look]!,
    points: cycles.flatMap((cycle) => {
      const rate = pick(cycle);
      return rate && rate.n > 0 ? [{ x: cycle.number, y: rate.value, low: rate.low, high: rate.high, tip: `of ${rate.n}` }] : [];
    }),
  });
  return [of("Valid, of generated", 0, (cycle) => cycle.validRate), of("Above threshold, of scored", 1, (cycle) => cycle.aboveRate)];
}

export function admittedSeries(cycles: Cycle[]): Series[] {
  let sum = 0;
  return [
    { name: "In the cycle", colour: "var(--green)", kind: "bars", points: cycles.map((cycle) => ({ x: cycle.number, y: cycle.admitted })) },
    { name: "All so far", ...looks[6]!, points: cycles.map((cycle) => ({ x: cycle.number, y: (sum += cycle.admitted) })) },
  ];
}

export function similaritySeries(cycles: Cycle[]): Series[] {
  return [{ name: "Mean highest Jaccard similarity", ...looks[3]!, points: cycles.filter((cycle) => cycle.scored > 0).map((cycle) => ({ x: cycle.number, y: cycle.meanSimilarity })) }];
}

export function tuningSeries(cycles: Cycle[]): Series[] {
  return cycles
    .filter((cycle) => cycle.fineTuningLosses.length > 0)
    .map((cycle, index) => ({ name: `After cycle ${cycle.number}`, ...looks[index % looks.length]!, points: cycle.fineTuningLosses.map((loss, epoch) => ({ x: epoch + 1, y: loss })) }));
}

/** Seconds of a stage summed over the candidates of a cycle, stacked, and what the fine-tuning took. */
export function costSeries(cycles: Cycle[], rows: CandidateRow[]): Series[] {
  const stages: [string, string, (row: CandidateRow) => number | undefined][] = [
    ["Generating", "var(--blue)", (row) => row.generateSeconds],
    ["Validating", "var(--sky)", (row) => row.validateSeconds],
    ["Training", "var(--orange)", (row) => row.trainSeconds],
  ];
  const sums = new Map<string, number>();
  for (const row of rows)
    for (const [name, , pick] of stages) sums.set(`${row.cycle} ${name}`, (sums.get(`${row.cycle} ${name}`) ?? 0) + (pick(row) ?? 0));
  return stacked(
    cycles,
    [
      ...stages.map(([name, colour]): Layer => [name, colour, (cycle) => sums.get(`${cycle.number} ${name}`) ?? 0]),
      ["Fine-tuning", "var(--pink)", (cycle) => cycle.seconds["fine_tuning"] ?? 0],
    ],
    (seconds) => `${duration(seconds)} alone`,
  );
}

type Layer = [name: string, colour: string, pick: (cycle: Cycle) => number];

/** Bars over one another, one for each layer. */
function stacked(cycles: Cycle[], layers: Layer[], tip: (value: number) => string): Series[] {
  const tops = new Map<number, number>();
  return layers.map(([name, colour, pick]) => ({
    name,
    colour,
    kind: "bars",
    points: cycles.map((cycle): Point => {
      const low = tops.get(cycle.number) ?? 0;
      const high = low + pick(cycle);
      tops.set(cycle.number, high);
      return { x: cycle.number, y: high, low, high, tip: tip(high - low) };
    }),
  }));
}

/** What the admitted are by the structure of their graphs, stacked. */
export function structureSeries(cycles: Cycle[]): Series[] {
  const known = cycles.filter((cycle) => cycle.structures);
  return stacked(
    known,
    [
      ["New block", "var(--green)", (cycle) => cycle.structures!.newMotifs],
      ["Recombination", "var(--sky)", (cycle) => cycle.structures!.recombinations],
      ["Near-duplicate", "var(--orange)", (cycle) => cycle.structures!.nearDuplicates],
      ["Copy", "var(--red)", (cycle) => cycle.structures!.copies],
    ],
    (number) => `${number} of these`,
  );
}

/** The share of a cycle's scored candidates with at most an accuracy. */
export function edfSeries(rows: CandidateRow[]): Series[] {
  const cycles = new Map<number, number[]>();
  for (const row of rows)
    if (row.accuracy !== undefined) {
      const list = cycles.get(row.cycle) ?? [];
      list.push(row.accuracy);
      cycles.set(row.cycle, list);
    }
  return [...cycles].map(([cycle, accuracies], index) => {
    accuracies.sort((a, b) => a - b);
    return {
      name: `Cycle ${cycle}`,
      ...looks[index % looks.length]!,
      marker: undefined,
      kind: "step" as const,
      points: [{ x: accuracies[0]!, y: 0 }, ...accuracies.map((accuracy, rank) => ({ x: accuracy, y: (rank + 1) / accuracies.length }))],
    };
  });
}

/** The networks that no other beats in both parameters and accuracy, by parameters. */
export function paretoFront<T extends { parameters?: number; accuracy?: number }>(rows: T[]): T[] {
  const known = rows.filter((row) => row.parameters !== undefined && row.accuracy !== undefined);
  known.sort((a, b) => a.parameters! - b.parameters! || b.accuracy! - a.accuracy!);
  let best = -Infinity;
  return known.filter((row) => row.accuracy! > best && ((best = row.accuracy!), true));
}

export function paretoSeries(rows: CandidateRow[]): Series[] {
  const scored = rows.filter((row) => row.accuracy !== undefined && (row.parameters ?? 0) > 0);
  const point = (row: CandidateRow): Point => ({ x: row.parameters!, y: row.accuracy!, tip: `${row.id}${row.admitted ? ", admitted" : ""}`, href: href(row.id) });
  const front = paretoFront(scored);
  return [
    { name: "Scored", colour: "var(--sky)", marker: "circle", kind: "points", points: scored.filter((row) => !row.admitted).map(point) },
    { name: "Admitted", colour: "var(--orange)", marker: "diamond", kind: "points", points: scored.filter((row) => row.admitted).map(point) },
    { name: "Pareto front", colour: "var(--black)", kind: "step", points: front.map(point), dash: "5 3" },
  ];
}

export interface Funnel { name: string; value: number; note: string }

export function funnel(cycles: Cycle[]): Funnel[] {
  const sum = (pick: (cycle: Cycle) => number) => cycles.reduce((total, cycle) => total + pick(cycle), 0);
  const steps: [string, number][] = [
    ["Generated", sum((cycle) => cycle.generated)],
    ["Valid", sum((cycle) => cycle.valid)],
    ["Scored", sum((cycle) => cycle.scored)],
    ["Above threshold", sum((cycle) => cycle.aboveThreshold)],
    ["Novel", sum((cycle) => cycle.novel)],
    ["Admitted", sum((cycle) => cycle.admitted)],
  ];
  return steps.map(([name, value], index) => ({
    name,
    value,
    note: index === 0 ? "" : `${percent(steps[index - 1]![1] ? value / steps[index - 1]![1] : NaN, 0)} of ${steps[index - 1]![0].toLowerCase()}`,
  }));
}
