/** A line as small as a word. */
export function Sparkline({ values, label }: { values: number[]; label: string }) {
  const known = values.map((value, index) => [index, value] as const).filter(([, value]) => Number.isFinite(value));
  const text = `${label}: ${known.map(([, value]) => `${(value * 100).toFixed(1)} %`).join(", ") || "none yet"}`;
  const low = Math.min(...known.map(([, value]) => value));
  const high = Math.max(...known.map(([, value]) => value));
  const x = (index: number) => 3 + (values.length < 2 ? 44 : (index * 88) / (values.length - 1));
  const y = (value: number) => (high === low ? 11 : 19 - ((value - low) / (high - low)) * 16);
  return (
    <svg width="94" height="22" role="img" aria-label={text}>
      <title>{text}</title>
      <polyline points={known.map(([index, value]) => `${x(index)},${y(value)}`).join(" ")} fill="none" stroke="var(--blue)" stroke-width="1.6" />
      {known.length > 0 && <circle cx={x(known.at(-1)![0])} cy={y(known.at(-1)![1])} r="2.4" fill="var(--blue)" />}
    </svg>
  );
}
