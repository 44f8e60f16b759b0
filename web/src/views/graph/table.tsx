// The same as a table, which is its accessible form: a row chosen is a node chosen, Enter expands, Escape clears.
import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { useMemo } from "preact/hooks";
import type { Column } from "../../parts/long-table";
import { LongTable } from "../../parts/long-table";
import type { Row } from "../../parts/rows";
import { useWords } from "../../parts/words";
import { number, t } from "../../texts";
import type { Part } from "./part";
import { moreOf } from "./part";

interface TableProps {
  part: Part;
  hidden: ReadonlySet<string>;
  chosen: string | null;
  select: (id: string | null) => void;
  expand: (id: string) => void;
}
const nothing = (): void => undefined;

export function GraphTable({ part, hidden, chosen, select, expand }: TableProps): JSX.Element {
  const words = useWords();
  const sort = useSignal<string[]>(["type", "name"]);
  const tab = useSignal<"nodes" | "edges">("nodes");
  const t_ = t().graph;
  const rows = useMemo((): Row[] => {
    const name = (id: string | null): string => (id ? (part.nodes.get(id)?.name ?? id) : "");
    if (tab.value === "edges")
      return [...part.edges.values()]
        .filter((e) => !hidden.has(e.type))
        .map((e) => ({ id: e.id, from: name(e.source), type: words.type(e.type), to: name(e.target), since: e.since ?? t().words.sinceUnknown, until: e.until ?? "", source: e.source }));
    const ties = new Map<string, number>();
    for (const e of part.edges.values()) for (const id of [e.source, e.target]) ties.set(id, (ties.get(id) ?? 0) + 1);
    return [...part.nodes.values()]
      .filter((n) => !hidden.has(n.type))
      .map((n) => ({ id: n.id, name: n.name, type: words.type(n.type), place: name(n.parent), ties: ties.get(n.id) ?? 0, more: moreOf(n) || "" }));
  }, [part, hidden, tab.value, words]);
  const sorted = useMemo(() => sortRows(rows, sort.value), [rows, sort.value]);
  const text = (row: Row, column: string): JSX.Element => <span title={String(row[column])}>{String(row[column])}</span>;
  const column = (name: string, heading: string, width: number, figure = false): Column => ({ name, heading, width, figure, show: (row) => text(row, name) });
  const columns =
    tab.value === "nodes"
      ? [
          column("name", t_.name, 10.5),
          column("type", t_.type, 6.5),
          // Where nothing lies in a place, or nothing more is to be had, the others have the room.
          ...(rows.some((row) => row["place"]) ? [column("place", t_.place, 7)] : []),
          column("ties", t_.ties, 4.6, true),
          ...(rows.some((row) => row["more"]) ? [column("more", t_.unshown, 5, true)] : []),
        ]
      : [column("from", t_.from, 12), column("type", t_.type, 6), column("to", t_.to, 12), column("since", t().words.since, 8), column("until", t().words.until, 8)];
  return (
    <section class="graph-table" aria-label={t_.table} onKeyDown={(e) => e.key === "Escape" && select(null)}>
      <div class="switch" role="group" aria-label={t_.table}>
        <button type="button" aria-pressed={tab.value === "nodes"} onClick={() => (tab.value = "nodes")}>
          {t_.nodes(number(part.nodes.size))}
        </button>
        <button type="button" aria-pressed={tab.value === "edges"} onClick={() => (tab.value = "edges")}>
          {t_.edges(number(part.edges.size))}
        </button>
      </div>
      <LongTable
        label={tab.value === "nodes" ? t_.nodes("") : t_.edges("")}
        total={sorted.length}
        at={(index) => sorted[index]}
        need={nothing}
        columns={columns}
        sort={sort.value}
        onSort={(name, more) => {
          const now = sort.value.find((s) => s === name || s === `-${name}`);
          const next = now === name ? `-${name}` : name;
          sort.value = more ? [...sort.value.filter((s) => s !== now), next] : [next];
        }}
        idOf={(row) => String(tab.value === "nodes" ? row["id"] : row["source"])}
        chosen={chosen}
        onOpen={(row) => {
          const id = String(tab.value === "nodes" ? row["id"] : row["source"]);
          if (id === chosen && tab.value === "nodes") expand(id);
          else select(id);
        }}
      />
      <p class="soft no-print">{t_.tableHint}</p>
    </section>
  );
}

function sortRows(rows: readonly Row[], sort: readonly string[]): Row[] {
  const compare = new Intl.Collator("zh-CN", { numeric: true }).compare;
  return [...rows].sort((a, b) => {
    for (const key of sort) {
      const name = key.replace(/^-/, "");
      const [x, y] = [a[name], b[name]];
      const order = typeof x === "number" && typeof y === "number" ? x - y : compare(String(x), String(y));
      if (order) return key.startsWith("-") ? -order : order;
    }
    return 0;
  });
}
