import { useMemo, useState } from "preact/hooks";
import type { CandidateRow } from "../../live/types";
import { Empty } from "../../parts/basics";
import { count, words } from "../../parts/format";
import { navigate, useParameter } from "../../parts/router";
import { Rows } from "../../parts/rows";
import { csvLine, save } from "../../parts/save";
import { columns } from "./columns";

const rowHeight = 34;

export function CandidateTable({ experiment, rows, complete }: { experiment: string; rows: CandidateRow[]; complete: boolean }) {
  const [search, setSearch] = useParameter("q");
  const [cycle, setCycle] = useParameter("cycle");
  const [outcome, setOutcome] = useParameter("outcome");
  const [sort, setSort] = useParameter("sort", "id");
  const [shown, setShown] = useState(() => new Set(columns.filter((column) => !column.extra).map((column) => column.key)));
  const cycles = useMemo(() => [...new Set(rows.map((row) => row.cycle))], [rows]);
  const reasons = useMemo(() => [...new Set(rows.flatMap((row) => row.reason ?? []))].sort(), [rows]);
  const found = useMemo(() => {
    const terms = search.toLowerCase().split(/\s+/).filter(Boolean);
    const [key, down] = sort.startsWith("-") ? [sort.slice(1), true] : [sort, false];
    const by = columns.find((column) => column.key === key) ?? columns[0]!;
    const kept = rows.filter(
      (row) =>
        (cycle === "" || row.cycle === Number(cycle)) &&
        matches(row, outcome) &&
        terms.every((term) => row.id.toLowerCase().includes(term) || row.status.includes(term) || row.reason?.toLowerCase().includes(term) || row.error?.toLowerCase().includes(term)),
    );
    if (key !== "id" || down)
      kept.sort((a, b) => {
        const [x, y] = [by.value(a), by.value(b)];
        if (x === undefined || y === undefined) return x === y ? 0 : x === undefined ? 1 : -1;
        return (x < y ? -1 : x > y ? 1 : 0) * (down ? -1 : 1);
      });
    return kept;
  }, [rows, search, cycle, outcome, sort]);
  const visible = columns.filter((column) => shown.has(column.key));
  const template = visible.map((column) => `${column.width}px`).join(" ");
  return (
    <>
      <div class="toolbar" role="search">
        <input type="search" aria-label="Search candidates" placeholder="Search id, reason, error" value={search} onInput={(event) => setSearch(event.currentTarget.value)} />
        <label>
          Cycle{" "}
          <select value={cycle} onChange={(event) => setCycle(event.currentTarget.value)}>
            <option value="">all</option>
            {cycles.map((number) => <option key={number} value={String(number)}>{number}</option>)}
          </select>
        </label>
        <label>
          Outcome{" "}
          <select value={outcome} onChange={(event) => setOutcome(event.currentTarget.value)}>
            <option value="">any</option>
            <option value="admitted">admitted</option>
            <option value="above">above threshold</option>
            <option value="scored">scored</option>
            <option value="duplicate">near-duplicate</option>
            <option value="invalid">invalid</option>
            <option value="running">on its way</option>
            {reasons.map((reason) => <option key={reason} value={`reason:${reason}`}>{words(reason)}</option>)}
          </select>
        </label>
        <span class="soft" role="status">
          {count(found.length)} of {count(rows.length)}{!complete && ", loading…"}
        </span>
        <span class="grow" />
        <details class="menu">
          <summary class="button">Columns</summary>
          <fieldset>
            <legend class="visually-hidden">Columns shown</legend>
            {columns.slice(1).map((column) => (
              <label key={column.key}>
                <input
                  type="checkbox"
                  checked={shown.has(column.key)}
                  onChange={(event) => {
                    const next = new Set(shown);
                    if (event.currentTarget.checked) next.add(column.key);
                    else next.delete(column.key);
                    setShown(next);
                  }}
                />
                {column.name}
              </label>
            ))}
          </fieldset>
        </details>
        <button type="button" onClick={() => save(`${experiment}-candidates.csv`, "text/csv", [csvLine(columns.map((column) => column.key)), ...found.map((row) => csvLine(columns.map((column) => column.value(row))))].join("\n") + "\n")}>
          CSV
        </button>
      </div>
      {rows.length === 0 ? (
        <Empty title="No candidate yet">They appear here as the Generator writes them.</Empty>
      ) : found.length === 0 ? (
        <Empty title="No candidate matches">
          <button type="button" onClick={() => navigate(location.pathname, true)}>Clear the filters</button>
        </Empty>
      ) : (
        <Rows
          rows={found}
          label="Candidates"
          rowHeight={rowHeight}
          height="max(24rem, calc(100vh - 16rem))"
          columns={template}
          keyOf={(row) => row.id}
          open={(row) => navigate(`/candidates/${encodeURIComponent(row.id)}`)}
          head={visible.map((column) => {
            const direction = sort === column.key ? "ascending" : sort === `-${column.key}` ? "descending" : "none";
            return (
              <div key={column.key} role="columnheader" aria-sort={direction} class={column.number ? "number" : undefined}>
                <button type="button" onClick={() => setSort(sort === `-${column.key}` ? column.key : `-${column.key}`)}>
                  {column.name} <span aria-hidden="true">{direction === "ascending" ? "▲" : direction === "descending" ? "▼" : ""}</span>
                </button>
              </div>
            );
          })}
          line={(row) =>
            visible.map((column) => (
              <div key={column.key} role="gridcell" class={column.number ? "number" : undefined} title={column.key === "error" ? column.text(row) : undefined}>
                {column.key === "id" ? <a href={`/candidates/${encodeURIComponent(row.id)}`} tabIndex={-1}>{row.id}</a> : column.text(row)}
              </div>
            ))
          }
        />
      )}
    </>
  );
}

function matches(row: CandidateRow, outcome: string): boolean {
  switch (outcome) {
    case "":
      return true;
    case "admitted":
      return row.admitted === true;
    case "above":
      return row.above === true;
    case "scored":
      return row.accuracy !== undefined;
    case "duplicate":
      return row.novel === false;
    case "invalid":
      return row.valid === false;
    case "running":
      return row.finished === undefined;
    default:
      return outcome === `reason:${row.reason}`;
  }
}
