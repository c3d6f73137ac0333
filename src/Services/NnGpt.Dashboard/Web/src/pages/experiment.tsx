import { useState } from "preact/hooks";
import { useCandidates } from "../live/candidates";
import { useLive } from "../live/hooks";
import { post } from "../live/requests";
import type { Experiment } from "../live/types";
import { Action, Card, Page, Problem, State, Waiting } from "../parts/basics";
import { date, words } from "../parts/format";
import { CandidateTable } from "./experiment/candidates";
import { CorpusTab } from "./experiment/corpus";
import { Overview } from "./experiment/overview";

export function ExperimentPage({ id: encoded, tab = "" }: { id: string; tab?: string }) {
  const id = decodeURIComponent(encoded);
  const [version, setVersion] = useState(0);
  const { data: experiment, error } = useLive<Experiment>("experiment", id, undefined, version);
  const candidates = useCandidates(id, version);
  const home = `/experiments/${encoded}`;
  const act = (what: string) => async () => {
    await post(`/api${home}/${what}`);
    setVersion((now) => now + 1);
  };
  const state = experiment ? words(experiment.state, "EXPERIMENT_STATE_") : "";
  const tabs = [["", "Overview"], ["candidates", `Candidates${candidates.data ? ` (${candidates.data.rows.length})` : ""}`], ["corpus", "Corpus and adapters"], ["profile", "Profile"]] as const;
  return (
    <Page
      title={id}
      lead={
        experiment && (
          <>
            <State of={experiment.state} /> {experiment.message && `· ${experiment.message} `}· started {date(experiment.created)}
            {experiment.ended && ` · ended ${date(experiment.ended)}`} · seed {experiment.seed}
          </>
        )
      }
      actions={
        <>
          {state === "running" && <Action act={act("stop")}>Stop</Action>}
          {(state === "stopped" || state === "failed" || state === "stopping") && <Action act={act("resume")}>Resume</Action>}
          <a class="button" href={`/api/experiments/${encoded}/report.html`} download={`${id}.html`}>
            Report
          </a>
        </>
      }
    >
      {error && <Problem>{error}</Problem>}
      {!experiment ? (
        !error && <Waiting height={400} />
      ) : (
        <>
          <nav class="tabs" aria-label="Parts of the experiment">
            {tabs.map(([key, name]) => (
              <a key={key} href={key ? `${home}/${key}` : home} aria-current={tab === key ? "page" : undefined}>
                {name}
              </a>
            ))}
          </nav>
          {tab === "" && <Overview experiment={experiment} candidates={candidates.data?.rows ?? []} />}
          {tab === "candidates" && (candidates.data ? <CandidateTable experiment={id} rows={candidates.data.rows} complete={candidates.data.complete} /> : <Waiting height={400} />)}
          {tab === "corpus" && <CorpusTab experiment={experiment} rows={candidates.data?.rows ?? []} />}
          {tab === "profile" && (
            <Card title="Profile">
              <pre class="code" tabIndex={0} aria-label="Profile as YAML"><ol>{experiment.profile.split("\n").map((text, index) => <li key={index} data-line={index + 1}><code>{text || " "}</code></li>)}</ol></pre>
            </Card>
          )}
        </>
      )}
    </Page>
  );
}
