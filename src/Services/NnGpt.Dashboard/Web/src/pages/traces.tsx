import { useMemo } from "preact/hooks";
import { useLive } from "../live/hooks";
import type { TraceSummary } from "../live/telemetry";
import { Empty, Page, Problem, Waiting } from "../parts/basics";
import { clock, count, duration } from "../parts/format";
import { navigate, useParameter } from "../parts/router";
import { Rows } from "../parts/rows";

/** The ways of candidates are what one looks for; calls and polls, mostly of one span each, are there to be asked for. */
const kinds: Record<string, { name: string; has: (trace: TraceSummary) => boolean }> = {
  candidates: { name: "candidates", has: (trace) => trace.candidate !== undefined },
  others: { name: "all else", has: (trace) => trace.candidate === undefined },
  errors: { name: "with errors", has: (trace) => trace.errors > 0 },
  all: { name: "everything", has: () => true },
};

export function TracesPage() {
  const { data, error } = useLive<{ traces: TraceSummary[] }>("traces");
  const [search, setSearch] = useParameter("q");
  const [asked, setKind] = useParameter("kind");
  const kind = asked in kinds ? asked : "candidates";
  const traces = data?.traces;
  const found = useMemo(() => {
    const term = search.toLowerCase();
    return (traces ?? []).filter(
      (trace) =>
        kinds[kind]!.has(trace) &&
        (term === "" || trace.name.toLowerCase().includes(term) || trace.candidate?.toLowerCase().includes(term) || trace.traceId.startsWith(term)),
    );
  }, [traces, search, kind]);
  return (
    <Page title="Traces" lead="A candidate is one trace, from its generation through all services to its judgement.">
      {error && <Problem>{error}</Problem>}
      <div class="toolbar">
        <input type="search" aria-label="Search traces" placeholder="Candidate, name or trace id" value={search} onInput={(event) => setSearch(event.currentTarget.value)} />
        <label>
          Show{" "}
          <select value={kind} onChange={(event) => setKind(event.currentTarget.value)}>
            {Object.entries(kinds).map(([key, { name }]) => <option key={key} value={key}>{name}</option>)}
          </select>
        </label>
        <span class="soft" role="status">{count(found.length)} of {count(traces?.length ?? 0)} traces</span>
      </div>
      {!traces ? (
        !error && <Waiting height={400} />
      ) : found.length === 0 ? (
        <Empty title={kind === "candidates" && search === "" ? "No candidate's trace yet" : "No trace matches"}>
          {search === "" && "The window is empty after a start of the dashboard; it fills with what the services do next. "}
          {traces.length > 0 && kind !== "all" && <button type="button" class="link" onClick={() => setKind("all")}>Show all {count(traces.length)}</button>}
        </Empty>
      ) : (
        <Rows
          rows={found}
          label="Traces"
          rowHeight={34}
          height="calc(100vh - 12rem)"
          columns="7.5rem minmax(16rem, 1fr) 7rem 5rem 5rem minmax(22rem, 1.4fr)"
          keyOf={(trace) => trace.traceId}
          open={(trace) => navigate(`/traces/${trace.traceId}`)}
          head={["Began", "Trace", "Duration", "Spans", "Errors", "Services"].map((name) => <div key={name} role="columnheader"><button type="button" tabIndex={-1}>{name}</button></div>)}
          line={(trace) => (
            <>
              <span role="gridcell" class="soft mono">{clock(trace.start)}</span>
              <span role="gridcell"><a href={`/traces/${trace.traceId}`} tabIndex={-1}>{trace.candidate ?? trace.name}</a></span>
              <span role="gridcell">{duration((trace.end - trace.start) / 1000)}</span>
              <span role="gridcell">{trace.spans}</span>
              <span role="gridcell">{trace.errors > 0 ? <span class="state bad">✕ {trace.errors}</span> : ""}</span>
              <span role="gridcell">{trace.services.join(" → ")}</span>
            </>
          )}
        />
      )}
    </Page>
  );
}
