import { useEffect, useState } from "preact/hooks";
import { XYFigure } from "../figures/xy";
import { useLive } from "../live/hooks";
import { get, post } from "../live/requests";
import type { SpanEntry } from "../live/telemetry";
import { num, type Candidate, type ComputationGraph, type TrainingOutcome } from "../live/types";
import { Action, Card, Empty, Facts, Page, Problem, Waiting } from "../parts/basics";
import { Code } from "../parts/code";
import { Diff } from "../parts/diff";
import { count, date, digest, documentName, duration, fixed, percent, short, words } from "../parts/format";
import { Waterfall } from "../parts/waterfall";
import { Layers, Network } from "./candidate/network";

export function CandidatePage({ id: encoded }: { id: string }) {
  const id = decodeURIComponent(encoded);
  const [candidate, setCandidate] = useState<Candidate | null>(null);
  const [error, setError] = useState("");
  const [again, setAgain] = useState<Candidate | null>(null);
  const experiment = candidate?.ref.experiment ?? /^(.*)-c\d+-\d+$/.exec(id)?.[1] ?? null;
  // A candidate that is on its way is read again when its row has changed.
  const { data: changed } = useLive<string, { rows: { id: string; status: string; finished?: string }[] }>(
    candidate && !candidate.finished ? "candidates" : null,
    experiment ?? "",
    (state, message) => {
      const row = message.rows.find((one) => one.id === id);
      return row ? `${row.status} ${row.finished ?? ""}` : (state ?? "");
    },
  );
  useEffect(() => {
    get<Candidate>(`/api/candidates/${encoded}`).then(setCandidate, (problem: Error) => setError(problem.message));
  }, [encoded, changed]);
  if (error)
    return (
      <Page title={id}>
        <Problem>{error}</Problem>
        <a href="/">All experiments</a>
      </Page>
    );
  if (!candidate) return <Waiting height={500} />;
  const verdict = verdictOf(candidate);
  const graph = candidate.graph ?? candidate.validation?.graph ?? null;
  const failure = candidate.validation?.error ?? candidate.training?.error ?? null;
  return (
    <Page
      title={id}
      lead={<>{verdict.sign} <strong>{verdict.text}</strong> · cycle {candidate.ref.cycle} of <a href={`/experiments/${encodeURIComponent(candidate.ref.experiment)}`}>{candidate.ref.experiment}</a></>}
      actions={
        <>
          <Action act={async () => setAgain(await post<Candidate>(`/api/candidates/${encoded}/run-again`))}>Run again</Action>
          <a class="button" href={`/api/candidates/${encoded}/source.py`} download>Download .py</a>
          <a class="button" href={`/traces/${candidate.traceId}`}>Trace</a>
        </>
      }
    >
      <div class="cards">
        <Card title="Verdict">
          {failure && (failure.type || failure.message) && (
            <Problem>
              {failure.line > 0 && `Line ${failure.line}: `}
              {failure.type && <strong>{failure.type}: </strong>}
              {failure.message}
            </Problem>
          )}
          <Facts
            of={[
              ["Validation", candidate.validation ? (candidate.validation.valid ? "valid" : words(candidate.validation.reason, "REJECTION_REASON_")) : "not yet"],
              ["Accuracy", candidate.training?.scored ? percent(candidate.training.accuracy) : candidate.training ? words(candidate.training.reason, "REJECTION_REASON_") : "–"],
              ["Test accuracy", testAccuracy(candidate.rescored)],
              ["Parameters", candidate.validation ? count(num(candidate.validation.parameters)) : "–"],
              ["MACs an image", candidate.validation ? short(num(candidate.validation.macs)) : "–"],
              ["Novel", candidate.novelty ? (candidate.novelty.novel ? "yes" : "no, a near-duplicate") : "–"],
              ["Admitted", candidate.novelty ? (candidate.novelty.admitted ? "yes" : "no") : "–"],
              ["Validated in", duration((candidate.validation?.times?.total ?? NaN) / 1000)],
              ["Trained in", duration(candidate.training?.trainSeconds)],
            ]}
          />
        </Card>
        <Card title="Lineage">
          <Facts
            of={[
              ["Model", candidate.origin?.model || "–"],
              ["Adapter", <span class="mono" title={candidate.origin?.adapterDigest}>{digest(candidate.origin?.adapterDigest ?? "")}</span>],
              ["Sampling seed", <span class="mono">{candidate.origin?.seed ?? "–"}</span>],
              ["Prompt", `${candidate.origin?.promptTokens ?? "–"} tokens`],
              ["Completion", `${candidate.origin?.completionTokens ?? "–"} tokens, ${candidate.origin?.finishReason ?? ""}`],
              ["Sampled in", duration(candidate.origin?.seconds)],
              ["Requested", date(candidate.created)],
              ["Finished", date(candidate.finished) || "on its way"],
              ["Trace", <a class="mono" href={`/traces/${candidate.traceId}`}>{candidate.traceId.slice(0, 12)}</a>],
            ]}
          />
        </Card>
        <Prompt of={id} model={candidate.origin?.model ?? ""} />
        {again && <Again of={again} before={candidate} />}
        <Card title="Source" wide>
          {candidate.source ? <Code source={candidate.source} line={failure?.line ?? 0} error={failure ? [failure.type, failure.message].filter(Boolean).join(": ") : undefined} /> : <Empty title="No source yet" />}
        </Card>
        <Card title="Computation graph" wide note={graphNote(graph)}>
          {graph && graph.nodes.length > 0 ? <Network graph={graph} /> : <Empty title={candidate.validation?.valid === false ? "An invalid network has no graph" : graph?.truncated ? "The graph is too large to be recorded" : "Not traced yet"} />}
        </Card>
        <Card title="Layers" wide>
          <Layers of={candidate} graph={graph} />
        </Card>
        <Card title="Loss within the epoch">
          <XYFigure
            label="Training loss of every step of the epoch"
            series={[{ name: "Loss", colour: "var(--blue)", points: (candidate.training?.losses ?? []).map((loss, step) => ({ x: step + 1, y: num(loss) })) }]}
            xLabel="Step"
            yLabel="Loss"
            xWhole
            empty="It was not trained"
          />
        </Card>
        <Novelty of={candidate} />
        <Neighbour of={candidate} />
        <Way of={candidate} />
      </div>
    </Page>
  );
}

/** What the model was asked; read when it is opened. */
function Prompt({ of, model }: { of: string; model: string }) {
  const [prompt, setPrompt] = useState<{ system: string; user: string } | null>(null);
  const [error, setError] = useState("");
  const [open, setOpen] = useState(false);
  const toggle = (now: boolean) => {
    setOpen(now);
    if (now && !prompt) get<{ system: string; user: string }>(`/api/candidates/${encodeURIComponent(of)}/prompt`).then(setPrompt, (problem: Error) => setError(problem.message));
  };
  return (
    <details class="card wide" onToggle={(event) => toggle(event.currentTarget.open)}>
      <summary>Prompt that {model || "the model"} answered</summary>
      {error && <Problem>{error}</Problem>}
      {open && !error && !prompt && <Waiting />}
      {prompt && [["System", prompt.system], ["User", prompt.user]].map(([role, text]) => text && (
        <div key={role}>
          <h3>{role}</h3>
          <pre class="prompt" tabIndex={0}>{text}</pre>
        </div>
      ))}
    </details>
  );
}

function verdictOf(candidate: Candidate): { sign: string; text: string } {
  const { validation, training, novelty } = candidate;
  if (novelty?.admitted) return { sign: "✓", text: `admitted with ${percent(training?.accuracy)}` };
  if (novelty) return { sign: "○", text: !novelty.novel ? "a near-duplicate of what is known" : `scored ${percent(training?.accuracy)}, below the threshold` };
  if (validation && !validation.valid) return { sign: "✕", text: `rejected: ${words(validation.reason, "REJECTION_REASON_")}` };
  if (training && !training.scored) return { sign: "✕", text: `not scored: ${words(training.reason, "REJECTION_REASON_")}` };
  return { sign: "◌", text: candidate.status };
}

function testAccuracy(rescored: TrainingOutcome[]): string {
  const scored = rescored.filter((outcome) => outcome.scored).map((outcome) => outcome.accuracy);
  return scored.length === 0 ? "–" : `${percent(scored.reduce((sum, value) => sum + value, 0) / scored.length)} (${scored.length} seeds)`;
}

function graphNote(graph: ComputationGraph | null): string | undefined {
  if (!graph || graph.nodes.length === 0) return undefined;
  return `${graph.operators} operators in the eval forward pass${num(graph.unusedParameters) > 0 ? `; ${count(num(graph.unusedParameters))} parameters have no influence on the output` : ""}. Shapes without the batch dimension.`;
}

function Again({ of, before }: { of: Candidate; before: Candidate }) {
  return (
    <Card title="Run again" wide note="The same source, settings and seed, validated and trained by a direct call. The experiment's record stays as it is.">
      <Facts
        of={[
          ["Validation", of.validation?.valid ? "valid" : `${words(of.validation?.reason ?? "", "REJECTION_REASON_")} ${of.validation?.error?.message ?? ""}`],
          ["Accuracy now", of.training?.scored ? percent(of.training.accuracy, 2) : "–"],
          ["Accuracy then", before.training?.scored ? percent(before.training.accuracy, 2) : "–"],
          ["Trained in", duration(of.training?.trainSeconds)],
        ]}
      />
    </Card>
  );
}

function Novelty({ of }: { of: Candidate }) {
  const structure = of.structure;
  return (
    <Card title="Novelty">
      {!of.novelty ? (
        <Empty title="Not judged">Only candidates with a score are.</Empty>
      ) : (
        <>
          <Facts
            of={[
              ["Highest J to the corpus", fixed(of.novelty.jTrain)],
              ["Nearest in the corpus", <span class="mono" title={of.novelty.nearestTrain}>{documentName(of.novelty.nearestTrain) || "–"}</span>],
              ["Highest J to the admitted", fixed(of.novelty.jGenerated)],
              ["Nearest admitted", of.novelty.nearestGenerated ? <a class="mono" href={`/candidates/${encodeURIComponent(of.novelty.nearestGenerated)}`}>{of.novelty.nearestGenerated}</a> : "–"],
              ["Near-duplicates since the last admission", count(of.novelty.rejectionCount)],
              ...(structure
                ? ([
                    ["Structure", words(structure.class, "STRUCTURE_CLASS_")],
                    ["Graph similarity", `${fixed(structure.similarity)} to ${documentName(structure.nearest) || "–"}`],
                    ["Fingerprint", <span class="mono">{structure.fingerprint}</span>],
                  ] as [string, preact.ComponentChildren][])
                : []),
            ]}
          />
          {structure && structure.motifs.length > 0 && (
            <div class="scroll" tabIndex={0} role="group" aria-label="Table of motifs">
              <table>
                <thead><tr><th scope="col">Motif</th><th scope="col">Where</th><th scope="col" class="number">Known in</th></tr></thead>
                <tbody>
                  {structure.motifs.map((motif, index) => (
                    <tr key={index}>
                      <td>{motif.new && <strong>new: </strong>}{motif.text}</td>
                      <td class="mono">{motif.location}</td>
                      <td class="number">{count(motif.knownIn)}</td>
                    </tr>
                  ))}
                </tbody>
              </table>
            </div>
          )}
        </>
      )}
    </Card>
  );
}

function Neighbour({ of }: { of: Candidate }) {
  const novelty = of.novelty;
  const inCorpus = novelty !== undefined && novelty.jTrain >= novelty.jGenerated;
  const name = novelty ? (inCorpus ? novelty.nearestTrain : novelty.nearestGenerated) : "";
  const [text, setText] = useState<string | null>(null);
  const [error, setError] = useState("");
  useEffect(() => {
    if (!name) return;
    const path = inCorpus ? `/api/experiments/${encodeURIComponent(of.ref.experiment)}/documents/${encodeURIComponent(name)}` : `/api/candidates/${encodeURIComponent(name)}`;
    get<{ source: string }>(path).then((found) => setText(found.source), (problem: Error) => setError(problem.message));
  }, [name]);
  if (!name) return null;
  return (
    <Card title="Nearest neighbour" wide>
      {error ? <Problem>{error}</Problem> : text === null ? <Waiting /> : <Diff left={text} right={of.source} leftName={`${documentName(name)} (${inCorpus ? "corpus" : "admitted"}, J ${fixed(inCorpus ? novelty!.jTrain : novelty!.jGenerated)})`} rightName={of.ref.id} />}
    </Card>
  );
}

function Way({ of }: { of: Candidate }) {
  const { data } = useLive<{ spans: SpanEntry[] }>("trace", of.traceId);
  if (!data || data.spans.length === 0) return null;
  return (
    <Card title="Its way through the services" wide>
      <Waterfall spans={data.spans} />
    </Card>
  );
}
