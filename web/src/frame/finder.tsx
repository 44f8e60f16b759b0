// The search box on top: things by whatever people type, each leading to itself in the graph.
import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { useAnswer } from "../api/answer";
import { t, typeWord } from "../texts";
import { asOf, go, link } from "./address";

const PAUSE = 200; // ms without a key before the service is asked

/** A thing's own place on the page: an area is gone to, everything else is seen with what is around it. */
export function placeOf(row: { id: string; label: string }): string {
  return row.label === "Area" ? link("/overview", { area: row.id }) : link("/graph", { view: "node", of: row.id });
}

export function Finder(): JSX.Element {
  const typed = useSignal("");
  const wanted = useSignal("");
  const open = useSignal(false);
  const at = useSignal(0);
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const timer = setTimeout(() => (wanted.value = typed.value.trim()), PAUSE);
    return () => clearTimeout(timer);
  }, [typed.value]);
  useEffect(() => {
    const away = (event: Event): void => {
      if (!box.current?.contains(event.target as Node)) open.value = false;
    };
    document.addEventListener("pointerdown", away);
    return () => document.removeEventListener("pointerdown", away);
  }, []);
  const asked = useAnswer(wanted.value ? "/api/v1/search" : null, { q: wanted.value, limit: 12, as_of: asOf.value, pinyin: true });
  const rows = wanted.value ? (asked.answer?.data ?? []) : [];
  const choose = (index: number): void => {
    const row = rows[index];
    if (!row) return;
    open.value = false;
    typed.value = "";
    go(placeOf(row));
  };
  const keys = (event: KeyboardEvent): void => {
    if (event.key === "Escape") open.value = false;
    else if (event.key === "ArrowDown") at.value = Math.min(at.value + 1, rows.length - 1);
    else if (event.key === "ArrowUp") at.value = Math.max(at.value - 1, 0);
    else if (event.key === "Enter") choose(at.value);
    else return;
    event.preventDefault();
  };
  const shown = open.value && wanted.value !== "";
  return (
    <div class="finder" ref={box}>
      <input
        type="search"
        role="combobox"
        list={undefined}
        aria-label={t().frame.search}
        aria-expanded={shown}
        aria-controls="found"
        aria-autocomplete="list"
        aria-activedescendant={shown && rows[at.value] ? `found-${at.value}` : undefined}
        placeholder={t().frame.search}
        value={typed.value}
        onInput={(e) => {
          typed.value = e.currentTarget.value;
          open.value = true;
          at.value = 0;
        }}
        onFocus={() => (open.value = true)}
        onKeyDown={keys}
      />
      <div id="found" role="listbox" aria-label={t().frame.search} hidden={!shown}>
        {rows.map((row, index) => (
          <div
            key={row.id}
            id={`found-${index}`}
            role="option"
            aria-selected={index === at.value}
            onPointerDown={(e) => e.preventDefault()}
            onClick={() => choose(index)}
          >
            <span class="what">{row.name}</span> <span class="kind">{typeWord(row.label_zh, row.label)}</span>
            <span class="where">{row.areas_zh}</span>
          </div>
        ))}
        {shown && !rows.length && (
          <div role="option" aria-selected={false} aria-disabled="true" class="none">
            {asked.loading ? t().frame.searching : t().frame.nothingFound}
          </div>
        )}
      </div>
    </div>
  );
}
