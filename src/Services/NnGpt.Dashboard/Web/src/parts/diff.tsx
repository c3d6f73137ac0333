import { diffLines } from "diff";
import { Fragment } from "preact";
import { useMemo } from "preact/hooks";

interface Pair { left?: string; right?: string; same: boolean }

/** Two texts side by side; what only one has is marked by colour and by sign. */
export function Diff({ left, right, leftName, rightName }: { left: string; right: string; leftName: string; rightName: string }) {
  const pairs = useMemo(() => align(left, right), [left, right]);
  const same = pairs.filter((pair) => pair.same).length;
  return (
    <>
      <p class="note">{same} of {pairs.length} lines are the same.</p>
      <div class="diff" tabIndex={0} role="group" aria-label={`Difference between ${leftName} and ${rightName}`}>
        <div class="head">{leftName}</div>
        <div class="head right-side">{rightName}</div>
        {pairs.map((pair, index) => (
          <Fragment key={index}>
            <div class={!pair.same && pair.left !== undefined ? "remove" : undefined}>{pair.left === undefined ? "" : `${pair.same ? " " : "−"} ${pair.left}`}</div>
            <div class={!pair.same && pair.right !== undefined ? "right-side add" : "right-side"}>{pair.right === undefined ? "" : `${pair.same ? " " : "+"} ${pair.right}`}</div>
          </Fragment>
        ))}
      </div>
    </>
  );
}

function align(left: string, right: string): Pair[] {
  const pairs: Pair[] = [];
  const lines = (text: string) => text.replace(/\n$/, "").split("\n");
  const changes = diffLines(left, right);
  for (let i = 0; i < changes.length; i++) {
    const change = changes[i]!;
    const next = changes[i + 1];
    if (!change.added && !change.removed) for (const line of lines(change.value)) pairs.push({ left: line, right: line, same: true });
    else if (change.removed && next?.added) {
      const [before, after] = [lines(change.value), lines(next.value)];
      for (let j = 0; j < Math.max(before.length, after.length); j++)
        pairs.push({ same: false, ...(j < before.length ? { left: before[j]! } : {}), ...(j < after.length ? { right: after[j]! } : {}) });
      i++;
    } else for (const line of lines(change.value)) pairs.push({ same: false, ...(change.removed ? { left: line } : { right: line }) });
  }
  return pairs;
}
