// A table of rows that are all here: sorted on the page, and only those in sight are drawn.
import { useSignal } from "@preact/signals";
import type { ComponentChildren, JSX } from "preact";
import { useLayoutEffect, useMemo, useRef } from "preact/hooks";
import { t } from "../texts";
import { MOST_PRINTED, NotAllPrinted, usePrinting } from "./printing";
import "./rows-table.css";

export interface RowsColumn<R> {
  name: string;
  heading: string;
  figure?: boolean;
  of: (row: R) => unknown;
  show?: (row: R) => ComponentChildren;
}

interface Props<R> {
  label: string;
  rows: readonly R[];
  columns: readonly RowsColumn<R>[];
  compare: (a: unknown, b: unknown) => number;
  /** All rows are drawn, with their texts in full: for few. */
  whole?: boolean;
  /** Shows the row as the chosen one. */
  chosen?: (row: R) => boolean;
}

const HEIGHT = 30; // px of a row, as the style sheet says
const BEYOND = 15; // rows drawn above and below those in sight

export function RowsTable<R>(props: Props<R>): JSX.Element {
  const { rows, columns, compare } = props;
  const sort = useSignal<{ name: string; down: boolean } | null>(null);
  const seen = useSignal({ top: 0, height: 600 });
  const box = useRef<HTMLDivElement>(null);
  const by = sort.value;
  const sorted = useMemo(() => {
    const column = by && columns.find((c) => c.name === by.name);
    if (!column) return rows;
    const found = [...rows].sort((a, b) => compare(column.of(a), column.of(b)));
    return by.down ? found.reverse() : found;
  }, [rows, columns, by?.name, by?.down]);
  useLayoutEffect(() => {
    const element = box.current;
    if (!element) return undefined;
    const look = (): void => {
      seen.value = { top: element.scrollTop, height: element.clientHeight };
    };
    const watch = new ResizeObserver(look);
    watch.observe(element);
    element.addEventListener("scroll", look, { passive: true });
    return () => {
      watch.disconnect();
      element.removeEventListener("scroll", look);
    };
  }, []);
  const printing = usePrinting();
  const all = printing || props.whole;
  const from = all ? 0 : Math.max(0, Math.floor(seen.value.top / HEIGHT) - BEYOND);
  const to = Math.min(sorted.length, all ? MOST_PRINTED : Math.ceil((seen.value.top + seen.value.height) / HEIGHT) + BEYOND);
  const turn = (name: string): void => {
    sort.value = by?.name !== name ? { name, down: false } : by.down ? null : { name, down: true };
  };
  return (
    <div class={props.whole ? "rows-table in-full" : "rows-table"} ref={box} tabIndex={0} role="region" aria-label={props.label}>
      <table aria-rowcount={sorted.length + 1}>
        <thead>
          <tr aria-rowindex={1}>
            {columns.map((column) => {
              const on = by?.name === column.name;
              return (
                <th
                  key={column.name}
                  scope="col"
                  class={column.figure ? "figure" : ""}
                  aria-sort={!on ? undefined : by.down ? "descending" : "ascending"}
                >
                  <button type="button" class="plain" title={t().words.sort} onClick={() => turn(column.name)}>
                    {column.heading}
                    {on && <span aria-hidden="true">{by.down ? " ▼" : " ▲"}</span>}
                  </button>
                </th>
              );
            })}
          </tr>
        </thead>
        <tbody>
          {from > 0 && <Room height={from * HEIGHT} span={columns.length} />}
          {sorted.slice(from, to).map((row, index) => (
            <tr key={from + index} aria-rowindex={from + index + 2} aria-current={props.chosen?.(row) ? "true" : undefined}>
              {columns.map((column) => (
                <td key={column.name} class={column.figure ? "figure" : ""}>
                  {column.show ? column.show(row) : String(column.of(row) ?? "")}
                </td>
              ))}
            </tr>
          ))}
          {to < sorted.length && !printing && <Room height={(sorted.length - to) * HEIGHT} span={columns.length} />}
        </tbody>
      </table>
      {printing && <NotAllPrinted drawn={to} total={sorted.length} />}
    </div>
  );
}

const Room = (props: { height: number; span: number }): JSX.Element => (
  <tr class="room" aria-hidden="true">
    <td colSpan={props.span} style={{ height: `${props.height}px` }} />
  </tr>
);
