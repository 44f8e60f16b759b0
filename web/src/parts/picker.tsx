// Choose a thing by searching for it, so that nobody has to know its id. An id that is typed is taken too.
import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { useAnswer } from "../api/answer";
import type { Shapes } from "../api/client";
import { asOf } from "../frame/address";
import { t } from "../texts";
import "./picker.css";

export type Found = Shapes["FoundRow"];
const PAUSE = 200; // ms without a key before the service is asked

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
  onChange: (ids: string[]) => void;
}

export function Picker(props: Props): JSX.Element {
  const { id, value } = props;
  const typed = useSignal("");
  const wanted = useSignal("");
  const open = useSignal(false);
  const at = useSignal(0);
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
  const rows = wanted.value ? (asked.answer?.data ?? []) : [];
  const asId = wanted.value && /^[\w.-]+$/.test(wanted.value) && !rows.some((row) => row.id === wanted.value) ? wanted.value : null;
  const options = rows.length + (asId ? 1 : 0);
  const take = (index: number): void => {
    const chosen = rows[index]?.id ?? asId;
    if (!chosen) return;
    props.onChange(props.several ? [...new Set([...value, chosen])] : [chosen]);
    typed.value = "";
    wanted.value = "";
    open.value = false;
    input.current?.focus();
  };
  const keys = (event: KeyboardEvent): void => {
    if (event.key === "Backspace" && !typed.value && value.length) props.onChange(value.slice(0, -1));
    else if (event.key === "Escape" && open.value) open.value = false;
    else if (event.key === "ArrowDown") at.value = Math.min(at.value + 1, options - 1);
    else if (event.key === "ArrowUp") at.value = Math.max(at.value - 1, 0);
    else if (event.key === "Enter" && typed.value && options) take(at.value);
    else return;
    event.preventDefault();
  };
  const shown = open.value && wanted.value !== "";
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
        aria-activedescendant={shown && options ? `${listId}-${at.value}` : undefined}
        placeholder={value.length && !props.several ? t().picker.other : t().picker.find}
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
            {row.name} <span class="soft">{row.label_zh}</span>
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

/** What is chosen, by its name. */
function Chip(props: { id: string; onRemove: () => void }): JSX.Element {
  const found = useAnswer("/api/v1/search", { q: props.id, limit: 5, as_of: asOf.value }).answer?.data.find((row) => row.id === props.id);
  return (
    <span class="chip" title={props.id}>
      {found?.name ?? props.id}{" "}
      <button type="button" class="plain" aria-label={`${t().picker.remove} ${found?.name ?? props.id}`} onClick={props.onRemove}>
        ×
      </button>
    </span>
  );
}
