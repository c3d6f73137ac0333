import { elementScroll, observeElementOffset, observeElementRect, Virtualizer } from "@tanstack/virtual-core";
import type { ComponentChildren } from "preact";
import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";

export interface RowsProps<T> {
  rows: readonly T[];
  label: string;
  rowHeight: number;
  height: string;
  columns: string;
  head?: ComponentChildren;
  class?: string;
  /** The cells of a row. */
  line: (row: T, index: number) => ComponentChildren;
  keyOf: (row: T, index: number) => string | number;
  open?: (row: T) => void;
  /** Stay at the end while rows are added, until the reader scrolls up. */
  follow?: boolean;
  selected?: (row: T) => boolean;
}

/** Many lines of which only those in sight exist. Arrow keys, Page Up and Down, Home, End and Enter work. */
export function Rows<T>(props: RowsProps<T>) {
  const { rows, rowHeight, columns } = props;
  const scroll = useRef<HTMLDivElement>(null);
  const [, redraw] = useState(0);
  const [active, setActive] = useState(-1);
  const atEnd = useRef(true);
  const virtual = useRef<Virtualizer<HTMLDivElement, Element> | null>(null);
  const options = {
    count: rows.length,
    getScrollElement: () => scroll.current,
    estimateSize: () => rowHeight,
    overscan: 12,
    scrollToFn: elementScroll,
    observeElementRect,
    observeElementOffset,
    onChange: () => redraw((n) => n + 1),
    initialRect: { width: 800, height: 600 },
  };
  virtual.current ??= new Virtualizer(options);
  virtual.current.setOptions({ ...virtual.current.options, ...options });
  useEffect(() => virtual.current!._didMount(), []);
  useLayoutEffect(() => virtual.current!._willUpdate());
  useLayoutEffect(() => {
    if (props.follow && atEnd.current && scroll.current) scroll.current.scrollTop = scroll.current.scrollHeight;
  }, [rows.length, props.follow, rows]);

  const go = (to: number) => {
    const next = Math.max(0, Math.min(rows.length - 1, to));
    setActive(next);
    virtual.current!.scrollToIndex(next);
  };
  const page = Math.max(1, Math.floor((scroll.current?.clientHeight ?? 400) / rowHeight) - 1);
  return (
    <div
      ref={scroll}
      class={`rows ${props.class ?? ""}`}
      style={{ height: props.height }}
      role="grid"
      aria-label={props.label}
      aria-rowcount={rows.length + (props.head ? 1 : 0)}
      tabIndex={0}
      onScroll={(event) => {
        const { scrollTop, clientHeight, scrollHeight } = event.currentTarget;
        atEnd.current = scrollHeight - scrollTop - clientHeight < rowHeight * 2;
      }}
      onKeyDown={(event) => {
        if ((event.target as Element) !== event.currentTarget) return;
        const moves: Record<string, () => void> = {
          ArrowDown: () => go(active + 1),
          ArrowUp: () => go(active - 1),
          PageDown: () => go(active + page),
          PageUp: () => go(active - page),
          Home: () => go(0),
          End: () => go(rows.length - 1),
          Enter: () => rows[active] && props.open?.(rows[active]!),
        };
        const move = moves[event.key];
        if (move) {
          event.preventDefault();
          move();
        }
      }}
    >
      {props.head && (
        <div class="rows-head" role="row" aria-rowindex={1} style={{ gridTemplateColumns: columns }}>
          {props.head}
        </div>
      )}
      <div role="rowgroup" style={{ height: `${virtual.current.getTotalSize()}px`, position: "relative" }}>
        {virtual.current.getVirtualItems().map((item) => {
          const row = rows[item.index];
          return (
            row && (
              <div
                key={props.keyOf(row, item.index)}
                class="rows-line"
                role="row"
                aria-rowindex={item.index + (props.head ? 2 : 1)}
                aria-selected={item.index === active || (props.selected?.(row) ?? false)}
                style={{ gridTemplateColumns: columns, position: "absolute", top: `${item.start}px`, height: `${rowHeight}px`, left: 0, right: 0, cursor: props.open ? "pointer" : "auto" }}
                onClick={(event) => {
                  if ((event.target as Element).closest("a, button")) return;
                  if (getSelection()?.toString()) return;
                  setActive(item.index);
                  props.open?.(row);
                }}
              >
                {props.line(row, item.index)}
              </div>
            )
          );
        })}
      </div>
    </div>
  );
}
