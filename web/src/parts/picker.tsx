// Choose a thing by searching for it, so that nobody has to know its id. An id that is typed is taken too.
import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { useAnswer } from "../api/answer";
import type { Shapes } from "../api/client";
import { asOf } from "../frame/address";
import { t, typeWord } from "../texts";
import { MASK } from "./mask";
import "./picker.css";

export type Found = Shapes["FoundRow"];
export type Offered = Pick<Found, "id" | "name"> & Partial<Found>;
const PAUSE = 200; // ms without a key before the service is asked
const ID = /^[a-z]{1,2}-\d{6}-\S+$/; // as the graph has them

interface Props {
  id: string;
  /** What is chosen: ids. */
  value: string[];
  /** More than one may be chosen. */
  several?: boolean;
  /** Node types to look among; none: all. */
  types?: string | undefined;
  required?: boolean | undefined;
  describedBy?: string | undefined;
  hint?: string;
  /** Choices that are offered before anything is typed. */
  offered?: Offered[];
  onChange: (ids: string[]) => void;
}

export function Picker(props: Props): JSX.Element {
  const { id, value } = props;
  const typed = useSignal("");
  const wanted = useSignal("");
  const open = useSignal(false);
  /** The option that Enter takes; none before something is typed or an arrow pressed. */
  const at = useSignal(-1);
  const box = useRef<HTMLDivElement>(null);
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => {
    const timer = setTimeout(() => (wanted.value = typed.value.trim()), PAUSE);
    return () => clearTimeout(timer);
  }, [typed.value]);
  const asked = useAnswer(wanted.value ? "/api/v1/search" : null, {
    q: wanted.value,
    limit: 12,
    types: props.types,
    as_of: asOf.value,
    pinyin: true,
  });
  const rows: Offered[] = wanted.value ? (asked.answer?.data ?? []) : (props.offered ?? []).filter((row) => !value.includes(row.id));
  const asId = wanted.value && /^[\w.-]+$/.test(wanted.value) && !rows.some((row) => row.id === wanted.value) ? wanted.value : null;
  const options = rows.length + (asId ? 1 : 0);
  const take = (index: number): void => {
    const found = rows[index]?.id ?? (index === rows.length ? asId : null);
    if (found) choose(found);
  };
  const choose = (chosen: string): void => {
    props.onChange(props.several ? [...new Set([...value, chosen])] : [chosen]);
    typed.value = "";
    wanted.value = "";
    at.value = -1;
    open.value = false;
    input.current?.focus();
  };
  const enter = (text: string): void => {
    if (ID.test(text)) choose(text);
    // What is offered still belongs to what was typed before.
    else if (text !== wanted.value) wanted.value = text;
    else take(at.value);
  };
  const keys = (event: KeyboardEvent): void => {
    if (event.key === "Backspace" && !typed.value && value.length) props.onChange(value.slice(0, -1));
    else if (event.key === "Escape" && open.value) open.value = false;
    else if (event.key === "ArrowDown") at.value = Math.min(at.value + 1, options - 1);
    else if (event.key === "ArrowUp") at.value = Math.max(at.value - 1, 0);
    else if (event.key === "Enter" && (typed.value || at.value >= 0)) enter(typed.value.trim());
    else return;
    event.preventDefault();
  };
  const shown = open.value && (wanted.value !== "" || rows.length > 0);
  const listId = `${id}-found`;
  return (
    <div
      class="picker"
      ref={box}
      onFocusOut={(e) => {
        if (!box.current?.contains(e.relatedTarget as Node | null)) open.value = false;
      }}
    >
      {value.map((one) => (
        <Chip key={one} id={one} onRemove={() => props.onChange(value.filter((other) => other !== one))} />
      ))}
      <input
        id={id}
        ref={input}
        type="text"
        role="combobox"
        autocomplete="off"
        aria-expanded={shown}
        aria-controls={listId}
        aria-autocomplete="list"
        aria-describedby={props.describedBy}
        aria-required={props.required}
        aria-activedescendant={shown && options && at.value >= 0 ? `${listId}-${at.value}` : undefined}
        placeholder={value.length && !props.several ? t().picker.other : (props.hint ?? t().picker.find)}
        value={typed.value}
        onInput={(e) => {
          typed.value = e.currentTarget.value;
          open.value = true;
          at.value = 0;
        }}
        onFocus={() => (open.value = true)}
        onKeyDown={keys}
      />
      <div class="picker-list" id={listId} role="listbox" aria-label={t().picker.find} hidden={!shown}>
        {rows.map((row, index) => (
          <div
            key={row.id}
            id={`${listId}-${index}`}
            role="option"
            aria-selected={index === at.value}
            onPointerDown={(e) => e.preventDefault()}
            onClick={() => take(index)}
          >
            {row.name} <span class="soft">{typeWord(row.label_zh, row.label)}</span>
            <span class="where">{row.areas_zh}</span>
          </div>
        ))}
        {asId && (
          <div
            id={`${listId}-${rows.length}`}
            role="option"
            aria-selected={rows.length === at.value}
            onPointerDown={(e) => e.preventDefault()}
            onClick={() => take(rows.length)}
          >
            {t().picker.asId(asId)}
          </div>
        )}
        {shown && !options && (
          <div role="option" aria-selected={false} aria-disabled="true" class="soft">
            {asked.loading ? t().frame.searching : t().frame.nothingFound}
          </div>
        )}
      </div>
    </div>
  );
}

/** What is chosen, by its name where one may know it. */
function Chip(props: { id: string; onRemove: () => void }): JSX.Element {
  const found = useAnswer("/api/v1/nodes/{id}", { $id: props.id }).answer?.data.properties as { name?: string } | undefined;
  const name = found?.name && found.name !== MASK ? found.name : props.id;
  return (
    <span class="chip" title={props.id}>
      {name}{" "}
      <button type="button" class="plain" aria-label={`${t().picker.remove} ${name}`} onClick={props.onRemove}>
        ×
      </button>
    </span>
  );
}
