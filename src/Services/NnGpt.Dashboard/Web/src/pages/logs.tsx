import { useMemo, useRef, useState } from "preact/hooks";
import { useLive } from "../live/hooks";
import type { LogEntry } from "../live/telemetry";
import { Card, Empty, Page, Problem, State, Waiting } from "../parts/basics";
import { clock, count, moment } from "../parts/format";
import { Marked } from "../parts/marked";
import { useParameter } from "../parts/router";
import { Rows } from "../parts/rows";

const most = 100_000;
const levels = ["trace", "debug", "information", "warning", "error", "critical"];
const signs: Record<string, string> = { trace: "·", debug: "·", information: "i", warning: "▲", error: "✕", critical: "✕" };
const tones: Record<string, string> = { warning: "warn", error: "bad", critical: "bad" };

export function LogsPage() {
  const { data, error } = useLive<LogEntry[], { reset: boolean; records: LogEntry[] }>("logs", "", (state, message) => {
    const all = message.reset || !state ? message.records : state.concat(message.records);
    return all.length > most ? all.slice(all.length - most) : all;
  });
  const [search, setSearch] = useParameter("q");
  const [service, setService] = useParameter("service");
  const [level, setLevel] = useParameter("level", "trace");
  const [trace, setTrace] = useParameter("trace");
  const [paused, setPaused] = useState(false);
  const [open, setOpen] = useState<LogEntry | null>(null);
  const held = useRef<LogEntry[]>([]);
  if (!paused) held.current = data ?? [];
  const records = held.current;
  const services = useMemo(() => [...new Set(records.map((record) => record.service))].sort(), [records]);
  const found = useMemo(() => {
    const term = search.toLowerCase();
    const least = levels.indexOf(level);
    return records.filter(
      (record) =>
        (service === "" || record.service === service) &&
        levels.indexOf(record.level) >= least &&
        (trace === "" || record.traceId === trace) &&
        (term === "" || record.message.toLowerCase().includes(term) || record.category.toLowerCase().includes(term) || Object.values(record.attributes).some((value) => value.toLowerCase().includes(term))),
    );
  }, [records, search, service, level, trace]);
  return (
    <Page title="Structured logs" lead="What the services log, with the values in it.">
      {error && <Problem>{error}</Problem>}
      <div class="toolbar">
        <input type="search" aria-label="Search logs" placeholder="Message, category or value" value={search} onInput={(event) => setSearch(event.currentTarget.value)} />
        <label>
          Service{" "}
          <select value={service} onChange={(event) => setService(event.currentTarget.value)}>
            <option value="">all</option>
            {services.map((name) => <option key={name}>{name}</option>)}
          </select>
        </label>
        <label>
          Level{" "}
          <select value={level} onChange={(event) => setLevel(event.currentTarget.value)}>
            {levels.map((name) => <option key={name} value={name}>{name === "trace" ? "all" : `${name} and up`}</option>)}
          </select>
        </label>
        {trace && <button type="button" onClick={() => setTrace("")}>One trace only ✕</button>}
        <button type="button" aria-pressed={paused} onClick={() => setPaused(!paused)}>{paused ? "Go on" : "Pause"}</button>
        <span class="soft" role="status">{count(found.length)} of {count(records.length)} records</span>
      </div>
      {!data ? (
        !error && <Waiting height={400} />
      ) : found.length === 0 ? (
        <Empty title={records.length === 0 ? "No record yet" : "No record matches"}>{records.length === 0 && "Services send what they log within a second."}</Empty>
      ) : (
        <Rows
          rows={found}
          label="Log records"
          rowHeight={30}
          height={open ? "24rem" : "calc(100vh - 12rem)"}
          columns="7.5rem 8rem 8rem minmax(40rem, 1fr)"
          follow={!paused}
          keyOf={(_, index) => index}
          open={setOpen}
          head={["Time", "Level", "Service", "Message"].map((name) => <div key={name} role="columnheader"><button type="button" tabIndex={-1}>{name}</button></div>)}
          line={(record) => (
            <>
              <span role="gridcell" class="soft mono">{clock(record.time)}</span>
              <span role="gridcell" class={`state ${tones[record.level] ?? "calm"}`}><span aria-hidden="true">{signs[record.level]}</span> {record.level}</span>
              <span role="gridcell">{record.instance}</span>
              <span role="gridcell"><Marked text={record.message} term={search} /></span>
            </>
          )}
        />
      )}
      {open && (
        <Card title="Record" tools={<button type="button" onClick={() => setOpen(null)}>Close</button>}>
          <p><State of={open.level} /> {open.message}</p>
          <dl class="attributes">
            <dt>time</dt><dd>{moment(open.time)}</dd>
            <dt>instance</dt><dd>{open.instance}</dd>
            <dt>category</dt><dd>{open.category}</dd>
            {open.traceId && (<><dt>trace</dt><dd><a href={`/traces/${open.traceId}`}>{open.traceId}</a></dd></>)}
            {Object.entries(open.attributes).map(([name, value]) => (<><dt>{name}</dt><dd>{value}</dd></>))}
          </dl>
        </Card>
      )}
    </Page>
  );
}
