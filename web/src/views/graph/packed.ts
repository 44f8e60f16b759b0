// A layout for places: what belongs to a place stands in a box with it, boxes in rows, names legible, no overlap.
import type { Node } from "./part";

export interface Point {
  x: number;
  y: number;
}
export interface Group {
  id: string;
  depth: number;
  x: number;
  y: number;
  width: number;
  height: number;
}

const CELL = { width: 108, height: 66 };
const PAD = 26;
const HEAD = 18; // room for the name of a box
const WIDE = 1.5; // width to height that a box within another is packed for

interface Box {
  width: number;
  height: number;
  put: (x: number, y: number) => void;
}

/** Positions of all nodes in a picture that is `wide` times as wide as high; those without a place come last. */
export function packed(nodes: readonly Node[], wide = WIDE): Map<string, Point> {
  const positions = new Map<string, Point>();
  const by = new Map(nodes.map((node) => [node.id, node]));
  const inside = new Map<string, Node[]>();
  const tops: Node[] = [];
  for (const node of nodes) {
    if (node.parent && by.has(node.parent) && node.parent !== node.id) inside.set(node.parent, [...(inside.get(node.parent) ?? []), node]);
    else tops.push(node);
  }
  const leaf = (node: Node): Box => ({
    ...CELL,
    put: (x, y) => positions.set(node.id, { x: x + CELL.width / 2, y: y + CELL.height / 2 }),
  });
  const boxOf = (node: Node, seen: ReadonlySet<string>): Box => {
    const children = (inside.get(node.id) ?? []).filter((child) => !seen.has(child.id));
    if (!children.length) return leaf(node);
    const within = new Set([...seen, node.id]);
    const boxes = children.map((child) => boxOf(child, within));
    const sorted = boxes.sort((a, b) => b.height - a.height || b.width - a.width);
    return framed(shelves([leaf(node), ...sorted], tops.length < 2 || tops.includes(node) ? wide : WIDE));
  };
  const boxes = tops.map((node) => boxOf(node, new Set([node.id])));
  shelves(boxes.sort((a, b) => b.height - a.height || b.width - a.width), wide).put(0, 0);
  return positions;
}

function framed(box: Box): Box {
  return { width: box.width + 2 * PAD, height: box.height + 2 * PAD + HEAD, put: (x, y) => box.put(x + PAD, y + PAD + HEAD) };
}

/** Boxes in rows, so many times as wide as high. */
function shelves(boxes: Box[], wide: number): Box {
  const area = boxes.reduce((sum, box) => sum + box.width * box.height, 0);
  const most = Math.max(Math.sqrt(area * wide), ...boxes.map((box) => box.width));
  const places: [Box, number, number][] = [];
  let x = 0;
  let y = 0;
  let row = 0;
  let width = 0;
  for (const box of boxes) {
    if (x > 0 && x + box.width > most) {
      x = 0;
      y += row;
      row = 0;
    }
    places.push([box, x, y]);
    x += box.width;
    row = Math.max(row, box.height);
    width = Math.max(width, x);
  }
  return { width, height: y + row, put: (dx, dy) => places.forEach(([box, px, py]) => box.put(px + dx, py + dy)) };
}

/** The rectangles behind places that have something in them, from where their nodes are now; the largest first. */
export function groupsOf(nodes: readonly Node[], at: (id: string) => Point | undefined): Group[] {
  const by = new Map(nodes.map((node) => [node.id, node]));
  const bounds = new Map<string, { left: number; right: number; top: number; bottom: number; depth: number }>();
  const above = (node: Node): string[] => {
    const found: string[] = [];
    for (let id = node.parent; id && by.has(id) && !found.includes(id) && id !== node.id; id = by.get(id)?.parent ?? null) found.push(id);
    return found;
  };
  for (const node of nodes) {
    const point = at(node.id);
    if (!point) continue;
    above(node).forEach((id, steps) => {
      const margin = PAD * (0.62 + 0.36 * steps);
      const box = bounds.get(id) ?? start(at(id) ?? point, by.get(id) ? above(by.get(id)!).length : 0, margin);
      box.left = Math.min(box.left, point.x - CELL.width / 2 - margin);
      box.right = Math.max(box.right, point.x + CELL.width / 2 + margin);
      box.top = Math.min(box.top, point.y - CELL.height / 2 - margin - HEAD * (steps + 1));
      box.bottom = Math.max(box.bottom, point.y + CELL.height / 2 + margin);
      bounds.set(id, box);
    });
  }
  return [...bounds]
    .map(([id, box]) => ({
      id,
      depth: box.depth,
      x: (box.left + box.right) / 2,
      y: (box.top + box.bottom) / 2,
      width: box.right - box.left,
      height: box.bottom - box.top,
    }))
    .sort((a, b) => a.depth - b.depth);
}

function start(point: Point, depth: number, margin: number): { left: number; right: number; top: number; bottom: number; depth: number } {
  return {
    left: point.x - CELL.width / 2 - margin,
    right: point.x + CELL.width / 2 + margin,
    top: point.y - CELL.height / 2 - margin - HEAD,
    bottom: point.y + CELL.height / 2 + margin,
    depth,
  };
}
