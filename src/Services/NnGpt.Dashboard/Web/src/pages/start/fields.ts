/** A setting that researchers change often; the others are in the YAML text. */
export interface Field {
  path: string;
  label: string;
  /** Where the profile does not set it and the default is not a value of its own. */
  unset?: string;
}

export const groups: { title: string; fields: Field[] }[] = [
  {
    title: "Task",
    fields: [
      { path: "task.dataset", label: "Data set" },
      { path: "task.train_images", label: "Training images (0: all)" },
      { path: "task.validation_images", label: "Validation images" },
    ],
  },
  {
    title: "Loop",
    fields: [
      { path: "cycles.count", label: "Cycles" },
      { path: "cycles.candidates", label: "Candidates a cycle" },
      { path: "cycles.first_cycle_candidates", label: "In the first cycle", unset: "as many as in the others" },
      { path: "sampling.temperature", label: "Sampling temperature" },
      { path: "stopping.enabled", label: "Stop early" },
    ],
  },
  {
    title: "Limits of a candidate",
    fields: [
      { path: "limits.parameters", label: "Parameters" },
      { path: "limits.macs_per_image", label: "MACs an image" },
      { path: "limits.training_seconds", label: "Training time (s)" },
    ],
  },
  {
    title: "Admission",
    fields: [
      { path: "admission.accuracy_floor", label: "Accuracy floor (0 to 1)" },
      { path: "admission.accuracy_quantile", label: "Accuracy quantile (0: floor alone)" },
      { path: "admission.tau", label: "Near-duplicates above J" },
      { path: "admission.novelty_filter", label: "Refuse near-duplicates" },
    ],
  },
  {
    title: "Fine-tuning",
    fields: [
      { path: "fine_tuning.enabled", label: "When" },
      { path: "fine_tuning.learning_rate", label: "Learning rate" },
      { path: "fine_tuning.epochs", label: "Epochs" },
      { path: "fine_tuning.rank", label: "LoRA rank" },
      { path: "fine_tuning.replay_share", label: "Share of replay (0 to 1)" },
    ],
  },
];

export const paths = new Set(groups.flatMap((group) => group.fields.map((field) => field.path)));
