import { useMemo, useState } from "preact/hooks";
import { looks } from "../figures/xy";
import type { SpanEntry } from "../live/telemetry";
import { duration, moment } from "./format";

/** The spans of a trace one under another, each under the one that caused it, along the time. */
export function Waterfall({ spans }: { spans: SpanEntry[] }) {
  const [open, setOpen] = useState("");
  const lines = useMemo(() => nest(spans), [spans]);
  const start = Math.min(...spans.map((span) => span.start));
  const whole = Math.max(1e-3, Math.max(...spans.map((span) => span.end)) - start);
  const services = [...new Set(spans.map((span) => span.service))];
  const colour = (service: string) => looks[services.indexOf(service) % looks.length]!.colour;
  return (
    <div>
      <ul class="legend waterfall-legend">
        {services.map((service) => (
          <li key={service}>
            <svg viewBox="0 0 22 10" aria-hidden="true"><rect x="3" width="16" height="10" rx="2" fill={colour(service)} /></svg>
            {service}
          </li>
        ))}
      </ul>
      <div aria-label={`Waterfall of ${spans.length} spans over ${duration(whole / 1000)}`} role="group">
        {lines.map(({ span, depth }) => {
          const left = ((span.start - start) / whole) * 100;
          const width = ((span.end - span.start) / whole) * 100;
          const expanded = open === span.spanId;
          return (
            <div key={span.spanId}>
              <button type="button" class="waterfall-row" aria-expanded={expanded} onClick={() => setOpen(expanded ? "" : span.spanId)}>
                <span class="waterfall-name" style={{ paddingLeft: `${8 + depth * 8}px` }} title={`${span.service}: ${span.name}`}>
                  {span.error && <span class="state bad" title="error">✕ </span>}
                  <strong>{span.instance}</strong> {span.name}
                </span>
                <span class="waterfall-lane">
                  <span class="span" style={{ left: `${left}%`, width: `${Math.max(width, 0.1)}%`, background: colour(span.service) }} />
                  <span class="span-time" style={left + width < 82 ? { left: `calc(${left + width}% + 6px)` } : { right: `calc(${100 - left}% + 6px)` }}>
                    {duration((span.end - span.start) / 1000)}
                  </span>
                </span>
              </button>
              {expanded && (
                <div class="span-details">
                  {span.error && <p class="state bad">✕ {span.error}</p>}
                  <dl class="attributes">
                    <dt>began</dt><dd>{duration((span.start - start) / 1000)} after the trace, {moment(span.start)}</dd>
                    <dt>kind</dt><dd>{span.kind}</dd>
                    <dt>scope</dt><dd>{span.scope}</dd>
                    {Object.entries(span.attributes).map(([name, value]) => (<><dt>{name}</dt><dd>{value}</dd></>))}
                    {span.events.map((event) => (<><dt>{duration((event.time - start) / 1000)}</dt><dd>{event.name} {Object.entries(event.attributes).map(([name, value]) => `${name}=${value}`).join(" ")}</dd></>))}
                  </dl>
                </div>
              )}
            </div>
          );
        })}
      </div>
    </div>
  );
}

// A span whose parent is not there stands at the left, as do the stages of a candidate, whose common parent is only an id.
function nest(spans: SpanEntry[]): { span: SpanEntry; depth: number }[] {
  const known = new Set(spans.map((span) => span.spanId));
  const children = new Map<string, SpanEntry[]>();
  for (const span of spans) {
    const parent = span.parentId && known.has(span.parentId) && span.parentId !== span.spanId ? span.parentId : "";
    children.set(parent, [...(children.get(parent) ?? []), span]);
  }
  const lines: { span: SpanEntry; depth: number }[] = [];
  const seen = new Set<string>();
  const visit = (parent: string, depth: number) => {
    for (const span of (children.get(parent) ?? []).sort((a, b) => a.start - b.start)) {
      if (seen.has(span.spanId) || depth > 60) continue;
      seen.add(span.spanId);
      lines.push({ span, depth });
      visit(span.spanId, depth + 1);
    }
  };
  visit("", 0);
  return lines;
}
