// The part of the graph that is on the screen: merged from answers, taken away again, undone step by step.
import type { Shapes } from "../../api/client";
import { written } from "../../parts/days";

export interface Node {
  id: string;
  name: string;
  type: string;
  typeName: string;
  colour: string;
  shape: string;
  /** The place in this part that it lies in. */
  parent: string | null;
  ring: number | null;
  masked: boolean;
  /** Edges that are not in this part, by type. */
  more: Record<string, number>;
  position: { x: number; y: number } | null;
}
export interface Edge {
  id: string;
  source: string;
  target: string;
  type: string;
  label: string;
  colour: string;
  line: string;
  /** As the records have them: a day, or 2015.07 where the month alone is known. */
  since: string | null;
  until: string | null;
  ended: boolean;
  weight: number;
}
/** `origins`: what brought a node here, the view itself or nodes that were expanded. */
export interface Part {
  nodes: Map<string, Node>;
  edges: Map<string, Edge>;
  origins: Map<string, Set<string>>;
}
export const VIEW = "";
export const EMPTY: Part = { nodes: new Map(), edges: new Map(), origins: new Map() };

interface Answer {
  elements: { nodes: { data: Data; position?: { x: number; y: number } }[]; edges: { data: Data }[] };
}
type Data = Record<string, unknown> & { id: string };

const text = (value: unknown): string => (typeof value === "string" ? value : "");

export function read(answer: Shapes["GraphShape"] | Answer, origin: string): Part {
  const { elements } = answer as unknown as Answer;
  const nodes = new Map<string, Node>();
  for (const { data, position } of elements.nodes) {
    nodes.set(data.id, {
      id: data.id,
      name: data["masked"] ? data.id : text(data["name"]) || data.id,
      type: text(data["node_type"]),
      typeName: text(data["node_type_zh"]),
      colour: text(data["colour"]) || "#999999",
      shape: text(data["shape"]) || "circle",
      parent: text(data["place"]) || text(data["parent"]) || null,
      ring: typeof data["ring"] === "number" ? data["ring"] : null,
      masked: data["masked"] === true,
      more: (data["more"] as Record<string, number> | undefined) ?? {},
      position: position ?? null,
    });
  }
  const edges = new Map<string, Edge>();
  for (const { data } of elements.edges) {
    edges.set(data.id, {
      id: data.id,
      source: text(data["source"]),
      target: text(data["target"]),
      type: text(data["edge_type"]),
      label: text(data["label"]),
      colour: text(data["colour"]) || "#999999",
      line: text(data["line"]) || "solid",
      since: text(data["since"]) ? written(text(data["since"]), "since", data["date_precision"]) : null,
      until: text(data["until"]) ? written(text(data["until"]), "until", data["date_precision"]) : null,
      ended: data["ended"] === true,
      weight: typeof data["weight"] === "number" ? data["weight"] : 1,
    });
  }
  return { nodes, edges, origins: new Map([...nodes.keys()].map((id) => [id, new Set([origin])])) };
}

/** Of a map: metres that 100 pixels are at zoom 1 (null without two places), and how many quarters are not on it. */
export function mapOf(answer: Shapes["GraphShape"] | Answer): { metres: number | null; without: number } {
  const said = (answer as { data?: { metres?: number | null; without_coordinates?: number } }).data ?? {};
  return { metres: said.metres ?? null, without: said.without_coordinates ?? 0 };
}

/** Both parts together; of a node that both have, what the later one says of its further edges counts. */
export function merge(part: Part, more: Part): Part {
  const nodes = new Map(part.nodes);
  for (const [id, node] of more.nodes) {
    const before = nodes.get(id);
    const further = Object.keys(node.more).length || !before ? node.more : before.more;
    nodes.set(id, before ? { ...before, more: further } : node);
  }
  const origins = new Map([...part.origins].map(([id, found]) => [id, new Set(found)]));
  for (const [id, found] of more.origins) origins.set(id, new Set([...(origins.get(id) ?? []), ...found]));
  return { nodes, edges: new Map([...part.edges, ...more.edges]), origins };
}

/** Without a node and the edges at it. */
export const without = (part: Part, id: string): Part => keep(part, (node) => node !== id, part.origins);

/** Without what only the expanding of a node brought here. */
export function collapse(part: Part, id: string): Part {
  const origins = new Map<string, Set<string>>();
  for (const [node, found] of part.origins) {
    const others = new Set([...found].filter((origin) => origin !== id));
    if (others.size || node === id) origins.set(node, others.size ? others : found);
  }
  return keep(part, (node) => origins.has(node), origins);
}

function keep(part: Part, wanted: (id: string) => boolean, origins: Part["origins"]): Part {
  const nodes = new Map([...part.nodes].filter(([id]) => wanted(id)));
  const edges = new Map([...part.edges].filter(([, edge]) => nodes.has(edge.source) && nodes.has(edge.target)));
  return { nodes, edges, origins: new Map([...origins].filter(([id]) => nodes.has(id))) };
}

/** Whether expanding it brought something that is still here. */
export const isExpanded = (part: Part, id: string): boolean =>
  [...part.origins].some(([node, found]) => node !== id && found.has(id));

export const moreOf = (node: Node): number => Object.values(node.more).reduce((sum, n) => sum + n, 0);
