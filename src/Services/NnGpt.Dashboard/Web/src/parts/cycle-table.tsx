import type { Experiment } from "../live/types";
import { count, digest, duration, percent, words } from "./format";

export function CycleTable({ of }: { of: Experiment }) {
  return (
    <div class="scroll" tabIndex={0} role="group" aria-label="Table of cycles">
      <table>
        <thead>
          <tr>
            <th scope="col" class="number">Cycle</th>
            <th scope="col">Stage</th>
            <th scope="col">Adapter</th>
            <th scope="col" class="number">Generated</th>
            <th scope="col" class="number">Valid</th>
            <th scope="col" class="number">Scored</th>
            <th scope="col" class="number">Threshold</th>
            <th scope="col" class="number">Above</th>
            <th scope="col" class="number">Novel</th>
            <th scope="col" class="number">Admitted</th>
            <th scope="col" class="number">Mean accuracy</th>
            <th scope="col" class="number">Median</th>
            <th scope="col" class="number">Best</th>
            <th scope="col" class="number">Time</th>
          </tr>
        </thead>
        <tbody>
          {of.cycles.map((cycle) => (
            <tr key={cycle.number} data-cycle={cycle.number}>
              <td class="number">{cycle.number}</td>
              <td class="nowrap">{cycle.stage === "CYCLE_STAGE_CANDIDATES" ? `${cycle.finished} of ${cycle.requested}` : words(cycle.stage, "CYCLE_STAGE_")}</td>
              <td class="mono">{digest(cycle.adapterDigest)}</td>
              <td class="number">{count(cycle.generated)}</td>
              <td class="number">
                {count(cycle.valid)} <span class="soft">{percent(cycle.generated ? cycle.valid / cycle.generated : NaN, 0)}</span>
              </td>
              <td class="number">{count(cycle.scored)}</td>
              <td class="number">{percent(cycle.accuracyThreshold)}</td>
              <td class="number">
                {count(cycle.aboveThreshold)} <span class="soft">{percent(cycle.scored ? cycle.aboveThreshold / cycle.scored : NaN, 0)}</span>
              </td>
              <td class="number">{count(cycle.novel)}</td>
              <td class="number">{count(cycle.admitted)}</td>
              <td class="number">
                {cycle.scored ? percent(cycle.meanAccuracy?.value) : "–"}
                {cycle.scored > 1 && cycle.meanAccuracy && <span class="soft"> ± {percent((cycle.meanAccuracy.high - cycle.meanAccuracy.low) / 2)}</span>}
              </td>
              <td class="number">{cycle.scored ? percent(cycle.medianAccuracy) : "–"}</td>
              <td class="number">
                {cycle.scored ? <a href={`/candidates/${encodeURIComponent(cycle.bestCandidate)}`}>{percent(cycle.bestAccuracy)}</a> : "–"}
              </td>
              <td class="number">{duration(Object.values(cycle.seconds).reduce((sum, seconds) => sum + seconds, 0) || NaN)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
