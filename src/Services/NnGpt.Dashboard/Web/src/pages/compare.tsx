import { useEffect, useState } from "preact/hooks";
import { edfSeries } from "../figures/experiment-figures";
import { looks, XYFigure, type Series } from "../figures/xy";
import { connection } from "../live/connection";
import { useLive } from "../live/hooks";
import type { CandidateRow, CandidateRows, Cycle, Experiment, ExperimentSummary } from "../live/types";
import { Card, Empty, Page, State } from "../parts/basics";
import { count, percent, share } from "../parts/format";
import { useParameter } from "../parts/router";

const most = 6;

interface Arm { experiment: Experiment | null; rows: Map<string, CandidateRow> }

/** Several experiments followed at once. */
function useArms(ids: string[]): Map<string, Arm> {
  const [arms, setArms] = useState(new Map<string, Arm>());
  useEffect(() => {
    let current = new Map<string, Arm>(ids.map((id) => [id, { experiment: null, rows: new Map() }]));
    let timer = 0;
    const change = (id: string, arm: Partial<Arm>) => {
      current = new Map(current).set(id, { ...current.get(id)!, ...arm });
      timer ||= setTimeout(() => {
        timer = 0;
        setArms(current);
      }, 50) as unknown as number;
    };
    const nothing = () => undefined;
    const stops = ids.flatMap((id) => [
      connection.follow("experiment", id, { data: (message) => change(id, { experiment: message as Experiment }), error: nothing, done: nothing }),
      connection.follow("candidates", id, {
        data: (message) => {
          const { reset, rows } = message as CandidateRows;
          const all = new Map(reset ? [] : current.get(id)!.rows);
          for (const row of rows) all.set(row.id, row);
          change(id, { rows: all });
        },
        error: nothing,
        done: nothing,
      }),
    ]);
    setArms(current);
    return () => {
      clearTimeout(timer);
      for (const stop of stops) stop();
    };
  }, [ids.join(",")]);
  return arms;
}

export function ComparePage() {
  const { data } = useLive<{ experiments: ExperimentSummary[] }>("experiments");
  const [list, setList] = useParameter("with");
  const ids = list.split(",").filter(Boolean).slice(0, most);
  const arms = useArms(ids);
  const series = (pick: (cycle: Cycle) => { y: number; low?: number | undefined; high?: number | undefined; tip?: string } | null): Series[] =>
    ids.map((id, index) => ({
      name: id,
      ...looks[index % looks.length]!,
      points: (arms.get(id)?.experiment?.cycles ?? []).flatMap((cycle) => {
        const point = pick(cycle);
        return point ? [{ x: cycle.number, ...(point as { y: number }) }] : [];
      }),
    }));
  const edf = ids.flatMap((id, index) => edfSeries([...(arms.get(id)?.rows.values() ?? [])].map((row) => ({ ...row, cycle: 0 }))).map((one) => ({ ...one, ...looks[index % looks.length]!, marker: undefined, name: id })));
  return (
    <Page title="Compare" lead="Experiments over one another: seeds of a setting, or the arms of an ablation.">
      <div class="stack">
        <Card title={`Experiments (at most ${most})`}>
          {data?.experiments.length === 0 && <Empty title="No experiment yet"><a href="/start">Start one</a></Empty>}
          <div class="toolbar">
            {[...(data?.experiments ?? [])].reverse().map((experiment) => (
              <label key={experiment.id} class="chip">
                <input
                  type="checkbox"
                  checked={ids.includes(experiment.id)}
                  disabled={!ids.includes(experiment.id) && ids.length >= most}
                  onChange={(event) => setList((event.currentTarget.checked ? [...ids, experiment.id] : ids.filter((id) => id !== experiment.id)).join(","))}
                />
                {experiment.id}
              </label>
            ))}
          </div>
        </Card>
        {ids.length === 0 ? (
          <Empty title="Choose two or more" />
        ) : (
          <>
            <Card title="Totals">
              <div class="scroll" tabIndex={0} role="group" aria-label="Table of totals">
                <table>
                  <thead>
                    <tr>
                      <th scope="col">Experiment</th>
                      <th scope="col">State</th>
                      <th scope="col" class="number">Generated</th>
                      <th scope="col" class="number">Valid</th>
                      <th scope="col" class="number">Admitted</th>
                      <th scope="col" class="number">Mean of the last cycle</th>
                      <th scope="col" class="number">Best</th>
                    </tr>
                  </thead>
                  <tbody>
                    {ids.map((id) => {
                      const experiment = arms.get(id)?.experiment;
                      const cycles = experiment?.cycles ?? [];
                      const sum = (pick: (cycle: Cycle) => number) => cycles.reduce((total, cycle) => total + pick(cycle), 0);
                      const last = [...cycles].reverse().find((cycle) => cycle.scored > 0);
                      return (
                        <tr key={id}>
                          <td><a href={`/experiments/${encodeURIComponent(id)}`}>{id}</a></td>
                          <td>{experiment && <State of={experiment.state} />}</td>
                          <td class="number">{count(sum((cycle) => cycle.generated))}</td>
                          <td class="number">{percent(sum((cycle) => cycle.valid) / Math.max(1, sum((cycle) => cycle.generated)), 0)}</td>
                          <td class="number">{count(sum((cycle) => cycle.admitted))}</td>
                          <td class="number">{percent(last?.meanAccuracy?.value)}</td>
                          <td class="number">{percent(Math.max(...cycles.map((cycle) => cycle.bestAccuracy), 0))}</td>
                        </tr>
                      );
                    })}
                  </tbody>
                </table>
              </div>
            </Card>
            <div class="cards">
              <Card title="Mean accuracy, 95 % t band">
                <XYFigure label="Mean accuracy by cycle of each experiment" series={series((cycle) => (cycle.scored > 0 && cycle.meanAccuracy ? { y: cycle.meanAccuracy.value, ...(cycle.scored > 1 ? { low: cycle.meanAccuracy.low, high: cycle.meanAccuracy.high } : {}) } : null))} xLabel="Cycle" yLabel="Validation accuracy" yFormat={share} xWhole />
              </Card>
              <Card title="Valid rate, Wilson 95 % band">
                <XYFigure label="Valid rate by cycle of each experiment" series={series((cycle) => (cycle.validRate && cycle.validRate.n > 0 ? { y: cycle.validRate.value, low: cycle.validRate.low, high: cycle.validRate.high } : null))} xLabel="Cycle" yLabel="Share of generated" yFormat={share} xWhole yFrom={0} yTo={1} />
              </Card>
              <Card title="Best accuracy">
                <XYFigure label="Best accuracy by cycle of each experiment" series={series((cycle) => (cycle.scored > 0 ? { y: cycle.bestAccuracy, tip: cycle.bestCandidate } : null))} xLabel="Cycle" yLabel="Validation accuracy" yFormat={share} xWhole />
              </Card>
              <Card title="Admitted">
                <XYFigure label="Admitted candidates by cycle of each experiment" series={series((cycle) => ({ y: cycle.admitted }))} xLabel="Cycle" yLabel="Candidates" xWhole yFrom={0} />
              </Card>
              <Card title="Accuracy distribution (EDF), all cycles">
                <XYFigure label="Empirical distribution of accuracy of each experiment" series={edf} xLabel="Validation accuracy" yLabel="Share of scored" xFormat={share} yFormat={share} yFrom={0} yTo={1} />
              </Card>
              <Card title="Similarity to what is known">
                <XYFigure label="Mean highest similarity by cycle of each experiment" series={series((cycle) => (cycle.scored > 0 ? { y: cycle.meanSimilarity } : null))} xLabel="Cycle" yLabel="Jaccard similarity" yFrom={0} yTo={1} xWhole />
              </Card>
            </div>
          </>
        )}
      </div>
    </Page>
  );
}
