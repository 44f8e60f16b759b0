// The picture as SVG, for slides: groups, edges, nodes and names where they are on the canvas.
import type { Group, Point } from "./packed";
import type { Part } from "./part";
import { seen } from "./shades";

interface Drawn {
  groups: Group[];
  at: Map<string, Point>;
  shown: ReadonlySet<string>;
}

const R = 13;
const escape = (text: string): string => text.replace(/[&<>"]/g, (c) => `&#${c.charCodeAt(0)};`);
const round = (n: number): string => n.toFixed(1);

export function svgOf(part: Part, drawn: Drawn, look: { ink: string; paper: string; field: string; soft: string }): string {
  const points = [...part.nodes.keys()].flatMap((id) => (drawn.shown.has(id) ? [drawn.at.get(id)!] : []));
  const corners = drawn.groups.flatMap((g) => [
    { x: g.x - g.width / 2, y: g.y - g.height / 2 },
    { x: g.x + g.width / 2, y: g.y + g.height / 2 },
  ]);
  const all = [...points, ...corners];
  const left = Math.min(...all.map((p) => p.x)) - 90;
  const top = Math.min(...all.map((p) => p.y)) - 50;
  const width = Math.max(...all.map((p) => p.x)) - left + 90;
  const height = Math.max(...all.map((p) => p.y)) - top + 60;
  const lines: string[] = [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="${[left, top, width, height].map(round).join(" ")}" width="${round(width)}" height="${round(height)}" font-family="'Microsoft YaHei','Noto Sans CJK SC',sans-serif" font-size="11">`,
    `<rect x="${round(left)}" y="${round(top)}" width="100%" height="100%" fill="${look.paper}"/>`,
  ];
  for (const g of drawn.groups)
    lines.push(
      `<rect x="${round(g.x - g.width / 2)}" y="${round(g.y - g.height / 2)}" width="${round(g.width)}" height="${round(g.height)}" rx="8" fill="${look.field}" stroke="${look.soft}" stroke-opacity=".4"/>`,
    );
  for (const edge of part.edges.values()) {
    const from = drawn.at.get(edge.source);
    const to = drawn.at.get(edge.target);
    if (!from || !to || !drawn.shown.has(edge.id)) continue;
    const dash = edge.line === "dashed" ? ' stroke-dasharray="6 3"' : edge.line === "dotted" ? ' stroke-dasharray="1.5 3"' : "";
    const length = Math.hypot(to.x - from.x, to.y - from.y) || 1;
    const [dx, dy] = [(to.x - from.x) / length, (to.y - from.y) / length];
    const tip = { x: to.x - dx * (R + 1), y: to.y - dy * (R + 1) };
    const wing = (side: number): string => `${round(tip.x - 7 * dx + side * 3.2 * dy)},${round(tip.y - 7 * dy - side * 3.2 * dx)}`;
    lines.push(
      `<g stroke="${seen(edge.colour, look.paper)}" fill="${seen(edge.colour, look.paper)}" opacity=".8"><title>${escape(edge.label)}</title><line x1="${round(from.x)}" y1="${round(from.y)}" x2="${round(tip.x)}" y2="${round(tip.y)}" stroke-width="1.2"${dash}/><polygon points="${round(tip.x)},${round(tip.y)} ${wing(1)} ${wing(-1)}" stroke="none"/></g>`,
    );
  }
  for (const node of part.nodes.values()) {
    const at = drawn.at.get(node.id);
    if (!at || !drawn.shown.has(node.id)) continue;
    lines.push(`<g fill="${seen(node.colour, look.paper)}" stroke="${look.ink}" stroke-opacity=".35">${shapeOf(node.shape, at)}</g>`);
    lines.push(
      `<text x="${round(at.x)}" y="${round(at.y + R + 12)}" text-anchor="middle" fill="${look.ink}" stroke="${look.paper}" stroke-width="3" paint-order="stroke">${escape(node.name)}</text>`,
    );
  }
  return [...lines, "</svg>"].join("\n");
}

function shapeOf(shape: string, { x, y }: Point): string {
  const corners = (n: number, turn: number, inner = 1): string =>
    Array.from({ length: n }, (_, i) => {
      const r = i % 2 && inner < 1 ? R * inner : R;
      const angle = turn + (2 * Math.PI * i) / n;
      return `${round(x + r * Math.cos(angle))},${round(y + r * Math.sin(angle))}`;
    }).join(" ");
  const up = -Math.PI / 2;
  if (shape === "rectangle") return `<rect x="${round(x - R)}" y="${round(y - R)}" width="${2 * R}" height="${2 * R}" rx="4"/>`;
  if (shape === "diamond") return `<polygon points="${corners(4, up)}"/>`;
  if (shape === "triangle") return `<polygon points="${corners(3, up)}"/>`;
  if (shape === "hexagon") return `<polygon points="${corners(6, 0)}"/>`;
  if (shape === "star") return `<polygon points="${corners(10, up, 0.45)}"/>`;
  return `<circle cx="${round(x)}" cy="${round(y)}" r="${R}"/>`;
}
