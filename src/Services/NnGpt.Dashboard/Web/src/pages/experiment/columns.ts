import type { CandidateRow } from "../../live/types";
import { count, date, duration, fixed, percent, short, words } from "../../parts/format";

export interface Column {
  key: string;
  name: string;
  width: number;
  number?: boolean;
  /** Hidden until it is chosen. */
  extra?: boolean;
  value: (row: CandidateRow) => string | number | boolean | undefined;
  text: (row: CandidateRow) => string;
}

const yes = (value: boolean | undefined) => (value === undefined ? "" : value ? "yes" : "no");

export const columns: Column[] = [
  { key: "id", name: "Candidate", width: 190, value: (row) => row.id, text: (row) => row.id },
  { key: "cycle", name: "Cycle", width: 70, number: true, value: (row) => row.cycle, text: (row) => String(row.cycle) },
  { key: "status", name: "Status", width: 100, value: (row) => row.status, text: (row) => row.status },
  { key: "reason", name: "Reason", width: 130, value: (row) => row.reason, text: (row) => (row.reason ? words(row.reason) : "") },
  { key: "accuracy", name: "Accuracy", width: 100, number: true, value: (row) => row.accuracy, text: (row) => (row.accuracy === undefined ? "" : percent(row.accuracy)) },
  { key: "testAccuracy", name: "Test accuracy", width: 125, number: true, extra: true, value: (row) => row.testAccuracy, text: (row) => (row.testAccuracy === undefined ? "" : percent(row.testAccuracy)) },
  { key: "parameters", name: "Parameters", width: 110, number: true, value: (row) => row.parameters || undefined, text: (row) => (row.parameters ? count(row.parameters) : "") },
  { key: "macs", name: "MACs", width: 90, number: true, value: (row) => row.macs, text: (row) => (row.macs ? short(row.macs) : "") },
  { key: "above", name: "Above", width: 80, value: (row) => row.above, text: (row) => yes(row.above) },
  { key: "novel", name: "Novel", width: 80, value: (row) => row.novel, text: (row) => yes(row.novel) },
  { key: "admitted", name: "Admitted", width: 100, value: (row) => row.admitted, text: (row) => yes(row.admitted) },
  { key: "jTrain", name: "J corpus", width: 90, number: true, value: (row) => row.jTrain, text: (row) => (row.jTrain === undefined ? "" : fixed(row.jTrain)) },
  { key: "jGenerated", name: "J admitted", width: 105, number: true, extra: true, value: (row) => row.jGenerated, text: (row) => (row.jGenerated === undefined ? "" : fixed(row.jGenerated)) },
  { key: "tokens", name: "Tokens", width: 85, number: true, extra: true, value: (row) => row.tokens, text: (row) => (row.tokens === undefined ? "" : count(row.tokens)) },
  { key: "trainSeconds", name: "Training", width: 95, number: true, value: (row) => row.trainSeconds, text: (row) => (row.trainSeconds === undefined ? "" : duration(row.trainSeconds)) },
  { key: "validateSeconds", name: "Validation", width: 100, number: true, extra: true, value: (row) => row.validateSeconds, text: (row) => (row.validateSeconds === undefined ? "" : duration(row.validateSeconds)) },
  { key: "created", name: "Requested", width: 170, extra: true, value: (row) => row.created, text: (row) => date(row.created) },
  { key: "error", name: "Error", width: 420, value: (row) => row.error, text: (row) => (row.error ? `${row.line ? `line ${row.line}: ` : ""}${row.error}` : "") },
];
