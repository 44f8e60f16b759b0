// The tree of areas: searched by name, walked by arrow keys, each a link to the same view of that area.
import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { useAnswer } from "../api/answer";
import { Shown } from "../parts/states";
import { t } from "../texts";
import { area, changed } from "./address";
import type { AreaRow, Areas } from "./areas";
import { useAreas } from "./areas";

export function AreaTree(): JSX.Element {
  const { areas, asked } = useAreas();
  const wanted = useSignal("");
  return (
    <nav class="tree" aria-label={t().frame.areas}>
      <label class="hidden" for="find-area">
        {t().frame.findArea}
      </label>
      <input
        id="find-area"
        type="search"
        placeholder={t().frame.findArea}
        value={wanted.value}
        onInput={(e) => (wanted.value = e.currentTarget.value)}
      />
      <Shown asked={asked}>{() => areas && <Branches areas={areas} wanted={wanted.value.trim()} />}</Shown>
    </nav>
  );
}

function Branches({ areas, wanted }: { areas: Areas; wanted: string }): JSX.Element {
  const places = useAnswer("/api/v1/places");
  const loaded = new Set(places.answer?.data.flatMap((place) => place.area ?? []));
  const open = useSignal<ReadonlySet<string>>(new Set());
  const list = useRef<HTMLUListElement>(null);
  useEffect(() => {
    const shown = new Set(open.value);
    for (const row of area.value ? areas.above(area.value) : []) shown.add(row.area);
    // What leads to loaded places is open at first; a country of divisions would be a long list.
    if (!open.value.size) for (const id of loaded) for (const row of areas.above(id).slice(0, -1)) shown.add(row.area);
    open.value = shown;
  }, [area.value, areas, places.answer]);
  const found = wanted ? [...areas.by.values()].filter((row) => row.name?.includes(wanted) || row.code?.startsWith(wanted)) : [];
  const kept = wanted ? new Set(found.flatMap((row) => areas.above(row.area).map((a) => a.area))) : null;
  if (wanted && !found.length) return <p class="state">{t().frame.noArea}</p>;

  const rows: { row: AreaRow; depth: number; leaf: boolean }[] = [];
  const walk = (row: AreaRow, depth: number): void => {
    if (kept && !kept.has(row.area)) return;
    const below = areas.below.get(row.area) ?? [];
    rows.push({ row, depth, leaf: below.length === 0 });
    if (kept || open.value.has(row.area)) for (const child of below) walk(child, depth + 1);
  };
  for (const top of areas.tops) walk(top, 0);

  const toggle = (id: string, to?: boolean): void => {
    const next = new Set(open.value);
    if (to ?? !next.has(id)) next.add(id);
    else next.delete(id);
    open.value = next;
  };
  const move = (event: KeyboardEvent): void => {
    const items = [...(list.current?.querySelectorAll<HTMLElement>("a") ?? [])];
    const at = items.indexOf(document.activeElement as HTMLElement);
    const here = rows[at - 1]; // the first is "everywhere"
    if (event.key === "ArrowDown") items[at + 1]?.focus();
    else if (event.key === "ArrowUp") items[at - 1]?.focus();
    else if (event.key === "Home") items[0]?.focus();
    else if (event.key === "End") items.at(-1)?.focus();
    else if (event.key === "ArrowRight" && here) toggle(here.row.area, true);
    else if (event.key === "ArrowLeft" && here) toggle(here.row.area, false);
    else return;
    event.preventDefault();
  };
  return (
    <ul class="branches" ref={list} onKeyDown={move}>
      <li>
        <a data-here href={changed({ area: null, row: null })} aria-current={area.value ? undefined : "page"}>
          {t().frame.everywhere}
        </a>
      </li>
      {rows.map(({ row, depth, leaf }) => (
        <li key={row.area} class={`depth-${Math.min(depth, 6)}`}>
          {leaf || kept ? (
            <span class="twig" />
          ) : (
            <button
              type="button"
              class="twig"
              tabIndex={-1}
              aria-expanded={open.value.has(row.area)}
              aria-label={row.name ?? row.area}
              onClick={() => toggle(row.area)}
            >
              {open.value.has(row.area) ? "▾" : "▸"}
            </button>
          )}
          <a
            data-here
            href={changed({ area: row.area, row: null })}
            class={loaded.has(row.area) ? "loaded" : ""}
            aria-current={area.value === row.area ? "page" : undefined}
          >
            {row.name ?? row.area}
            {row.synthetic && loaded.has(row.area) ? <span class="mark">{t().frame.invented}</span> : null}
          </a>
        </li>
      ))}
    </ul>
  );
}
