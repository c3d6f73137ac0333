import { useState } from "preact/hooks";
import { useLive } from "../live/hooks";
import { num, type ExperimentSummary } from "../live/types";
import { Sparkline } from "../figures/sparkline";
import { Card, Empty, Page, Problem, State, Waiting } from "../parts/basics";
import { count, date, percent, words } from "../parts/format";
import { navigate } from "../parts/router";

export function ExperimentsPage() {
  const { data, error } = useLive<{ experiments: ExperimentSummary[] }>("experiments");
  const [picked, setPicked] = useState<string[]>([]);
  const experiments = data ? [...data.experiments].reverse() : null;
  return (
    <Page
      title="Experiments"
      lead="A language model designs networks, and learns from the good ones, cycle after cycle."
      actions={
        <>
          <button type="button" disabled={picked.length < 2} onClick={() => navigate(`/compare?with=${picked.map(encodeURIComponent).join(",")}`)}>
            Compare {picked.length > 1 ? picked.length : ""}
          </button>
          <a class="button primary" href="/start">
            Start an experiment
          </a>
        </>
      }
    >
      {error && <Problem>{error}</Problem>}
      {!experiments && !error && <Waiting height={240} />}
      {experiments?.length === 0 && (
        <Card label="Experiments">
          <Empty title="No experiment yet">
            <p>
              <a href="/start">Start one from a profile</a>, or in a terminal: <code>./nngpt run start quickstart --watch</code>
            </p>
          </Empty>
        </Card>
      )}
      {experiments && experiments.length > 0 && (
        <Card label="Experiments">
          <div class="scroll" tabIndex={0} role="group" aria-label="Table of experiments">
            <table>
              <thead>
                <tr>
                  <th scope="col"><span class="visually-hidden">Compare</span></th>
                  <th scope="col">Experiment</th>
                  <th scope="col">State</th>
                  <th scope="col">Progress</th>
                  <th scope="col" class="number">Candidates</th>
                  <th scope="col" class="number">Valid</th>
                  <th scope="col" class="number">Admitted</th>
                  <th scope="col" class="number">Best accuracy</th>
                  <th scope="col">Mean by cycle</th>
                  <th scope="col">Started</th>
                </tr>
              </thead>
              <tbody>
                {experiments.map((experiment) => (
                  <Line
                    key={experiment.id}
                    of={experiment}
                    picked={picked.includes(experiment.id)}
                    pick={(on) => setPicked(on ? [...picked, experiment.id] : picked.filter((id) => id !== experiment.id))}
                  />
                ))}
              </tbody>
            </table>
          </div>
        </Card>
      )}
    </Page>
  );
}

function Line({ of, picked, pick }: { of: ExperimentSummary; picked: boolean; pick: (on: boolean) => void }) {
  const cycleShare = of.requested > 0 && of.cycle < of.cyclesPlanned ? of.finished / of.requested : 0;
  const done = of.state === "EXPERIMENT_STATE_COMPLETED" ? 1 : Math.min(1, (of.cycle + cycleShare) / Math.max(1, of.cyclesPlanned));
  return (
    <tr>
      <td>
        <input type="checkbox" checked={picked} aria-label={`Compare ${of.id}`} onChange={(event) => pick(event.currentTarget.checked)} />
      </td>
      <td>
        <a class="nowrap" href={`/experiments/${encodeURIComponent(of.id)}`}>{of.id}</a>
        <br />
        <span class="soft">{of.dataset}</span>
      </td>
      <td>
        <State of={of.state} title={of.message} />
      </td>
      <td class="nowrap">
        <span class="bar" role="progressbar" aria-label={`Progress of ${of.id}`} aria-valuenow={Math.round(done * 100)} aria-valuemin={0} aria-valuemax={100}>
          <span class="bar-fill" style={{ width: `${done * 100}%` }} />
        </span>{" "}
        cycle {Math.min(of.cycle + 1, of.cyclesPlanned)} of {of.cyclesPlanned}
        <br />
        {of.state === "EXPERIMENT_STATE_RUNNING" && <span class="soft">{words(of.stage, "CYCLE_STAGE_")}</span>}
      </td>
      <td class="number">{count(of.generated)}</td>
      <td class="number">{percent(of.generated ? of.valid / of.generated : NaN, 0)}</td>
      <td class="number">{count(of.admitted)}</td>
      <td class="number">{of.scored ? percent(num(of.bestAccuracy)) : "–"}</td>
      <td>
        <Sparkline values={of.meanAccuracies.map(num)} label={`Mean accuracy of the cycles of ${of.id}`} />
      </td>
      <td class="nowrap">{date(of.created)}</td>
    </tr>
  );
}
