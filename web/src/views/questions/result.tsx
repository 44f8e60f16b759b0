// The rows of an answer: as a table, or as a picture of the things in them.
import type { JSX } from "preact";
import { lazyPart } from "./lazy";
import { link } from "../../frame/address";
import type { RowsColumn } from "../../parts/rows-table";
import { RowsTable } from "../../parts/rows-table";
import { t } from "../../texts";
import { found } from "./row-graph-data";
import type { Ids, Rows } from "./shape";
import type { Code } from "../../parts/words";
import { useCodes } from "../../parts/words";
import { compare, edgeOf, idsOf, plain, useModel } from "./shape";

const OPEN = new Set(["9999-12-31", "0001-01-01"]);
const RowGraph = lazyPart(() => import("./row-graph"));

export function Result(props: { label: string; found: Rows; as: "table" | "graph" }): JSX.Element {
  const model = useModel();
  const code = useCodes();
  const ids = idsOf(model);
  const { columns, rows } = props.found;
  if (props.as === "graph") return <RowGraph found={props.found} model={model} />;
  const shown: RowsColumn<unknown[]>[] = columns.map((column, index) => ({
    name: column.name,
    heading: column.heading,
    figure: rows.some((row) => typeof row[index] === "number") && rows.every((row) => row[index] === null || typeof row[index] === "number"),
    of: (row) => row[index],
    show: (row) => <Cell value={row[index]} code={code} ids={ids} name={column.name} />,
  }));
  return <RowsTable label={props.label} rows={rows} columns={shown} compare={compare} />;
}

/** Whether rows hold things that a picture could show. */
export const hasNodes = (rows: Rows, ids: Ids): boolean => found(rows, ids).nodes.size > 0;

function Cell(props: { value: unknown; code: Code; ids: Ids; name: string }): JSX.Element {
  const { value, code, ids } = props;
  if (value === null || value === undefined)
    return (
      <span class="soft" title={t().questions.notKnown}>
        –
      </span>
    );
  if (Array.isArray(value)) {
    if (!value.length)
      return (
        <span class="soft" title={t().questions.emptyList}>
          –
        </span>
      );
    return (
      <span title={plain(value)}>
        {value.slice(0, 8).map((one, index) => (
          <span key={index}>
            {index > 0 && "、"}
            <Cell {...props} value={one} />
          </span>
        ))}
        {value.length > 8 && ` … (${value.length})`}
      </span>
    );
  }
  if (typeof value === "object") return <Thing value={value as Record<string, unknown>} code={code} ids={ids} />;
  if (typeof value === "boolean") return <>{plain(value)}</>;
  const text = String(value);
  if (OPEN.has(text)) return <span class="soft">{text.startsWith("9") ? t().questions.notEnded : t().words.sinceUnknown}</span>;
  const label = ids.label(value);
  if (label)
    return (
      <a data-here href={label === "Area" ? link("/overview", { area: text }) : link("/graph", { view: "node", of: text })} title={code(label)}>
        {text}
      </a>
    );
  const edge = edgeOf(value);
  if (edge)
    return (
      <span title={text}>
        <Cell {...props} value={edge.from} /> <span class="soft">–{code(edge.type)}→</span> <Cell {...props} value={edge.to} />
      </span>
    );
  return <span title={text.length > 30 ? text : undefined}>{typeof value === "string" ? code(value, props.name) : text}</span>;
}

/** A node, edge or map of ad-hoc Cypher, in short. */
function Thing({ value, code, ids }: { value: Record<string, unknown>; code: Code; ids: Ids }): JSX.Element {
  const properties = (value["properties"] ?? null) as Record<string, unknown> | null;
  const labels = value["labels"];
  if (properties && Array.isArray(labels)) {
    const name = properties["name"] ?? properties["id"];
    return (
      <span title={JSON.stringify(value, null, 1)}>
        <span class="soft">{code(labels[0])}</span> {typeof properties["id"] === "string" ? <Cell value={properties["id"]} code={code} ids={ids} name="" /> : null}{" "}
        {name !== properties["id"] && String(name ?? "")}
      </span>
    );
  }
  if (properties && typeof value["type"] === "string")
    return (
      <span title={JSON.stringify(value, null, 1)}>
        {String(value["start"])} <span class="soft">–{code(value["type"])}→</span> {String(value["end"])}
      </span>
    );
  return <span title={JSON.stringify(value, null, 1)}>{JSON.stringify(value)}</span>;
}
