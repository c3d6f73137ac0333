import { Component, type ComponentChildren, type ComponentType, type FunctionComponent } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { useConnected } from "./live/hooks";
import { Page, Problem, Waiting } from "./parts/basics";
import { takeLinks, useAddress } from "./parts/router";
import { ThemeChoice } from "./parts/theme";
import { ExperimentsPage } from "./pages/experiments";

type Props = Record<string, string>;
type Loader = () => Promise<ComponentType<Props>>;

/** Pages other than the first are loaded when they are opened. */
function lazy(load: Loader): FunctionComponent<Props> {
  let loaded: ComponentType<Props> | null = null;
  return function Lazy(props: Props) {
    const [, setReady] = useState(loaded !== null);
    const [error, setError] = useState("");
    useEffect(() => {
      if (!loaded)
        load().then(
          (page) => {
            loaded = page;
            setReady(true);
          },
          () => setError("This page could not be loaded: the dashboard was updated or is not running. Reload the page."),
        );
    }, []);
    const Loaded = loaded;
    return Loaded ? <Loaded {...props} /> : error ? <Problem>{error}</Problem> : <Waiting height={400} />;
  };
}

/** A page that fails says so and leaves the others usable. */
class Guarded extends Component<{ children: ComponentChildren }, { error: string }> {
  override state = { error: "" };

  static override getDerivedStateFromError(error: Error) {
    return { error: error.message };
  }

  override componentDidCatch(error: Error) {
    console.error(error);
  }

  render() {
    return this.state.error ? <Problem>This page failed: {this.state.error}. The experiments are not touched by this; another page, or this one after a reload, may work.</Problem> : this.props.children;
  }
}

const routes: [RegExp, ComponentType<Props>][] = [
  [/^\/$/, ExperimentsPage as ComponentType<Props>],
  [/^\/start$/, lazy(async () => (await import("./pages/start")).StartPage as ComponentType<Props>)],
  [/^\/compare$/, lazy(async () => (await import("./pages/compare")).ComparePage as ComponentType<Props>)],
  [/^\/experiments\/(?<id>[^/]+)(\/(?<tab>candidates|corpus|profile))?$/, lazy(async () => (await import("./pages/experiment")).ExperimentPage as unknown as ComponentType<Props>)],
  [/^\/candidates\/(?<id>[^/]+)$/, lazy(async () => (await import("./pages/candidate")).CandidatePage as unknown as ComponentType<Props>)],
  [/^\/system$/, lazy(async () => (await import("./pages/resources")).ResourcesPage as ComponentType<Props>)],
  [/^\/console(\/(?<name>[^/]+))?$/, lazy(async () => (await import("./pages/console")).ConsolePage as unknown as ComponentType<Props>)],
  [/^\/logs$/, lazy(async () => (await import("./pages/logs")).LogsPage as ComponentType<Props>)],
  [/^\/traces$/, lazy(async () => (await import("./pages/traces")).TracesPage as ComponentType<Props>)],
  [/^\/traces\/(?<id>[0-9a-f]+)$/, lazy(async () => (await import("./pages/trace")).TracePage as unknown as ComponentType<Props>)],
  [/^\/metrics$/, lazy(async () => (await import("./pages/metrics")).MetricsPage as ComponentType<Props>)],
  [/^\/queues$/, lazy(async () => (await import("./pages/queues")).QueuesPage as ComponentType<Props>)],
];

const sections: [string, string, string, RegExp][] = [
  ["Experiments", "/", "◫", /^\/($|start|experiments|candidates)/],
  ["Compare", "/compare", "≋", /^\/compare/],
  ["Resources", "/system", "▦", /^\/system/],
  ["Console", "/console", "›_", /^\/console/],
  ["Logs", "/logs", "☰", /^\/logs/],
  ["Traces", "/traces", "⋮", /^\/traces/],
  ["Metrics", "/metrics", "∿", /^\/metrics/],
  ["Queues", "/queues", "⇉", /^\/queues/],
];

export function App() {
  const { pathname } = useAddress();
  const connected = useConnected();
  const main = useRef<HTMLElement>(null);
  const first = useRef(true);
  useEffect(() => {
    document.addEventListener("click", takeLinks);
    return () => document.removeEventListener("click", takeLinks);
  }, []);
  useEffect(() => {
    // A screen reader learns of the new page; the first one is told by the browser.
    if (!first.current) main.current?.focus({ preventScroll: true });
    first.current = false;
  }, [pathname]);
  for (const [pattern, Found] of routes) {
    const match = pattern.exec(pathname);
    if (match) return <Shell pathname={pathname} connected={connected} main={main}><Guarded key={pathname}><Found {...(match.groups as Props | undefined)} /></Guarded></Shell>;
  }
  return (
    <Shell pathname={pathname} connected={connected} main={main}>
      <Page title="There is no such page">
        <a href="/">All experiments</a>
      </Page>
    </Shell>
  );
}

function Shell({ pathname, connected, main, children }: { pathname: string; connected: boolean; main: { current: HTMLElement | null }; children: ComponentChildren }) {
  const [late, setLate] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setLate(!connected), 1500);
    return () => clearTimeout(timer);
  }, [connected]);
  return (
    <div class="shell">
      <a class="skip" href="#main" onClick={(event) => { event.preventDefault(); main.current?.focus(); }}>
        Skip to the page
      </a>
      <nav class="side" aria-label="Sections">
        <a class="brand" href="/">
          <img src="/icon.svg" alt="" width="28" height="28" /> NnGpt
        </a>
        <ul>
          {sections.map(([name, href, sign, pattern]) => (
            <li key={href}>
              <a href={href} aria-current={pattern.test(pathname) ? "page" : undefined}>
                <span class="nav-sign" aria-hidden="true">{sign}</span>
                <span>{name}</span>
              </a>
            </li>
          ))}
        </ul>
        <div class="side-foot">
          <ThemeChoice />
          <p class={connected ? "live up" : "live"} role="status">
            <span aria-hidden="true">{connected ? "●" : "○"}</span> {connected ? "live" : late ? "connecting again…" : "connecting…"}
          </p>
        </div>
      </nav>
      <main ref={main} id="main" tabIndex={-1}>
        {late && !connected && <Problem>The dashboard does not answer; what you see is from before. It goes on by itself when it is back. The experiments are not touched by this.</Problem>}
        {children}
      </main>
    </div>
  );
}
