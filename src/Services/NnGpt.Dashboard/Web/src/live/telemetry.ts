export interface LogEntry {
  time: number;
  service: string;
  instance: string;
  level: "trace" | "debug" | "information" | "warning" | "error" | "critical";
  category: string;
  message: string;
  traceId?: string;
  spanId?: string;
  attributes: Record<string, string>;
}

export interface SpanEntry {
  traceId: string;
  spanId: string;
  parentId?: string;
  name: string;
  kind: string;
  service: string;
  instance: string;
  scope: string;
  start: number;
  end: number;
  error?: string;
  attributes: Record<string, string>;
  events: { time: number; name: string; attributes: Record<string, string> }[];
}

export interface TraceSummary {
  traceId: string;
  name: string;
  candidate?: string;
  start: number;
  end: number;
  spans: number;
  errors: number;
  services: string[];
}

export interface Instrument { name: string; unit: string; description: string; kind: "gauge" | "counter" | "updown" | "histogram"; meter: string; series: number }
export interface MetricSeries { instance: string; attributes: Record<string, string>; points: (number | null)[][] }
export interface MetricState { instrument?: Instrument; series: MetricSeries[] }
