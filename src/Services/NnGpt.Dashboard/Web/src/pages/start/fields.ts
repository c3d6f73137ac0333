/** A setting that researchers change often; the others are in the YAML text. */
export interface Field {
  path: string;
  label: string;
  /** Where the profile does not set it and the default is not a value of its own. */
  unset?: string;
}

const unset: Record<string, string> = { "cycles.first_cycle_candidates": "as many as in the others" };

const labels: Record<string, Record<string, string>> = {
  Task: {
    "task.dataset": "Data set",
    "task.train_images": "Training images (0: all)",
    "task.validation_images": "Validation images",
  },
  Loop: {
    "cycles.count": "Cycles",
    "cycles.candidates": "Candidates a cycle",
    "cycles.first_cycle_candidates": "In the first cycle",
    "sampling.temperature": "Sampling temperature",
    "stopping.enabled": "Stop early",
  },
  "Limits of a candidate": {
    "limits.parameters": "Parameters",
    "limits.macs_per_image": "MACs an image",
    "limits.training_seconds": "Training time (s)",
  },
  Admission: {
    "admission.accuracy_floor": "Accuracy floor",
    "admission.accuracy_quantile": "Quantile (0: floor alone)",
    "admission.tau": "Highest Jaccard J",
    "admission.novelty_filter": "Refuse near-duplicates",
  },
  "Fine-tuning": {
    "fine_tuning.enabled": "When",
    "fine_tuning.learning_rate": "Learning rate",
    "fine_tuning.epochs": "Epochs",
    "fine_tuning.rank": "LoRA rank",
    "fine_tuning.replay_share": "Share of replay",
  },
};

export const groups: { title: string; fields: Field[] }[] = Object.entries(labels).map(([title, fields]) => ({
  title,
  fields: Object.entries(fields).map(([path, label]) => ({ path, label, ...(unset[path] === undefined ? {} : { unset: unset[path] }) })),
}));

export const paths = new Set(Object.values(labels).flatMap(Object.keys));
