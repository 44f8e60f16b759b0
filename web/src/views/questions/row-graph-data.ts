// What rows hold of a graph: nodes in their cells, and what joins them.
import type { Ids, Rows } from "./shape";
import { edgeOf } from "./shape";

export const MOST = 300; // things of one picture

export interface Drawn {
  nodes: Map<string, { label: string; name: string }>;
  edges: Map<string, { from: string; to: string; word: string }>;
  cut: boolean;
}

/**
 * Nodes are ids and nodes of ad-hoc Cypher. Edges are those that came back, `from` and `to` of a row, and
 * else what stands in one row: its first thing with the others, under the heading of their column.
 */
export function found(rows: Rows, ids: Ids): Drawn {
  const drawn: Drawn = { nodes: new Map(), edges: new Map(), cut: false };
  const at = new Map(rows.columns.map((column, index) => [column.name, index]));
  for (const row of rows.rows) {
    if (drawn.nodes.size >= MOST) {
      drawn.cut = true;
      break;
    }
    const here: [string, number][] = [];
    row.forEach((cell, index) => {
      for (const id of gather(cell, drawn, ids)) here.push([id, index]);
    });
    const first = here[0];
    if (!first) continue;
    name(drawn, first[0], row, at.get("name"));
    for (const [id, index] of here) name(drawn, id, row, at.get(`${rows.columns[index]!.name}_name`));
    const from = text(row, at.get("from"));
    const to = text(row, at.get("to"));
    if (from && to && drawn.nodes.has(from) && drawn.nodes.has(to)) {
      join(drawn, from, to, text(row, at.get("type")) ?? "");
      continue;
    }
    for (const [id, index] of here.slice(1)) {
      if (id !== first[0] && index !== first[1]) join(drawn, first[0], id, rows.columns[index]!.heading);
    }
  }
  return drawn;
}

function gather(cell: unknown, drawn: Drawn, ids: Ids): string[] {
  if (Array.isArray(cell)) return cell.flatMap((one) => gather(one, drawn, ids));
  if (cell && typeof cell === "object") {
    const map = cell as Record<string, unknown>;
    if (Array.isArray(map["nodes"]) && Array.isArray(map["relationships"])) {
      gather(map["nodes"], drawn, ids);
      gather(map["relationships"], drawn, ids);
      return [];
    }
    const properties = map["properties"] as Record<string, unknown> | undefined;
    const id = properties?.["id"];
    if (Array.isArray(map["labels"]) && typeof id === "string") {
      drawn.nodes.set(id, { label: String(map["labels"][0]), name: String(properties?.["name"] ?? id) });
      return [id];
    }
    if (typeof map["start"] === "string" && typeof map["end"] === "string") {
      for (const end of [map["start"], map["end"]]) put(drawn, end, ids);
      join(drawn, map["start"], map["end"], String(map["type"]));
      return [];
    }
    return [];
  }
  const edge = edgeOf(cell);
  if (edge) {
    for (const end of [edge.from, edge.to]) put(drawn, end, ids);
    join(drawn, edge.from, edge.to, edge.type);
    return [];
  }
  const label = ids.label(cell);
  // Sources stand behind every row; in a picture they would join everything with everything.
  if (!label || label === "SourceDocument") return [];
  put(drawn, cell as string, ids);
  return [cell as string];
}

function put(drawn: Drawn, id: string, ids: Ids): void {
  if (!drawn.nodes.has(id)) drawn.nodes.set(id, { label: ids.label(id) ?? "", name: id });
}

function name(drawn: Drawn, id: string, row: unknown[], index: number | undefined): void {
  const found = drawn.nodes.get(id);
  const given = text(row, index);
  if (found && given && found.name === id) found.name = given;
}

function join(drawn: Drawn, from: string, to: string, word: string): void {
  drawn.edges.set(`${from}|${word}|${to}`, { from, to, word });
}

const text = (row: unknown[], index: number | undefined): string | null => {
  const value = index === undefined ? null : row[index];
  return typeof value === "string" ? value : null;
};
