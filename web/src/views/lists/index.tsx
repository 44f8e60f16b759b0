// 清单: one list at a time; filter, sort, columns and the open row are its address; the service does the work.
import type { JSX } from "preact";
import { useMemo } from "preact/hooks";
import { address, download } from "../../api/client";
import { area, change, link, list, param, parts } from "../../frame/address";
import { language } from "../../frame/settings";
import type { Column } from "../../parts/long-table";
import { LongTable } from "../../parts/long-table";
import type { Row } from "../../parts/rows";
import { useRows } from "../../parts/rows";
import { Empty, Loading, Notes, Trouble } from "../../parts/states";
import type { Words } from "../../parts/words";
import { useWords } from "../../parts/words";
import { number, pick, t } from "../../texts";
import { Choice, choiceTitle } from "./choice";
import { FilterOf, Popup, filterTitle } from "./filters";
import type { Kind, ListColumn } from "./kinds";
import { KINDS } from "./kinds";
import "./lists.css";
import { Panel } from "./panel";
import { readWhere, writeWhere } from "./where";

export default function Lists(): JSX.Element {
  const name = parts.value[1] ?? "gaps";
  const kind = KINDS.find((k) => k.name === name) ?? KINDS[0]!;
  return (
    <>
      <h1 class="hidden printed">
        {t().views.lists}：{t().lists.names[kind.name]}
      </h1>
      <nav class="lists-nav" aria-label={t().views.lists}>
        {KINDS.map((k) => (
          <a key={k.name} data-here href={link(`/lists/${k.name}`)} aria-current={k === kind ? "page" : undefined}>
            {t().lists.names[k.name]}
          </a>
        ))}
      </nav>
      {kind.needsArea && !area.value ? <Empty>{t().lists.needsArea}</Empty> : <List key={kind.name} kind={kind} />}
    </>
  );
}

export const headingOf = (column: ListColumn): string => {
  const words = t().lists.columns as unknown as Record<string, string>;
  return words[column.word ?? column.name] ?? column.name;
};

function List({ kind }: { kind: Kind }): JSX.Element {
  const words = useWords();
  const where = param("where");
  const conditions = readWhere(where);
  const sort = (param("sort") ?? kind.sort).split(",").filter(Boolean);
  const there = kind.columns.filter((c) => !c.only || c.only === language.value || conditions.some((w) => w.column === c.name));
  const counted = there.filter((c) => c.filter === "values").map((c) => c.name);
  const given = { ...kind.given(), where, sort: sort.join(","), counts: counted.join(",") };
  const rows = useRows(kind.path, given);
  const wanted = list("columns");
  const shown = wanted.length
    ? wanted.flatMap((name) => there.find((c) => c.name === name || c.exported === name) ?? [])
    : there.filter((c) => c.usual && (!c.only || c.only === language.value));
  const columns = useMemo(() => shown.map((c) => columnOf(c, words)), [shown.map((c) => c.name).join(), words]);
  const onSort = (name: string, more: boolean): void => {
    const now = sort.find((s) => s === name || s === `-${name}`);
    const next = now === name ? `-${name}` : name;
    const others = more ? sort.filter((s) => s !== now) : [];
    change({ sort: [...others, next].join(",") });
  };
  const exported = (format: string): string =>
    address(kind.exported, { ...kind.given(), where, sort: sort.join(","), columns: shown.map((c) => c.exported ?? c.name).join(","), format });
  const open = param("row");
  return (
    <div class={open ? "list with-panel" : "list"}>
      <div class="list-main">
        <div class="list-bar no-print">
          <Choice kind={kind} />
          {there
            .filter((c) => c.filter && (c.usual || conditions.some((w) => w.column === c.name)))
            .map((column) => (
              <FilterOf
                key={column.name}
                column={column}
                heading={headingOf(column)}
                counts={rows.counts[column.name]}
                conditions={conditions}
                words={words}
                onChange={(next) => change({ where: writeWhere(next), row: null })}
              />
            ))}
          {conditions.length > 0 && (
            <button type="button" class="plain" onClick={() => change({ where: null })}>
              {t().lists.noFilters}
            </button>
          )}
          <span class="push" />
          <Columns all={there} shown={shown} />
          <Take exported={exported} />
        </div>
        <p class="print-only">
          {[choiceTitle(kind), ...there.filter((c) => conditions.some((w) => w.column === c.name)).map((column) => filterTitle({ column, heading: headingOf(column), conditions, words }))]
            .filter(Boolean)
            .join(pick("；", "; "))}
        </p>
        <p class="list-count" role="status">
          {rows.total === null ? "" : t().lists.rows(number(rows.total))}
        </p>
        {rows.stamp && <Notes stamp={rows.stamp} />}
        {rows.problem ? (
          <Trouble problem={rows.problem} />
        ) : rows.loading ? (
          <Loading />
        ) : rows.total === 0 ? (
          <Empty>{conditions.length ? t().lists.noneLeft : t().lists.none[kind.name]}</Empty>
        ) : (
          <LongTable
            label={t().lists.names[kind.name]}
            total={rows.total ?? 0}
            at={rows.at}
            need={rows.need}
            columns={columns}
            sort={sort}
            onSort={onSort}
            idOf={kind.idOf}
            chosen={open}
            onOpen={(row) => change({ row: kind.idOf(row) })}
          />
        )}
      </div>
      {open && <Panel kind={kind} id={open} />}
    </div>
  );
}

function columnOf(column: ListColumn, words: Words): Column {
  const { name, width, figure } = column;
  const show = (row: Row): JSX.Element => {
    const found = column.show ? column.show(row, words) : plain(row[name]);
    return <span title={typeof found === "string" ? found : undefined}>{found}</span>;
  };
  return { name, width, figure, heading: headingOf(column), show };
}

export const plain = (value: unknown): string =>
  value === null || value === undefined ? "" : Array.isArray(value) ? value.join("、") : String(value);

function Columns({ all, shown }: { all: ListColumn[]; shown: ListColumn[] }): JSX.Element {
  const names = shown.map((c) => c.name);
  const toggle = (name: string): void => {
    const next = names.includes(name) ? names.filter((n) => n !== name) : [...names, name];
    if (next.length) change({ columns: next.join(",") }, true);
  };
  return (
    <Popup title={t().lists.chooseColumns}>
      <fieldset class="values">
        <legend class="hidden">{t().lists.chooseColumns}</legend>
        {all.map((column) => (
          <label key={column.name}>
            <input type="checkbox" checked={names.includes(column.name)} onChange={() => toggle(column.name)} />
            <span>{headingOf(column)}</span>
          </label>
        ))}
        <button type="button" class="plain" onClick={() => change({ columns: null }, true)}>
          {t().lists.usualColumns}
        </button>
      </fieldset>
    </Popup>
  );
}

function Take({ exported }: { exported: (format: string) => string }): JSX.Element {
  return (
    <span class="take">
      <button type="button" title={t().lists.takeHint} onClick={() => void download(exported("xlsx"))}>
        {t().lists.workbook}
      </button>
      <button type="button" title={t().lists.takeHint} onClick={() => void download(exported("csv"))}>
        CSV
      </button>
    </span>
  );
}
