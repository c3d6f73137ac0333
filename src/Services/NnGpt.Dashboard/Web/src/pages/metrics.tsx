import { useMemo, useState } from "preact/hooks";
import { looks, XYFigure, type Series } from "../figures/xy";
import { useLive } from "../live/hooks";
import type { Instrument, MetricSeries, MetricState } from "../live/telemetry";
import { Card, Empty, Page, Problem, Waiting } from "../parts/basics";
import { clock, duration, short } from "../parts/format";
import { useParameter } from "../parts/router";

const preferred = ["messaging.process.duration", "dotnet.process.cpu.time", "process.runtime.dotnet.gc.heap.size"];

export function MetricsPage() {
  const { data, error } = useLive<{ instruments: Instrument[] }>("instruments");
  const [chosen, choose] = useParameter("name");
  const [search, setSearch] = useState("");
  const instruments = data?.instruments ?? [];
  const name = chosen || preferred.find((one) => instruments.some((instrument) => instrument.name === one)) || instruments[0]?.name || "";
  return (
    <Page title="Metrics" lead="What the services count and measure, over the last twenty minutes.">
      {error && <Problem>{error}</Problem>}
      {!data ? (
        !error && <Waiting height={400} />
      ) : instruments.length === 0 ? (
        <Empty title="No metric yet">Services send theirs every five seconds.</Empty>
      ) : (
        <div class="split">
          <Card label="Instruments">
            <input type="search" aria-label="Search metrics" placeholder="Search" value={search} onInput={(event) => setSearch(event.currentTarget.value)} />
            <ul class="pick">
              {instruments
                .filter((instrument) => instrument.name.includes(search.toLowerCase()))
                .map((instrument) => (
                  <li key={instrument.name}>
                    <a href={`/metrics?name=${encodeURIComponent(instrument.name)}`} aria-current={instrument.name === name ? "true" : undefined} onClick={(event) => { event.preventDefault(); choose(instrument.name); }}>
                      {instrument.name.split(/(?<=[._])/).flatMap((part) => [part, <wbr key={part} />])}
                    </a>
                  </li>
                ))}
            </ul>
          </Card>
          <Metric key={name} of={name} />
        </div>
      )}
    </Page>
  );
}

const quantiles = ["median", "90 %", "99 %"] as const;

function Metric({ of }: { of: string }) {
  const { data } = useLive<MetricState>("metric", of);
  const [by, setBy] = useParameter("by", "instance");
  const [quantile, setQuantile] = useState(0);
  const keys = useMemo(() => ["instance", ...new Set((data?.series ?? []).flatMap((series) => Object.keys(series.attributes)))], [data]);
  const instrument = data?.instrument;
  if (!instrument) return <Waiting height={300} />;
  const drawn = draw(data.series, instrument.kind, by, quantile);
  const seconds = instrument.unit === "s" && instrument.kind !== "counter";
  const unit = instrument.kind === "counter" ? `${instrument.unit || "1"} a second` : instrument.unit;
  return (
    <Card
      title={instrument.name}
      note={`${instrument.description || "No description."} ${instrument.kind === "counter" ? "Shown as its rate." : instrument.kind === "histogram" ? "Quantiles of each interval, within its buckets." : ""} Meter ${instrument.meter}, ${instrument.series} series.`}
      tools={
        <>
          {instrument.kind === "histogram" && (
            <label>Quantile <select value={quantile} onChange={(event) => setQuantile(Number(event.currentTarget.value))}>{quantiles.map((name, index) => <option key={name} value={index}>{name}</option>)}</select></label>
          )}
          <label>By <select value={by} onChange={(event) => setBy(event.currentTarget.value)}>{keys.map((key) => <option key={key}>{key}</option>)}</select></label>
        </>
      }
    >
      <XYFigure label={`${instrument.name} by ${by}`} series={drawn} height={360} xLabel="Time" xTime yLabel={seconds ? "" : unit || "Value"} xFormat={(at) => clock(at).slice(0, 8)} yFormat={(value) => (seconds ? duration(value) : short(value))} yFrom={drawn.every((series) => series.points.every((point) => point.y >= 0)) ? 0 : undefined} empty="Nothing in this window" />
    </Card>
  );
}

function draw(all: MetricSeries[], kind: Instrument["kind"], by: string, quantile: number): Series[] {
  const groups = new Map<string, Map<number, number>>();
  for (const series of all) {
    const name = by === "instance" ? series.instance : (series.attributes[by] ?? "(none)");
    const group = groups.get(name) ?? new Map<number, number>();
    groups.set(name, group);
    series.points.forEach((point, index) => {
      const at = Math.round(point[0]! / 5000) * 5000;
      const before = series.points[index - 1];
      let value = point[1];
      if (kind === "histogram") value = point[3 + quantile];
      else if (kind === "counter") value = before && point[1]! >= before[1]! && point[0]! > before[0]! ? ((point[1]! - before[1]!) * 1000) / (point[0]! - before[0]!) : undefined;
      // Of several series: counts add up; of quantiles the worst counts.
      if (value !== null && value !== undefined) group.set(at, kind === "histogram" ? Math.max(group.get(at) ?? 0, value) : (group.get(at) ?? 0) + value);
    });
  }
  return [...groups]
    .filter(([, points]) => points.size > 0)
    .slice(0, 12)
    .map(([name, points], index) => ({ name, ...looks[index % looks.length]!, points: [...points].sort((a, b) => a[0] - b[0]).map(([x, y]) => ({ x, y })) }));
}
