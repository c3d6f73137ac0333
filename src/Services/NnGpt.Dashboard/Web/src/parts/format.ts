const dates = new Intl.DateTimeFormat(undefined, { dateStyle: "medium", timeStyle: "short" });
const times = new Intl.DateTimeFormat(undefined, { hour: "2-digit", minute: "2-digit", second: "2-digit", fractionalSecondDigits: 3, hour12: false });
const moments = new Intl.DateTimeFormat(undefined, { year: "numeric", month: "short", day: "numeric", hour: "2-digit", minute: "2-digit", second: "2-digit", fractionalSecondDigits: 3, hour12: false, timeZoneName: "short" });
const counts = new Intl.NumberFormat(undefined);

/** In the user's zone. */
export const date = (value: string | number | null | undefined) => (value ? dates.format(new Date(value)) : "");
/** Day, time to the millisecond and the zone they are in. */
export const moment = (milliseconds: number) => moments.format(new Date(milliseconds));
export const clock = (milliseconds: number) => times.format(new Date(milliseconds));
export const count = (value: number) => (Number.isFinite(value) ? counts.format(value) : "–");
export const percent = (value: number | undefined | null, digits = 1) =>
  value === undefined || value === null || !Number.isFinite(value) ? "–" : `${(value * 100).toFixed(digits)} %`;
export const fixed = (value: number | undefined | null, digits = 3) =>
  value === undefined || value === null || !Number.isFinite(value) ? "–" : value.toFixed(digits);

/** A share on an axis: 40 %, and 43.5 % where whole per cents are too coarse. */
export const share = (value: number) => `${Math.round(value * 1000) / 10} %`;

const digits = (value: number) => Number(value.toPrecision(3));

/** 12,345 as 12.3 k. */
export function short(value: number | undefined | null): string {
  if (value === undefined || value === null || !Number.isFinite(value)) return "–";
  const size = Math.abs(value);
  if (size >= 1e9) return `${digits(value / 1e9)} G`;
  if (size >= 1e6) return `${digits(value / 1e6)} M`;
  if (size >= 1e4) return `${digits(value / 1e3)} k`;
  return counts.format(Math.round(value * 100) / 100);
}

export function bytes(value: number): string {
  if (!Number.isFinite(value)) return "–";
  if (value >= 1 << 20) return `${(value / (1 << 20)).toFixed(1)} MiB`;
  if (value >= 1024) return `${(value / 1024).toFixed(1)} KiB`;
  return `${value} B`;
}

/** 75.2 as "1 min 15 s". */
export function duration(seconds: number | undefined | null): string {
  if (seconds === undefined || seconds === null || !Number.isFinite(seconds)) return "–";
  if (seconds === 0) return "0 s";
  if (seconds < 1e-3) return `${(seconds * 1e6).toFixed(0)} µs`;
  if (seconds < 1) return `${(seconds * 1e3).toFixed(seconds < 0.01 ? 1 : 0)} ms`;
  if (seconds < 60) return `${seconds.toFixed(seconds < 10 ? 1 : 0)} s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${minutes} min ${Math.round(seconds % 60)} s`;
  return `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

export const digest = (value: string) => (value === "" ? "base" : value.replace("sha256:", "").slice(0, 12));

/** EXPERIMENT_STATE_RUNNING as running, NonFinite and REJECTION_REASON_NON_FINITE as non finite. */
export const words = (value: string, prefix = "") =>
  value.replace(prefix, "").replace(/([a-z])([A-Z])/g, "$1 $2").replaceAll("_", " ").toLowerCase();

/** A document of the base corpus goes by its SHA-256, of which the beginning is enough to read. */
export const documentName = (value: string) => (/^[0-9a-f]{40,}$/.test(value) ? `${value.slice(0, 12)}…` : value);
