import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import { useLive } from "../live/hooks";
import { useResources } from "../live/resources";
import { Empty, Page, Problem, Waiting } from "../parts/basics";
import { clock, count } from "../parts/format";
import { Marked } from "../parts/marked";
import { navigate } from "../parts/router";
import { Rows } from "../parts/rows";
import { save } from "../parts/save";

type Line = [number: number, at: number, text: string];
interface Message { reset: boolean; lines: Line[] }

const most = 100_000;

export function ConsolePage({ name: encoded = "" }: { name?: string }) {
  const name = decodeURIComponent(encoded);
  const { data: resources } = useResources();
  useEffect(() => {
    if (!name && resources?.[0]) navigate(`/console/${encodeURIComponent((resources.find((resource) => resource.displayName === "coordinator") ?? resources[0]).name)}`, true);
  }, [name, resources]);
  return (
    <Page
      title="Console"
      lead="What the processes print."
      actions={
        <label>
          <span class="visually-hidden">Resource</span>
          <select value={name} onChange={(event) => navigate(`/console/${encodeURIComponent(event.currentTarget.value)}`)}>
            {(resources ?? []).map((resource) => <option key={resource.name} value={resource.name}>{resource.name}</option>)}
          </select>
        </label>
      }
    >
      {name ? <Output key={name} of={name} /> : <Waiting height={400} />}
    </Page>
  );
}

function Output({ of }: { of: string }) {
  const { data, error } = useLive<Line[], Message>("console", of, (state, message) => {
    const all = message.reset || !state ? message.lines : state.concat(message.lines);
    return all.length > most ? all.slice(all.length - most) : all;
  });
  const [search, setSearch] = useState("");
  const [paused, setPaused] = useState(false);
  const held = useRef<Line[]>([]);
  if (!paused) held.current = data ?? [];
  const lines = held.current;
  const found = useMemo(() => {
    const term = search.toLowerCase();
    return term ? lines.filter((line) => line[2].toLowerCase().includes(term)) : lines;
  }, [lines, search]);
  const behind = paused ? (data?.at(-1)?.[0] ?? 0) - (lines.at(-1)?.[0] ?? 0) : 0;
  return (
    <>
      {error && <Problem>{error}</Problem>}
      <div class="toolbar">
        <input type="search" aria-label="Search lines" placeholder="Search lines" value={search} onInput={(event) => setSearch(event.currentTarget.value)} />
        <button type="button" aria-pressed={paused} onClick={() => setPaused(!paused)}>
          {paused ? "Go on" : "Pause"}
        </button>
        <span class="soft" role="status">
          {count(found.length)} of {count(lines.length)} lines{behind > 0 && `, ${count(behind)} more since the pause`}
        </span>
        <span class="grow" />
        <button type="button" onClick={() => save(`${of}.log`, "text/plain", found.map((line) => `${new Date(line[1]).toISOString()} ${line[2]}`).join("\n") + "\n")}>Save</button>
      </div>
      {!data ? (
        !error && <Waiting height={400} />
      ) : found.length === 0 ? (
        <Empty title={search ? "No line matches" : `${of} has printed nothing yet`} />
      ) : (
        <Rows
          rows={found}
          label={`Console of ${of}`}
          class="console"
          rowHeight={20}
          height="calc(100vh - 12rem)"
          columns="7.5rem max-content"
          follow={!paused && search === ""}
          keyOf={(line) => line[0]}
          line={(line) => (
            <>
              <span role="gridcell" class="soft">{clock(line[1])}</span>
              <span role="gridcell"><Marked text={line[2]} term={search} /></span>
            </>
          )}
        />
      )}
    </>
  );
}
