// A real table of any length: only the rows in sight are in the document, with room for the others.
import type { ComponentChildren, JSX } from "preact";
import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import { t } from "../texts";
import "./long-table.css";
import { MOST_PRINTED, NotAllPrinted, usePrinting } from "./printing";
import type { Row } from "./rows";

export interface Column {
  name: string;
  heading: string;
  /** Width in characters. */
  width: number;
  figure?: boolean | undefined;
  show: (row: Row) => ComponentChildren;
}

const HEIGHT = 30; // px of a row; the style sheet says the same
const BEYOND = 12; // rows drawn above and below what is in sight

export interface LongTableProps {
  label: string;
  total: number;
  at: (index: number) => Row | undefined;
  need: (from: number, to: number) => void;
  columns: Column[];
  sort: string[];
  onSort: (name: string, more: boolean) => void;
  idOf: (row: Row) => string;
  chosen: string | null;
  onOpen: (row: Row) => void;
}

export function LongTable(props: LongTableProps): JSX.Element {
  const { total, columns } = props;
  const box = useRef<HTMLDivElement>(null);
  const [top, setTop] = useState(0);
  const [height, setHeight] = useState(600);
  const [cursor, setCursor] = useState(0);
  useLayoutEffect(() => {
    const element = box.current;
    if (!element) return undefined;
    const watch = new ResizeObserver(() => setHeight(element.clientHeight));
    watch.observe(element);
    return () => watch.disconnect();
  }, []);
  const printing = usePrinting();
  const from = printing ? 0 : Math.max(0, Math.floor(top / HEIGHT) - BEYOND);
  const to = printing ? Math.min(total, MOST_PRINTED) : Math.min(total, Math.ceil((top + height) / HEIGHT) + BEYOND);
  // Paper does not wait for an answer: it has the rows that are here.
  useEffect(() => (printing ? undefined : props.need(from, to)), [from, to, props.need]);

  const show = (index: number): void => {
    const element = box.current;
    if (!element) return;
    const head = element.querySelector("thead")?.clientHeight ?? 0;
    const y = index * HEIGHT;
    if (y < element.scrollTop) element.scrollTop = y;
    else if (y + HEIGHT + head > element.scrollTop + element.clientHeight) element.scrollTop = y + HEIGHT + head - element.clientHeight;
  };
  const keys = (event: KeyboardEvent): void => {
    const page = Math.max(1, Math.floor(height / HEIGHT) - 2);
    const step: Record<string, number> = { ArrowDown: 1, ArrowUp: -1, PageDown: page, PageUp: -page, Home: -total, End: total };
    if ((event.target as HTMLElement).closest("thead")) return;
    if (event.key === "Enter") {
      const row = props.at(cursor);
      if (row) props.onOpen(row);
    } else if (step[event.key]) {
      const next = Math.min(total - 1, Math.max(0, cursor + step[event.key]!));
      setCursor(next);
      show(next);
    } else return;
    event.preventDefault();
  };
  const rows: JSX.Element[] = [];
  for (let index = from; index < to; index += 1) {
    const row = props.at(index);
    if (printing && !row) continue;
    const id = row ? props.idOf(row) : "";
    rows.push(
      <tr
        key={index}
        aria-rowindex={index + 2}
        aria-selected={row !== undefined && id === props.chosen}
        class={index === cursor ? "cursor" : ""}
        onClick={() => {
          setCursor(index);
          if (row && !getSelection()?.toString()) props.onOpen(row);
        }}
      >
        {columns.map((column) => (
          <td key={column.name} class={column.figure ? "figure" : ""}>
            {row ? column.show(row) : "…"}
          </td>
        ))}
      </tr>,
    );
  }
  return (
    <div
      class="long"
      ref={box}
      tabIndex={0}
      role="region"
      aria-label={props.label}
      onScroll={(e) => setTop(e.currentTarget.scrollTop)}
      onKeyDown={keys}
    >
      <table aria-rowcount={total + 1} aria-label={props.label}>
        <colgroup>
          {columns.map((column) => (
            <col key={column.name} style={{ width: `${column.width}em` }} />
          ))}
        </colgroup>
        <thead>
          <tr aria-rowindex={1}>
            {columns.map((column) => (
              <Heading key={column.name} column={column} sort={props.sort} onSort={props.onSort} />
            ))}
          </tr>
        </thead>
        <tbody>
          {from > 0 && (
            <tr class="room" aria-hidden="true">
              <td colSpan={columns.length} style={{ height: `${from * HEIGHT}px` }} />
            </tr>
          )}
          {rows}
          {to < total && !printing && (
            <tr class="room" aria-hidden="true">
              <td colSpan={columns.length} style={{ height: `${(total - to) * HEIGHT}px` }} />
            </tr>
          )}
        </tbody>
      </table>
      {printing && <NotAllPrinted drawn={rows.length} total={total} />}
    </div>
  );
}

function Heading(props: { column: Column; sort: string[]; onSort: (name: string, more: boolean) => void }): JSX.Element {
  const { name, heading, figure } = props.column;
  const place = props.sort.findIndex((s) => s === name || s === `-${name}`);
  const down = place >= 0 && props.sort[place] === `-${name}`;
  return (
    <th
      scope="col"
      class={figure ? "figure" : ""}
      aria-sort={place < 0 ? "none" : down ? "descending" : "ascending"}
      title={t().lists.sortHint}
    >
      <button type="button" class="sort" onClick={(e) => props.onSort(name, e.shiftKey)}>
        {heading}
        {place >= 0 && (
          <span aria-hidden="true">
            {down ? " ▼" : " ▲"}
            {props.sort.length > 1 ? place + 1 : ""}
          </span>
        )}
      </button>
    </th>
  );
}
