import { bisector, extent } from "d3-array";
import { scaleLinear, scaleLog } from "d3-scale";
import { area, curveStepAfter, line } from "d3-shape";
import type { ComponentChildren } from "preact";
import { useEffect, useId, useMemo, useRef, useState } from "preact/hooks";
import { navigate } from "../parts/router";

export interface Point {
  x: number;
  y: number;
  low?: number;
  high?: number;
  /** Further lines of the tip. */
  tip?: string;
  href?: string;
}

export interface Series {
  name: string;
  colour: string;
  points: Point[];
  kind?: "line" | "step" | "points" | "bars";
  dash?: string;
  marker?: Marker;
  /** Neither in the legend nor in the tips: a helping line. */
  quiet?: boolean;
}

export type Marker = "circle" | "square" | "diamond" | "triangle" | "cross";

export interface XYProps {
  label: string;
  series: Series[];
  height?: number;
  xLabel: string;
  yLabel: string;
  xFormat?: (value: number) => string;
  yFormat?: (value: number) => string;
  xLog?: boolean;
  /** Whole numbers only. */
  xWhole?: boolean;
  /** Unix milliseconds: marks at whole minutes or seconds. */
  xTime?: boolean;
  yFrom?: number;
  yTo?: number;
  /** Counts: marks at whole numbers only, and room for one even where all are zero. */
  yWhole?: boolean;
  xFrom?: number;
  xTo?: number;
  /** Shown in place of an empty figure. */
  empty?: string;
  legend?: boolean;
}

const margin = { top: 10, right: 14, bottom: 40, left: 68 };
const plain = (value: number) => String(Math.round(value * 1000) / 1000);

/** Colour, dash and marker for the n-th of several series: each of the three alone tells them apart. */
export const looks: { colour: string; dash: string; marker: Marker }[] = [
  { colour: "var(--blue)", dash: "", marker: "circle" },
  { colour: "var(--orange)", dash: "6 3", marker: "square" },
  { colour: "var(--green)", dash: "2 3", marker: "triangle" },
  { colour: "var(--pink)", dash: "8 3 2 3", marker: "diamond" },
  { colour: "var(--red)", dash: "4 2", marker: "cross" },
  { colour: "var(--sky)", dash: "1 3", marker: "circle" },
  { colour: "var(--black)", dash: "10 4", marker: "square" },
];

const timeSteps = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 21600, 86400].map((seconds) => seconds * 1000);

function timeTicks(from: number, to: number, most: number): number[] {
  const step = timeSteps.find((one) => (to - from) / one <= most) ?? to - from;
  const first = Math.ceil(from / step) * step;
  return Array.from({ length: Math.floor((to - first) / step) + 1 }, (_, index) => first + index * step);
}

/** Marks that read the same tell nothing: the first of each stays. */
const distinct = (ticks: number[], format: (value: number) => string) => ticks.filter((tick, index) => index === 0 || format(tick) !== format(ticks[index - 1]!));

/** Whether the labels of two marks, of about 7 pixels a character, do not touch. */
const apart = (x: (value: number) => number, left: number, right: number, format: (value: number) => string) =>
  x(right) - x(left) >= 3.5 * (format(left).length + format(right).length) + 8;

/** Marks of a whole series as one path: ten thousand of them are one element. */
export function markerPath(marker: Marker, r: number): string {
  switch (marker) {
    case "square":
      return `m${-r},${-r}h${2 * r}v${2 * r}h${-2 * r}z`;
    case "diamond":
      return `m0,${-1.3 * r}l${1.3 * r},${1.3 * r}l${-1.3 * r},${1.3 * r}l${-1.3 * r},${-1.3 * r}z`;
    case "triangle":
      return `m0,${-1.2 * r}l${1.15 * r},${2.1 * r}h${-2.3 * r}z`;
    case "cross":
      return `m${-r},${-r * 0.35}h${r * 0.65}v${-r * 0.65}h${r * 0.7}v${r * 0.65}h${r * 0.65}v${r * 0.7}h${-r * 0.65}v${r * 0.65}h${-r * 0.7}v${-r * 0.65}h${-r * 0.65}z`;
    default:
      return `m${-r},0a${r},${r} 0 1,0 ${2 * r},0a${r},${r} 0 1,0 ${-2 * r},0z`;
  }
}

export function useWidth(initial = 520) {
  const element = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState(initial);
  useEffect(() => {
    const observer = new ResizeObserver(([entry]) => entry && setWidth(Math.max(220, Math.round(entry.contentRect.width))));
    observer.observe(element.current!);
    return () => observer.disconnect();
  }, []);
  return [element, width] as const;
}

/** Lines with bands, steps, points or bars over two axes; pointer and arrow keys show the values. */
export function XYFigure(props: XYProps) {
  const { label, height = 260, xLabel, yLabel, xFormat = plain, yFormat = plain, legend = true } = props;
  const [box, width] = useWidth();
  const id = useId();
  const [focus, setFocus] = useState<{ series: Series; point: Point } | null>(null);
  const series = props.series.filter((one) => one.points.length > 0);
  const drawn = useMemo(() => {
    const all = series.flatMap((one) => one.points.filter((point) => Number.isFinite(point.x) && Number.isFinite(point.y)));
    if (all.length === 0) return null;
    let [x0, x1] = extent(all, (point) => point.x) as [number, number];
    const ys = all.flatMap((point) => [point.y, point.low ?? point.y, point.high ?? point.y]).filter(Number.isFinite);
    let [y0, y1] = extent(ys) as [number, number];
    x0 = props.xFrom ?? x0;
    x1 = props.xTo ?? x1;
    if (x0 === x1) [x0, x1] = props.xLog ? [x0 / 2, x1 * 2] : [x0 - 0.5, x1 + 0.5];
    const room = (y1 - y0 || Math.abs(y1) || 1) * 0.06;
    y0 = props.yFrom ?? y0 - room;
    y1 = props.yTo ?? y1 + room;
    if (y0 >= y1 || (props.yWhole && y1 < y0 + 1)) y1 = y0 + 1;
    const bars = series.some((one) => one.kind === "bars");
    const xRange: [number, number] = [margin.left + (bars ? 24 : 6), width - margin.right - (bars ? 24 : 6)];
    const x = (props.xLog ? scaleLog() : scaleLinear()).domain([x0, x1]).range(xRange);
    const y = scaleLinear().domain([y0, y1]).range([height - margin.bottom, margin.top]);
    if (props.yFrom === undefined && props.yTo === undefined) y.nice(5);
    let xTicks = x.ticks(Math.max(2, Math.floor(width / 90)));
    const crowded = () => xTicks.length > 9 || !xTicks.every((tick, index) => index === 0 || apart(x, xTicks[index - 1]!, tick, xFormat));
    if (props.xLog && crowded()) xTicks = xTicks.filter((tick) => /^[125]/.test(tick.toExponential()));
    if (props.xLog && crowded()) xTicks = xTicks.filter((tick) => /^1/.test(tick.toExponential()));
    if (props.xWhole) xTicks = xTicks.filter(Number.isInteger);
    if (props.xTime) xTicks = timeTicks(x0, x1, Math.max(2, Math.floor(width / 110)));
    return { x, y, xTicks: distinct(xTicks, xFormat), yTicks: distinct(y.ticks(5).filter((tick) => !props.yWhole || Number.isInteger(tick)), yFormat) };
  }, [props.series, width, height, props.yFrom, props.yTo, props.xFrom, props.xTo]);

  if (!drawn)
    return (
      <div ref={box} class="figure waiting" style={{ height: `${height}px` }}>
        {props.empty ?? "Nothing to show yet"}
      </div>
    );
  const { x, y, xTicks, yTicks } = drawn;
  const told = series.filter((one) => !one.quiet);

  const nearest = (px: number, py: number) => {
    let found: { series: Series; point: Point } | null = null;
    let best = 60 ** 2;
    for (const one of told)
      for (const point of one.points) {
        const distance = (x(point.x) - px) ** 2 + (y(point.y) - py) ** 2;
        if (distance < best) {
          best = distance;
          found = { series: one, point };
        }
      }
    setFocus(found);
  };
  const step = (by: number, across: number) => {
    if (told.length === 0) return;
    const at = focus ? told.findIndex((one) => one.name === focus.series.name) : 0;
    const next = told[(Math.max(at, 0) + across + told.length) % told.length]!;
    const points = [...next.points].sort((a, b) => a.x - b.x);
    const now = focus ? bisector((point: Point) => point.x).center(points, focus.point.x) : by > 0 ? -1 : points.length;
    setFocus({ series: next, point: points[Math.min(points.length - 1, Math.max(0, now + by))]! });
  };
  const tipX = focus ? x(focus.point.x) : 0;

  return (
    <div class="figure" ref={box}>
      <svg
        viewBox={`0 0 ${width} ${height}`}
        height={height}
        role="img"
        aria-labelledby={id}
        tabIndex={0}
        onPointerMove={(event) => {
          const frame = event.currentTarget.getBoundingClientRect();
          nearest(((event.clientX - frame.left) / frame.width) * width, ((event.clientY - frame.top) / frame.height) * height);
        }}
        onPointerLeave={() => setFocus(null)}
        onBlur={() => setFocus(null)}
        onClick={() => focus?.point.href && navigate(focus.point.href)}
        onKeyDown={(event) => {
          const move: Record<string, [number, number]> = { ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowDown: [0, 1], ArrowUp: [0, -1] };
          if (event.key === "Enter" && focus?.point.href) navigate(focus.point.href);
          else if (move[event.key]) {
            event.preventDefault();
            step(...move[event.key]!);
          }
        }}
      >
        <title id={id}>{label}</title>
        {yTicks.map((tick) => (
          <g key={tick}>
            <line class="grid" x1={margin.left} x2={width - margin.right} y1={y(tick)} y2={y(tick)} />
            <text class="axis" x={margin.left - 8} y={y(tick)} dy="0.32em" text-anchor="end">{yFormat(tick)}</text>
          </g>
        ))}
        <line class="base" x1={margin.left} x2={width - margin.right} y1={height - margin.bottom} y2={height - margin.bottom} />
        {xTicks.map((tick) => (
          <text key={tick} class="axis" x={x(tick)} y={height - margin.bottom + 17} text-anchor="middle">{xFormat(tick)}</text>
        ))}
        <text class="label" x={(margin.left + width - margin.right) / 2} y={height - 5} text-anchor="middle">{xLabel}</text>
        <text class="label" transform={`translate(11 ${(margin.top + height - margin.bottom) / 2}) rotate(-90)`} text-anchor="middle">{yLabel}</text>
        {series.map((one) => <Drawn key={one.name} of={one} x={x} y={y} base={height - margin.bottom} width={width} />)}
        {focus && <circle cx={x(focus.point.x)} cy={y(focus.point.y)} r="6" fill="none" stroke="var(--ink)" stroke-width="2" />}
      </svg>
      {focus && (
        <div class="tip" role="status" style={{ top: `${Math.max(0, y(focus.point.y) - 12)}px`, ...(tipX > width * 0.6 ? { right: `${width - tipX + 12}px` } : { left: `${tipX + 12}px` }) }}>
          <strong>{focus.series.name}</strong>
          {`\n${xLabel} ${xFormat(focus.point.x)}: ${yFormat(focus.point.y)}`}
          {focus.point.low !== undefined && focus.point.high !== undefined && `\n95 %: ${yFormat(focus.point.low)} to ${yFormat(focus.point.high)}`}
          {focus.point.tip && `\n${focus.point.tip}`}
        </div>
      )}
      {legend && told.length > 1 && <Legend of={told} />}
    </div>
  );
}

type Scale = ((value: number) => number) & { range(): number[] };

function Drawn({ of, x, y, base, width }: { of: Series; x: Scale; y: Scale; base: number; width: number }) {
  const points = of.points.filter((point) => Number.isFinite(point.x) && Number.isFinite(point.y));
  if (of.kind === "bars") {
    const bar = Math.max(4, Math.min(34, (width - 120) / Math.max(1, points.length) - 6));
    return (
      <g fill={of.colour}>
        {points.map((point) => {
          const [top, bottom] = [y(point.high ?? point.y), point.low === undefined ? base : y(point.low)];
          return <rect key={point.x} x={x(point.x) - bar / 2} width={bar} y={top} height={Math.max(0, bottom - top)} rx="2" stroke="var(--card)" stroke-width="1" />;
        })}
      </g>
    );
  }
  const bands = points.filter((point) => point.low !== undefined && point.high !== undefined);
  const band = area<Point>((point) => x(point.x), (point) => y(point.low!), (point) => y(point.high!));
  let path = line<Point>((point) => x(point.x), (point) => y(point.y));
  if (of.kind === "step") path = path.curve(curveStepAfter);
  const marks = of.kind === "points" || (of.marker && points.length <= 60) ? points : [];
  return (
    <g>
      {bands.length > 1 && <path d={band(bands) ?? ""} fill={of.colour} fill-opacity="0.18" />}
      {bands.length === 1 && <line x1={x(bands[0]!.x)} x2={x(bands[0]!.x)} y1={y(bands[0]!.low!)} y2={y(bands[0]!.high!)} stroke={of.colour} stroke-opacity="0.45" stroke-width="5" />}
      {of.kind !== "points" && <path d={path(points) ?? ""} fill="none" stroke={of.colour} stroke-width="2" stroke-dasharray={of.dash} />}
      {marks.length > 0 && (
        <path
          d={marks.map((point) => `M${x(point.x).toFixed(1)},${y(point.y).toFixed(1)}${markerPath(of.marker ?? "circle", of.kind === "points" ? 3 : 3.6)}`).join("")}
          fill={of.colour}
          fill-opacity={of.kind === "points" ? 0.75 : 1}
          stroke="var(--card)"
          stroke-width="0.6"
        />
      )}
    </g>
  );
}

export function Legend({ of }: { of: { name: string; colour: string; kind?: string | undefined; dash?: string | undefined; marker?: Marker | undefined }[] }): ComponentChildren {
  return (
    <ul class="legend">
      {of.map((one) => (
        <li key={one.name}>
          <svg viewBox="0 0 22 10" aria-hidden="true">
            {one.kind === "bars" ? (
              <rect x="3" y="0" width="16" height="10" rx="2" fill={one.colour} />
            ) : (
              <>
                {one.kind !== "points" && <line x1="0" x2="22" y1="5" y2="5" stroke={one.colour} stroke-width="2" stroke-dasharray={one.dash} />}
                {one.marker && <path d={`M11,5${markerPath(one.marker, 3.5)}`} fill={one.colour} />}
              </>
            )}
          </svg>
          {one.name}
        </li>
      ))}
    </ul>
  );
}
