// The messages of protos/nngpt/v1 in protobuf's JSON: 64-bit integers come as text, enumerations by name, NaN as "NaN"; a
// message within a message that is not set is not there.

export type Int64 = string;
export type Double = number | "NaN" | "Infinity" | "-Infinity";

export const num = (value: Int64 | Double | number | null | undefined): number => (value === null || value === undefined ? NaN : Number(value));

export type ExperimentState =
  | "EXPERIMENT_STATE_UNSPECIFIED" | "EXPERIMENT_STATE_RUNNING" | "EXPERIMENT_STATE_STOPPING"
  | "EXPERIMENT_STATE_STOPPED" | "EXPERIMENT_STATE_COMPLETED" | "EXPERIMENT_STATE_FAILED";

export type CycleStage =
  | "CYCLE_STAGE_UNSPECIFIED" | "CYCLE_STAGE_PREPARING" | "CYCLE_STAGE_CANDIDATES"
  | "CYCLE_STAGE_FINE_TUNING" | "CYCLE_STAGE_CLOSED" | "CYCLE_STAGE_RESCORING";

export interface ExperimentSummary {
  id: string;
  name: string;
  state: ExperimentState;
  stage: CycleStage;
  message: string;
  cycle: number;
  cyclesPlanned: number;
  requested: number;
  generated: number;
  valid: number;
  scored: number;
  admitted: number;
  finished: number;
  bestAccuracy: Double;
  meanAccuracies: Double[];
  created: string;
  ended?: string;
  dataset: string;
  seed: Int64;
}

export interface Interval { value: number; low: number; high: number; n: number }

export interface Cycle {
  number: number;
  stage: CycleStage;
  requested: number;
  generated: number;
  validated: number;
  valid: number;
  scored: number;
  aboveThreshold: number;
  novel: number;
  admitted: number;
  finished: number;
  accuracyThreshold: number;
  validRate?: Interval;
  aboveRate?: Interval;
  meanAccuracy?: Interval;
  bestAccuracy: number;
  medianAccuracy: number;
  bestCandidate: string;
  adapterDigest: string;
  nextAdapterDigest: string;
  fineTuningLosses: number[];
  rejections: Record<string, number>;
  seconds: Record<string, number>;
  meanSimilarity: number;
  structures?: { copies: number; nearDuplicates: number; recombinations: number; newMotifs: number };
}

export interface Experiment {
  id: string;
  name: string;
  profile: string;
  state: ExperimentState;
  message: string;
  cyclesPlanned: number;
  cycles: Cycle[];
  best: Candidate[];
  created: string;
  ended?: string;
  seed: Int64;
  stage: CycleStage;
}

export interface CodeError { type: string; message: string; line: number }

export interface Origin {
  model: string;
  adapterDigest: string;
  seed: Int64;
  promptTokens: number;
  completionTokens: number;
  finishReason: string;
  seconds: number;
}

export interface GraphNode {
  id: number;
  op: string;
  inputs: { node: number; argument: string }[];
  attributes: Record<string, string>;
  batch: Int64;
  outputShape: Int64[];
  dtype: string;
  modulePath: string;
  moduleClass: string;
  parameters: Int64;
  macs: Int64;
}

export interface ComputationGraph {
  nodes: GraphNode[];
  output: number;
  batch: number;
  truncated: boolean;
  unusedParameters: Int64;
  operators: number;
}

export interface StructureVerdict {
  fingerprint: string;
  class: string;
  similarity: number;
  nearest: string;
  motifs: { motif: string; text: string; location: string; new: boolean; knownIn: number; examples: string[] }[];
  corpus: number;
  admitted: number;
  unusedParameters: Int64;
}

export interface ValidationOutcome {
  graph?: ComputationGraph;
  valid: boolean;
  reason: string;
  error?: CodeError;
  parameters: Int64;
  macs: Int64;
  outputShape: Int64[];
  stateDict: { name: string; shape: Int64[]; dtype: string }[];
  losses: Double[];
  times?: { total: number; parse: number; init: number; forward: number; learn: number };
}

export interface TrainingOutcome {
  scored: boolean;
  reason: string;
  error?: CodeError;
  accuracy: number;
  images: Int64;
  evaluatedOn: string;
  losses: Double[];
  trainSeconds: number;
  evaluateSeconds: number;
}

export interface NoveltyOutcome {
  novel: boolean;
  aboveThreshold: boolean;
  admitted: boolean;
  jTrain: number;
  nearestTrain: string;
  jGenerated: number;
  nearestGenerated: string;
  rejectionCount: number;
}

export interface Candidate {
  ref: { experiment: string; cycle: number; index: number; id: string };
  source: string;
  origin?: Origin;
  validation?: ValidationOutcome;
  training?: TrainingOutcome;
  novelty?: NoveltyOutcome;
  rescored: TrainingOutcome[];
  graph?: ComputationGraph;
  structure?: StructureVerdict;
  status: string;
  created: string;
  finished?: string;
  traceId: string;
}

/** A candidate as a line of the table; what is not known yet is not there. */
export interface CandidateRow {
  id: string;
  cycle: number;
  index: number;
  status: string;
  reason?: string;
  error?: string;
  line?: number;
  valid?: boolean;
  parameters?: number;
  macs?: number;
  accuracy?: number;
  testAccuracy?: number;
  above?: boolean;
  novel?: boolean;
  admitted?: boolean;
  jTrain?: number;
  jGenerated?: number;
  nearest?: string;
  tokens?: number;
  generateSeconds?: number;
  validateSeconds?: number;
  trainSeconds?: number;
  created: string;
  finished?: string;
}

export interface CandidateRows { reset: boolean; complete: boolean; rows: CandidateRow[] }
