// Cytoscape.js, loaded with this module: draws a part, groups as rectangles behind, and says what is done on it.
import cytoscape from "cytoscape";
import type { Core, ElementDefinition, EventObject, LayoutOptions, NodeSingular, StylesheetJson } from "cytoscape";
import dagre from "cytoscape-dagre";
import fcose from "cytoscape-fcose";
import type { Group, Point } from "./packed";
import { groupsOf, packed } from "./packed";
import { thinOut } from "./names";
import type { Edge, Node, Part } from "./part";
import { moreOf } from "./part";
import { seen } from "./shades";

cytoscape.use(fcose as never);
cytoscape.use(dagre as never);

export type Arrangement = "packed" | "given" | "scaled" | "layered" | "force";
export interface Happenings {
  select: (id: string | null) => void;
  expand: (id: string) => void;
}
export interface Look {
  ink: string;
  paper: string;
  soft: string;
  field: string;
  lit: string;
  more: (n: number) => string;
}

const SHAPES: Record<string, string> = {
  circle: "ellipse",
  rectangle: "round-rectangle",
  diamond: "diamond",
  triangle: "triangle",
  hexagon: "hexagon",
  star: "star",
};
const GROUP = "group:";
const LEGIBLE = 0.85; // zoom at which names of the usual size are read easily
const MOST_LARGER = 2.2;
const LARGER_IN_BOXES = 1.35; // cells stand close together there
const SIDE = 26; // of a node
const DOT = 12; // of one on a map
const MANY = 1500; // elements above which pictures are moved instead of drawn

export class Canvas {
  private readonly cy: Core;
  private part: Part | null = null;
  /** Whether someone has moved or zoomed the picture: it is not fitted again by itself then. */
  private touched = false;
  /** Whether places are drawn as boxes around what lies in them; on a map boxes would lie over each other. */
  private boxes = true;
  private scale = 1;
  private names: (() => void) | null = null;
  private readonly watch: ResizeObserver;
  private dragged: { x: number; y: number; below: Map<string, Point> } | null = null;

  constructor(
    container: HTMLElement,
    happenings: Happenings,
    private look: Look,
    private readonly known: Map<string, Point>,
  ) {
    this.cy = cytoscape({
      container,
      style: this.styles(),
      minZoom: 0.05,
      maxZoom: 4,
      textureOnViewport: true,
      hideEdgesOnViewport: true,
      pixelRatio: "auto",
    });
    this.cy.on("scrollzoom dragpan pinchzoom", () => (this.touched = true));
    this.watch = new ResizeObserver(() => {
      this.cy.resize();
      if (!this.touched) this.fit();
    });
    this.watch.observe(container);
    this.cy.on("tap", (event: EventObject) => {
      const hit = event.target === this.cy ? null : (event.target as NodeSingular);
      if (!hit || (hit.isNode() && !hit.hasClass("group"))) happenings.select(hit ? hit.id() : null);
    });
    this.cy.on("dbltap", "node", (event: EventObject) => {
      const node = event.target as NodeSingular;
      if (!node.hasClass("group")) happenings.expand(node.id());
    });
    this.cy.on("grab", "node.group", (event: EventObject) => this.grab(event.target as NodeSingular));
    this.cy.on("drag", "node.group", (event: EventObject) => this.drag(event.target as NodeSingular));
    this.cy.on("dragfree", "node", () => {
      this.remember();
      this.regroup();
    });
  }

  /** Draw a part; what was there keeps its place, what is new comes beside what it belongs to. */
  async show(part: Part, arrangement: Arrangement, options: { hidden: ReadonlySet<string>; arrangeAll: boolean }): Promise<void> {
    this.part = part;
    this.boxes = arrangement !== "scaled";
    const visible = [...part.nodes.values()].filter((node) => !options.hidden.has(node.type));
    const ids = new Set(visible.map((node) => node.id));
    const edges = [...part.edges.values()].filter((e) => ids.has(e.source) && ids.has(e.target) && !options.hidden.has(e.type));
    const fresh = visible.filter((node) => !this.known.has(node.id));
    const all = options.arrangeAll || fresh.length === visible.length;
    this.cy.startBatch();
    this.cy.elements().remove();
    this.cy.add([...visible.map((node) => this.nodeOf(node)), ...edges.map((edge) => edgeOf(edge, this.look.paper))]);
    // What stands in the box of its place says so by that; the tie is drawn faintly.
    if (arrangement === "scaled") this.cy.edges().addClass("spoke");
    if (arrangement === "packed")
      for (const e of edges)
        if (part.nodes.get(e.source)?.parent === e.target || part.nodes.get(e.target)?.parent === e.source) this.cy.getElementById(e.id).addClass("inner");
    const large = visible.length + edges.length > MANY;
    this.cy.edges().toggleClass("plain", large);
    this.cy.endBatch();
    if (all) await this.arrange(arrangement, visible);
    else {
      for (const node of fresh) this.cy.getElementById(node.id).position(this.beside(node, part, fresh.length));
    }
    this.remember();
    this.regroup();
    if (all) {
      this.fit();
      this.scale = Math.min(arrangement === "packed" ? LARGER_IN_BOXES : MOST_LARGER, Math.max(1, LEGIBLE / this.cy.zoom()));
    }
    this.enlarge(arrangement === "packed" ? 106 : 118 * this.scale, arrangement === "scaled" ? DOT : SIDE);
    if (all) this.fit();
    this.cy.one("render", () => performance.mark("graph:drawn"));
    this.names?.();
    const places = new Set([...part.nodes.values()].flatMap((node) => node.parent ?? []));
    const widest = arrangement === "packed" ? 106 : 118 * this.scale;
    const grow = arrangement === "scaled" ? null : { font: 11 * this.scale, widest };
    this.names = thinOut(this.cy, (node) => places.has(node.id()), grow);
  }

  /** The colours of another light; everything keeps its place, and what is chosen or lit stays so. */
  recolour(look: Look): void {
    this.look = look;
    const { nodes, edges } = this.part ?? { nodes: new Map<string, Node>(), edges: new Map<string, Edge>() };
    this.cy.style(this.styles());
    this.cy.batch(() => {
      for (const { id, colour } of [...nodes.values(), ...edges.values()]) this.cy.getElementById(id).data("colour", seen(colour, look.paper));
    });
  }

  /** Where things stand far apart, names and shapes grow until they can be read with all of it in sight. */
  private enlarge(widest: number, base: number): void {
    const side = base * this.scale;
    this.cy.nodes().not(".group").style({ "font-size": 11 * this.scale, width: side, height: side, "text-max-width": `${widest}px` });
  }

  private async arrange(arrangement: Arrangement, nodes: Node[]): Promise<void> {
    if (arrangement === "packed") {
      const found = packed(nodes, this.cy.width() / Math.max(this.cy.height(), 1));
      this.cy.nodes().positions((node: NodeSingular) => found.get(node.id()) ?? { x: 0, y: 0 });
      return;
    }
    if ((arrangement === "given" || arrangement === "scaled") && nodes.every((node) => node.position)) {
      this.cy.nodes().positions((node: NodeSingular) => this.part?.nodes.get(node.id())?.position ?? { x: 0, y: 0 });
      return;
    }
    const still = { animate: false, fit: false };
    const options =
      arrangement === "layered"
        ? { name: "dagre", rankDir: "LR", nodeSep: 34, rankSep: 110, ...still }
        : { name: "fcose", quality: "proof", randomize: true, nodeSeparation: 130, idealEdgeLength: 130, nodeRepulsion: 12000, ...still };
    const layout = this.cy.layout(options as unknown as LayoutOptions);
    const done = layout.promiseOn("layoutstop");
    layout.run();
    await done;
  }

  /** A place near the node that brought it, on a circle around. */
  private beside(node: Node, part: Part, count: number): Point {
    const near = [...part.edges.values()].find((e) => (e.source === node.id && this.known.has(e.target)) || (e.target === node.id && this.known.has(e.source)));
    const from = near ? this.known.get(near.source === node.id ? near.target : near.source)! : { x: 0, y: 0 };
    const turn = ([...part.nodes.keys()].indexOf(node.id) * 2.399963) % (2 * Math.PI);
    const reach = 120 + 9 * Math.sqrt(count) * Math.sqrt([...part.nodes.keys()].indexOf(node.id) % 30);
    return { x: from.x + reach * Math.cos(turn), y: from.y + reach * Math.sin(turn) };
  }

  private nodeOf(node: Node): ElementDefinition {
    const more = moreOf(node);
    const label = more ? `${node.name}\n${this.look.more(more)}` : node.name;
    const position = this.known.get(node.id);
    return {
      data: { id: node.id, label, colour: seen(node.colour, this.look.paper), shape: SHAPES[node.shape] ?? "ellipse" },
      ...(position ? { position: { ...position } } : {}),
    };
  }

  private remember(): void {
    this.cy.nodes().not(".group").forEach((node) => void this.known.set(node.id(), { ...node.position() }));
  }

  private regroup(): void {
    const shown = [...(this.part?.nodes.values() ?? [])].filter((node) => this.cy.getElementById(node.id).nonempty());
    const groups = this.boxes ? groupsOf(shown, (id) => this.known.get(id)) : [];
    this.cy.batch(() => {
      this.cy.nodes(".group").remove();
      this.cy.add(groups.map((group) => groupElement(group, this.part?.nodes.get(group.id)?.name ?? "")));
      for (const group of groups)
        this.cy.getElementById(GROUP + group.id).style({ width: group.width, height: group.height, "z-index": group.depth });
    });
  }

  private grab(group: NodeSingular): void {
    const id = group.id().slice(GROUP.length);
    const below = new Map<string, Point>();
    for (const node of this.part?.nodes.values() ?? []) {
      for (let at: Node | undefined = node, steps = 0; at && steps < 12; at = at.parent ? this.part?.nodes.get(at.parent) : undefined, steps += 1) {
        if (at.id === id) below.set(node.id, { ...this.cy.getElementById(node.id).position() });
      }
    }
    this.dragged = { ...group.position(), below };
  }

  private drag(group: NodeSingular): void {
    if (!this.dragged) return;
    const { x, y } = group.position();
    this.cy.batch(() => {
      for (const [id, point] of this.dragged!.below)
        this.cy.getElementById(id).position({ x: point.x + x - this.dragged!.x, y: point.y + y - this.dragged!.y });
    });
  }

  /** Mark a node and what it is tied to; null clears. `zoom` brings it into sight. */
  select(id: string | null, zoom = false): void {
    this.cy.batch(() => {
      this.cy.elements().removeClass("chosen tied");
      if (!id) return;
      const node = this.cy.getElementById(id);
      node.addClass("chosen");
      node.connectedEdges().addClass("tied");
    });
    if (!id || !zoom) return;
    const node = this.cy.getElementById(id);
    if (node.nonempty()) this.cy.animate({ center: { eles: node }, zoom: Math.max(this.cy.zoom(), 1) }, { duration: reduced() ? 0 : 250 });
  }

  /** Light a whole path; the rest is dimmed. */
  light(nodes: readonly string[], edges: readonly string[]): void {
    this.cy.batch(() => {
      this.cy.elements().removeClass("lit dim");
      if (!nodes.length) return;
      this.cy.elements().not(".group").addClass("dim");
      for (const id of [...nodes, ...edges]) this.cy.getElementById(id).removeClass("dim").addClass("lit");
    });
    if (!nodes.length) return;
    const lit = this.cy.elements(".lit");
    this.cy.animate({ fit: { eles: lit, padding: 80 } }, { duration: reduced() ? 0 : 250 });
  }

  fit(): void {
    this.touched = false;
    this.cy.fit(undefined, 30);
  }

  /** Pixels of the screen that one of the picture takes. */
  pixels(): number {
    return this.cy.zoom();
  }

  /** Call at every change of the zoom. */
  moved(call: () => void): void {
    this.cy.on("zoom", call);
  }

  png(): Promise<Blob> {
    return this.cy.png({ output: "blob-promise", full: true, scale: 2, bg: this.look.paper, maxWidth: 8000, maxHeight: 8000 });
  }

  /** Where everything is, for pictures that are made elsewhere. */
  drawn(): { groups: Group[]; at: Map<string, Point>; shown: ReadonlySet<string> } {
    const shown = new Set(this.cy.elements().not(".group").map((element) => element.id()));
    const nodes = [...(this.part?.nodes.values() ?? [])].filter((node) => shown.has(node.id));
    return { groups: !this.boxes ? [] : groupsOf(nodes, (id) => this.known.get(id)), at: new Map(this.known), shown };
  }

  destroy(): void {
    this.watch.disconnect();
    this.remember();
    this.cy.destroy();
  }

  private styles(): StylesheetJson {
    const { ink, paper, soft, field, lit } = this.look;
    const font = '"Microsoft YaHei", "Noto Sans CJK SC", sans-serif';
    return [
      {
        selector: "node",
        style: {
          width: SIDE,
          height: SIDE,
          "background-color": "data(colour)",
          shape: "data(shape)" as never,
          "border-width": 1,
          "border-color": ink,
          "border-opacity": 0.35,
          label: "data(label)",
          color: ink,
          "font-family": font,
          "font-size": 11,
          "text-valign": "bottom",
          "text-margin-y": 3,
          "text-wrap": "wrap",
          "text-max-width": "118px",
          "text-background-color": paper,
          "text-background-opacity": 0.75,
          "min-zoomed-font-size": 6,
          "z-index": 20,
          "z-index-compare": "manual",
        },
      },
      {
        selector: "node.group",
        style: {
          shape: "round-rectangle",
          "background-color": field,
          "background-opacity": 0.85,
          "border-color": soft,
          "border-opacity": 0.4,
          label: "data(label)",
          "font-size": 22,
          "font-weight": "bold",
          "text-valign": "top",
          "text-margin-y": 27,
          "text-max-width": "600px",
          "text-background-opacity": 0,
          color: soft,
        },
      },
      {
        selector: "edge",
        style: {
          width: 1.2,
          "line-color": "data(colour)",
          "line-style": "data(line)" as never,
          "curve-style": "bezier",
          "target-arrow-shape": "triangle",
          "target-arrow-color": "data(colour)",
          "arrow-scale": 0.7,
          opacity: 0.75,
          "z-index": 10,
          "z-index-compare": "manual",
        },
      },
      { selector: "edge.plain", style: { "curve-style": "haystack", "target-arrow-shape": "none" } },
      { selector: "edge.inner", style: { opacity: 0.12, "target-arrow-shape": "none" } },
      { selector: "node.unnamed", style: { label: "" } },
      { selector: "edge.spoke", style: { opacity: 0.45, "target-arrow-shape": "none", "curve-style": "straight" } },
      { selector: "edge[?ended]", style: { opacity: 0.35 } },
      { selector: ".dim", style: { opacity: 0.15 } },
      { selector: "node.lit", style: { "border-width": 3, "border-color": lit, "border-opacity": 1 } },
      { selector: "edge.lit", style: { width: 4, opacity: 1, "line-color": lit, "target-arrow-color": lit } },
      {
        selector: "edge.tied",
        style: { width: 2.4, opacity: 1, label: "data(label)", color: ink, "font-size": 9, "font-family": font, "text-background-color": paper, "text-background-opacity": 0.85 },
      },
      { selector: "node.chosen", style: { "border-width": 4, "border-color": lit, "border-opacity": 1 } },
    ];
  }
}

const edgeOf = (edge: { id: string; source: string; target: string; label: string; colour: string; line: string; ended: boolean }, paper: string): ElementDefinition => ({
  data: { id: edge.id, source: edge.source, target: edge.target, label: edge.label, colour: seen(edge.colour, paper), line: edge.line, ended: edge.ended },
});

const groupElement = (group: Group, label: string): ElementDefinition => ({
  data: { id: GROUP + group.id, label },
  classes: "group",
  position: { x: group.x, y: group.y },
  selectable: false,
});

const reduced = (): boolean => matchMedia("(prefers-reduced-motion: reduce)").matches;
