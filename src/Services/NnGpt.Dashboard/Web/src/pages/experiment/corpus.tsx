import { useEffect, useState } from "preact/hooks";
import { admittedSeries, structureSeries, tuningSeries } from "../../figures/experiment-figures";
import { XYFigure } from "../../figures/xy";
import { useFetched } from "../../live/hooks";
import type { CandidateRow, Experiment } from "../../live/types";
import { Card, Empty, Problem, Waiting } from "../../parts/basics";
import { count, digest, duration, fixed, percent, short } from "../../parts/format";

export function CorpusTab({ experiment, rows }: { experiment: Experiment; rows: CandidateRow[] }) {
  const admitted = rows.filter((row) => row.admitted).sort((a, b) => (b.accuracy ?? 0) - (a.accuracy ?? 0));
  const tuned = experiment.cycles.filter((cycle) => cycle.fineTuningLosses.length > 0);
  return (
    <div class="cards">
      <Card title="Growth">
        <XYFigure label="Candidates admitted by cycle, and all so far" series={admittedSeries(experiment.cycles)} xLabel="Cycle" yLabel="Candidates" xWhole yFrom={0} yWhole />
      </Card>
      <Card title="Structure of the admitted" note="Copies and near-duplicates of known graphs, other arrangements of known blocks, and networks with a block that nobody had.">
        <XYFigure label="Structural classes of the admitted by cycle" series={structureSeries(experiment.cycles)} xLabel="Cycle" yLabel="Candidates" xWhole yFrom={0} yWhole empty="No admitted network has been classified yet" />
      </Card>
      <FamiliesCard experiment={experiment} admitted={admitted.length} />
      <Card title="Fine-tuning loss">
        <XYFigure label="Loss of each epoch of fine-tuning" series={tuningSeries(experiment.cycles)} xLabel="Epoch" yLabel="Loss" xWhole empty="Nothing has been fine-tuned yet" />
      </Card>
      <Card title="Adapters" wide note="A tar of adapter_config.json and adapter_model.safetensors: PEFT's format, named by its SHA-256 digest.">
        {tuned.length === 0 ? (
          <Empty title="No adapter yet">The first one is made when a cycle with admitted candidates closes.</Empty>
        ) : (
          <div class="scroll" tabIndex={0} role="group" aria-label="Table of adapters">
            <table>
              <thead>
                <tr>
                  <th scope="col" class="number">After cycle</th>
                  <th scope="col">Digest</th>
                  <th scope="col">Made from</th>
                  <th scope="col" class="number">First loss</th>
                  <th scope="col" class="number">Last loss</th>
                  <th scope="col" class="number">Time</th>
                  <th scope="col">Download</th>
                </tr>
              </thead>
              <tbody>
                {tuned.map((cycle) => (
                  <tr key={cycle.number}>
                    <td class="number">{cycle.number}</td>
                    <td class="mono" title={cycle.nextAdapterDigest}>{digest(cycle.nextAdapterDigest)}</td>
                    <td class="mono">{digest(cycle.adapterDigest)}</td>
                    <td class="number">{fixed(cycle.fineTuningLosses[0])}</td>
                    <td class="number">{fixed(cycle.fineTuningLosses.at(-1))}</td>
                    <td class="number">{duration(cycle.seconds["fine_tuning"])}</td>
                    <td>
                      <a href={`/api/adapters/${encodeURIComponent(cycle.nextAdapterDigest)}`} download>
                        PEFT tar<span class="visually-hidden"> of the adapter after cycle {cycle.number}</span>
                      </a>
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        )}
      </Card>
      <Card
        title={`Admitted networks (${count(admitted.length)})`}
        wide
        tools={admitted.length > 0 && <a href={`/api/experiments/${encodeURIComponent(experiment.id)}/corpus.jsonl`} download>Chat JSONL</a>}
      >
        {admitted.length === 0 ? (
          <Empty title="Nothing has been admitted yet" />
        ) : (
          <div class="scroll" tabIndex={0} role="group" aria-label="Table of admitted networks">
            <table>
              <thead>
                <tr>
                  <th scope="col">Candidate</th>
                  <th scope="col" class="number">Accuracy</th>
                  <th scope="col" class="number">Test accuracy</th>
                  <th scope="col" class="number">Parameters</th>
                  <th scope="col" class="number">MACs</th>
                  <th scope="col" class="number">J corpus</th>
                  <th scope="col" class="number">J admitted</th>
                </tr>
              </thead>
              <tbody>
                {admitted.slice(0, 200).map((row) => (
                  <tr key={row.id}>
                    <td><a href={`/candidates/${encodeURIComponent(row.id)}`}>{row.id}</a></td>
                    <td class="number">{percent(row.accuracy)}</td>
                    <td class="number">{percent(row.testAccuracy)}</td>
                    <td class="number">{count(row.parameters ?? NaN)}</td>
                    <td class="number">{short(row.macs)}</td>
                    <td class="number">{fixed(row.jTrain)}</td>
                    <td class="number">{fixed(row.jGenerated)}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        )}
      </Card>
    </div>
  );
}

interface Families { corpus: Record<string, number>; admitted: Record<string, number>; untraced: number; invalid: number }

/** Shares of the families in the base corpus beside those in what was admitted. */
function FamiliesCard({ experiment, admitted }: { experiment: Experiment; admitted: number }) {
  const [partial, setPartial] = useState(false);
  // What is not traced yet will be: then every change of the experiment is a reason to look again.
  const { data: families, error } = useFetched<Families>(`/api/experiments/${encodeURIComponent(experiment.id)}/families`, partial ? experiment : admitted);
  useEffect(() => setPartial((families?.untraced ?? 0) > 0), [families]);
  const [inCorpus, inAdmitted] = [families?.corpus ?? {}, families?.admitted ?? {}];
  const sum = (counts: Record<string, number>) => Math.max(1, Object.values(counts).reduce((total, one) => total + one, 0));
  const names = [...new Set([...Object.keys(inCorpus), ...Object.keys(inAdmitted)])];
  const size = (name: string) => (inCorpus[name] ?? 0) / sum(inCorpus) + (inAdmitted[name] ?? 0) / sum(inAdmitted);
  names.sort((a, b) => size(b) - size(a) || a.localeCompare(b));
  return (
    <Card title="Families" note="By the operations of a network's traced graph, the most telling first: recurrence, attention, concatenated branches, grouped convolutions, shortcuts, convolutions, linear layers.">
      {error && <Problem>{error}</Problem>}
      {!families && !error && <Waiting height={220} />}
      {families && (
        <>
          <div class="scroll" tabIndex={0} role="group" aria-label="Table of families">
            <table>
              <thead>
                <tr>
                  <th scope="col">Family</th>
                  <th scope="col" class="number">Base corpus</th>
                  <th scope="col" class="number">Admitted</th>
                </tr>
              </thead>
              <tbody>
                {names.map((name) => (
                  <tr key={name}>
                    <td>{name}</td>
                    <Share count={inCorpus[name] ?? 0} of={sum(inCorpus)} tone="sky" />
                    <Share count={inAdmitted[name] ?? 0} of={sum(inAdmitted)} tone="orange" />
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
          {families.untraced > 0 && <p class="note">Of the base corpus not traced yet: {count(families.untraced)}.</p>}
          {families.invalid > 0 && <p class="note">Of the base corpus not valid under this task: {count(families.invalid)}.</p>}
        </>
      )}
    </Card>
  );
}

function Share({ count: number, of, tone }: { count: number; of: number; tone: string }) {
  return (
    <td class="number">
      <span class="bar" aria-hidden="true"><span class={`bar-fill ${tone}`} style={{ width: `${(number / of) * 100}%` }} /></span> <span class="share-count">{count(number)}</span>
    </td>
  );
}
