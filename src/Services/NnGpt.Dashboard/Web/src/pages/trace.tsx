import { useLive } from "../live/hooks";
import type { SpanEntry } from "../live/telemetry";
import { Card, Empty, Page, Problem, Waiting } from "../parts/basics";
import { date, duration } from "../parts/format";
import { Waterfall } from "../parts/waterfall";

export function TracePage({ id }: { id: string }) {
  const { data, error } = useLive<{ spans: SpanEntry[] }>("trace", id);
  const spans = data?.spans;
  const candidate = spans?.map((span) => /^(?:candidate\.\w+|rescore):([\w-]+-c\d+-\d+)/.exec(span.attributes["messaging.message.id"] ?? "")?.[1]).find(Boolean);
  const start = spans && Math.min(...spans.map((span) => span.start));
  const end = spans && Math.max(...spans.map((span) => span.end));
  return (
    <Page
      title={candidate ? `Trace of ${candidate}` : "Trace"}
      lead={spans && spans.length > 0 && `${spans.length} spans over ${duration((end! - start!) / 1000)}, from ${date(start!)}`}
      actions={
        <>
          {candidate && <a class="button" href={`/candidates/${encodeURIComponent(candidate)}`}>Candidate</a>}
          <a class="button" href={`/logs?trace=${id}`}>Its logs</a>
        </>
      }
    >
      {error && <Problem>{error}</Problem>}
      {!spans ? (
        !error && <Waiting height={400} />
      ) : spans.length === 0 ? (
        <Empty title="Nothing is known of this trace">The dashboard keeps a window of the last spans in memory; older ones are gone. A collector of your own, named by OTEL_EXPORTER_OTLP_ENDPOINT, keeps them all.</Empty>
      ) : (
        <Card label="Waterfall"><Waterfall spans={spans} /></Card>
      )}
    </Page>
  );
}
