import { accuracySeries, admittedSeries, costSeries, edfSeries, funnel, paretoSeries, rateSeries, similaritySeries, tuningSeries } from "../../figures/experiment-figures";
import { XYFigure } from "../../figures/xy";
import type { CandidateRow, Experiment } from "../../live/types";
import { Card, Empty, Facts } from "../../parts/basics";
import { CycleTable } from "../../parts/cycle-table";
import { count, duration, share, short, words } from "../../parts/format";
import { progress } from "./progress";
import { stopRule } from "./stop-rule";


export function Overview({ experiment, candidates }: { experiment: Experiment; candidates: CandidateRow[] }) {
  const { cycles } = experiment;
  const now = progress(experiment, candidates);
  const rule = stopRule(experiment);
  const steps = funnel(cycles);
  const most = Math.max(1, steps[0]!.value);
  const rejections = new Map<string, number>();
  for (const cycle of cycles) for (const [reason, times] of Object.entries(cycle.rejections)) rejections.set(reason, (rejections.get(reason) ?? 0) + times);
  return (
    <div class="cards">
      <Card title="Now">
        <Facts
          of={[
            ["Stage", now.stage],
            ["Cycle", `${Math.min(cycles.length, experiment.cyclesPlanned)} of ${experiment.cyclesPlanned}`],
            ["Finished in this cycle", `${count(now.finished)} of ${count(now.requested)}`],
            ["Time left", now.left],
            ["Running for", duration(now.elapsed)],
            ["Being worked on", now.inFlight || "nothing"],
          ]}
        />
        <p class="note">
          <strong>Stop rule:</strong> {rule}
        </p>
      </Card>
      <Card title="From generated to admitted" note={rejections.size > 0 && `Without a score: ${[...rejections].sort((a, b) => b[1] - a[1]).map(([reason, times]) => `${words(reason)} ${times}`).join(", ")}.`}>
        <div class="funnel" role="list" aria-label="Funnel of candidates">
          {steps.map((step) => (
            <div class="funnel-row" role="listitem" key={step.name}>
              <span>{step.name}</span>
              <span class="funnel-bar"><span style={{ width: `${(step.value / most) * 100}%` }} /></span>
              <span class="right"><strong>{count(step.value)}</strong> <span class="soft">{step.note.split(" of ")[0]}</span></span>
            </div>
          ))}
        </div>
      </Card>
      <Card title="Cycles" wide>
        {cycles.length > 0 ? <CycleTable of={experiment} /> : <Empty title="The first cycle is being prepared: the base corpus is indexed." />}
      </Card>
      <Card title="Accuracy by cycle">
        <XYFigure label="Best, mean with its 95 % t band, and median accuracy by cycle" series={accuracySeries(cycles)} xLabel="Cycle" yLabel="Validation accuracy" yFormat={share} xWhole empty="No candidate has been scored yet" />
      </Card>
      <Card title="Valid and above threshold by cycle">
        <XYFigure label="Share of valid candidates and share above the threshold by cycle, with Wilson 95 % bands" series={rateSeries(cycles)} xLabel="Cycle" yLabel="Share, Wilson 95 %" yFormat={share} xWhole yFrom={0} yTo={1} />
      </Card>
      <Card title="Accuracy distribution (EDF)">
        <XYFigure label="Empirical distribution of accuracy by cycle" series={edfSeries(candidates)} xLabel="Validation accuracy" yLabel="Share of scored" xFormat={share} yFormat={share} yFrom={0} yTo={1} empty="No candidate has been scored yet" />
      </Card>
      <Card title="Parameters against accuracy" note="A click opens the candidate.">
        <XYFigure label="Parameters against validation accuracy, with the Pareto front" series={paretoSeries(candidates)} xLabel="Parameters" yLabel="Validation accuracy" xFormat={short} yFormat={share} xLog empty="No candidate has been scored yet" />
      </Card>
      <Card title="Admitted to the corpus">
        <XYFigure label="Candidates admitted by cycle, and all so far" series={admittedSeries(cycles)} xLabel="Cycle" yLabel="Candidates" xWhole yFrom={0} yWhole />
      </Card>
      <Card title="Similarity to what is known" note="Mean over the judged of the highest estimated Jaccard similarity to the corpus or to what was admitted.">
        <XYFigure label="Mean highest similarity by cycle" series={similaritySeries(cycles)} xLabel="Cycle" yLabel="Jaccard similarity" yFrom={0} yTo={1} xWhole empty="No candidate has been judged yet" />
      </Card>
      <Card title="Fine-tuning loss">
        <XYFigure label="Loss of each epoch of fine-tuning" series={tuningSeries(cycles)} xLabel="Epoch" yLabel="Loss" xWhole empty="Nothing has been fine-tuned yet" />
      </Card>
      <Card title="Cost by stage" note="Seconds of all candidates of a cycle added up; stages run side by side.">
        <XYFigure label="Seconds by stage and cycle" series={costSeries(cycles, candidates)} xLabel="Cycle" yLabel="Seconds" yFormat={(value) => short(value)} xWhole yFrom={0} />
      </Card>
    </div>
  );
}
