// Choosing among the rows: values with their number, words, bounds; the service does the filtering.
import type { JSX } from "preact";
import { useEffect, useRef } from "preact/hooks";
import type { Counted } from "../../parts/rows";
import type { Words } from "../../parts/words";
import { number, t } from "../../texts";
import type { ListColumn } from "./kinds";
import type { Condition } from "./where";
import { withCondition } from "./where";

interface FilterProps {
  column: ListColumn;
  heading: string;
  counts: Counted[] | undefined;
  conditions: Condition[];
  words: Words;
  onChange: (next: Condition[]) => void;
}

/** A box that opens below its button; Escape or a click elsewhere closes it. */
export function Popup(props: { title: JSX.Element | string; strong?: boolean; children: JSX.Element | JSX.Element[] }): JSX.Element {
  const box = useRef<HTMLDetailsElement>(null);
  useEffect(() => {
    const away = (event: Event): void => {
      if (box.current?.open && !box.current.contains(event.target as Node)) box.current.open = false;
    };
    document.addEventListener("pointerdown", away);
    return () => document.removeEventListener("pointerdown", away);
  }, []);
  return (
    <details
      class={props.strong ? "popup strong" : "popup"}
      ref={box}
      onKeyDown={(event) => {
        if (event.key !== "Escape" || !box.current) return;
        box.current.open = false;
        box.current.querySelector("summary")?.focus();
      }}
    >
      <summary>{props.title}</summary>
      <div class="content">{props.children}</div>
    </details>
  );
}

const SIGNS: Record<string, string> = { ">=": "≥", "<=": "≤", "!=": "≠" };

const labelOf =
  (column: ListColumn, words: Words) =>
  (value: string): string =>
    value === "" ? t().lists.notKnown : (column.label?.(value, words) ?? value);

/** A column with the conditions on it, as its button and a printed list say them. */
export function filterTitle({ column, heading, conditions, words }: Pick<FilterProps, "column" | "heading" | "conditions" | "words">): string {
  const own = conditions.filter((c) => c.column === column.name);
  const label = labelOf(column, words);
  const summary = own.map((c) => `${c.sign === "=" ? "" : c.sign === "~" ? t().lists.has : ` ${SIGNS[c.sign] ?? c.sign} `}${c.values.map(label).join("、")}`);
  return own.length ? `${heading}：${summary.join("；")}` : heading;
}

export function FilterOf(props: FilterProps): JSX.Element {
  const { column, conditions, words } = props;
  const label = labelOf(column, words);
  return (
    <Popup strong={conditions.some((c) => c.column === column.name)} title={filterTitle(props)}>
      {column.filter === "values" ? <Values {...props} label={label} /> : column.filter === "text" ? <Containing {...props} /> : <Bounds {...props} />}
    </Popup>
  );
}

function Values(props: FilterProps & { label: (value: string) => string }): JSX.Element {
  const { column, conditions, counts } = props;
  const chosen = conditions.find((c) => c.column === column.name && c.sign === "=")?.values ?? [];
  const listed = [...(counts ?? [])].map((c) => ({ value: c.value ?? "", rows: c.rows }));
  for (const value of chosen) if (!listed.some((c) => c.value === value)) listed.push({ value, rows: 0 });
  const toggle = (value: string): void => {
    const next = chosen.includes(value) ? chosen.filter((v) => v !== value) : [...chosen, value];
    props.onChange(withCondition(conditions, column.name, "=", next.length ? next : null));
  };
  return (
    <fieldset class="values">
      <legend class="hidden">{props.heading}</legend>
      {listed.map(({ value, rows }) => (
        <label key={value}>
          <input type="checkbox" checked={chosen.includes(value)} onChange={() => toggle(value)} />
          <span>{props.label(value)}</span> <span class="soft">{number(rows)}</span>
        </label>
      ))}
      {chosen.length > 0 && (
        <button type="button" class="plain" onClick={() => props.onChange(withCondition(conditions, column.name, "=", null))}>
          {t().lists.noFilter}
        </button>
      )}
    </fieldset>
  );
}

function Containing(props: FilterProps): JSX.Element {
  const { column, conditions } = props;
  const now = conditions.find((c) => c.column === column.name && c.sign === "~")?.values[0] ?? "";
  return (
    <label>
      {t().lists.containing}
      <input
        type="search"
        value={now}
        onChange={(e) => {
          const typed = e.currentTarget.value.trim();
          props.onChange(withCondition(conditions, column.name, "~", typed ? [typed] : null));
        }}
      />
    </label>
  );
}

function Bounds(props: FilterProps): JSX.Element {
  const { column, conditions } = props;
  const type = column.filter === "days" ? "date" : "number";
  const bound = (sign: ">=" | "<="): JSX.Element => (
    <label>
      {sign === ">=" ? t().lists.atLeast : t().lists.atMost}
      <input
        type={type}
        value={conditions.find((c) => c.column === column.name && c.sign === sign)?.values[0] ?? ""}
        onChange={(e) => {
          const typed = e.currentTarget.value;
          props.onChange(withCondition(conditions, column.name, sign, typed ? [typed] : null));
        }}
      />
    </label>
  );
  return (
    <>
      {bound(">=")}
      {bound("<=")}
    </>
  );
}
