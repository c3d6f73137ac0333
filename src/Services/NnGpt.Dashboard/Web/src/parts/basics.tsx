import type { ComponentChildren, JSX } from "preact";
import { useState } from "preact/hooks";
import type { ExperimentState } from "../live/types";
import { words } from "./format";

const marks: Record<string, [string, string]> = {
  running: ["●", "good"],
  healthy: ["●", "good"],
  completed: ["✓", "good"],
  finished: ["✓", "good"],
  stopping: ["◐", "warn"],
  starting: ["◐", "warn"],
  waiting: ["◌", "warn"],
  restarting: ["↻", "warn"],
  stopped: ["■", "calm"],
  external: ["↗", "calm"],
  unknown: ["?", "calm"],
  unhealthy: ["▲", "bad"],
  failed: ["✕", "bad"],
};

/** A state by word, sign and colour, so that none of the three is needed alone. */
export function State({ of, title }: { of: ExperimentState | string; title?: string }) {
  const word = words(of, "EXPERIMENT_STATE_");
  const [sign, tone] = marks[word] ?? ["·", "calm"];
  return (
    <span class={`state ${tone}`} title={title}>
      <span aria-hidden="true">{sign}</span> {word}
    </span>
  );
}

export function Page({ title, actions, children, lead }: { title: ComponentChildren; lead?: ComponentChildren; actions?: ComponentChildren; children: ComponentChildren }) {
  return (
    <>
      <header class="page-head">
        <div>
          <h1 tabIndex={-1}>{title}</h1>
          {lead && <p class="lead">{lead}</p>}
        </div>
        {actions && <div class="actions">{actions}</div>}
      </header>
      {children}
    </>
  );
}

export function Card({ title, note, children, wide, tools, label }: { title?: string; note?: ComponentChildren; wide?: boolean; tools?: ComponentChildren; label?: string; children: ComponentChildren }) {
  return (
    <section class={wide ? "card wide" : "card"} aria-label={title ?? label}>
      {(title || tools) && (
        <header class="card-head">
          {title && <h2>{title}</h2>}
          {tools}
        </header>
      )}
      {children}
      {note && <p class="note">{note}</p>}
    </section>
  );
}

/** Nothing is there: what to do. */
export function Empty({ title, children }: { title: string; children?: ComponentChildren }) {
  return (
    <div class="empty">
      <p class="empty-title">{title}</p>
      {children && <div>{children}</div>}
    </div>
  );
}

export function Problem({ children }: { children: ComponentChildren }) {
  return (
    <div class="problem" role="alert">
      <span aria-hidden="true">▲</span> {children}
    </div>
  );
}

/** Room for what has not come yet, as high as what will be there. */
export function Waiting({ height = 120, what = "Loading" }: { height?: number; what?: string }) {
  return (
    <div class="waiting" style={{ minHeight: `${height}px` }} role="status">
      {what}…
    </div>
  );
}

export function Facts({ of }: { of: [string, ComponentChildren][] }) {
  return (
    <dl class="facts">
      {of.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

type ActionProps = Omit<JSX.IntrinsicElements["button"], "onClick"> & { act: () => Promise<unknown>; children: ComponentChildren };

/** A button that does something on the server: it waits for the answer, and says what went wrong. */
export function Action({ act, children, ...rest }: ActionProps) {
  const [state, setState] = useState<"idle" | "busy" | string>("idle");
  return (
    <span class="action">
      <button
        type="button"
        {...rest}
        aria-busy={state === "busy"}
        disabled={state === "busy" || rest.disabled}
        onClick={() => {
          setState("busy");
          act().then(
            () => setState("idle"),
            (error: Error) => setState(error.message),
          );
        }}
      >
        {children}
      </button>
      {state !== "idle" && state !== "busy" && (
        <span class="action-problem" role="alert">
          {state}
        </span>
      )}
    </span>
  );
}
