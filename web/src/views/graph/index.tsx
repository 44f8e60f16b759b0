// 关系图: a view of the API drawn, expanded and followed; beside it the same as a table, selected together.
import type { JSX } from "preact";
import { useSignal } from "@preact/signals";
import { useEffect, useMemo, useRef } from "preact/hooks";
import { useAnswer } from "../../api/answer";
import { Failure, get, save } from "../../api/client";
import { area, asOf, change, list, param } from "../../frame/address";
import { shade } from "../../frame/settings";
import { Empty, Loading, Trouble } from "../../parts/states";
import { pick, t } from "../../texts";
import type { Canvas } from "./canvas";
import { Details } from "./details";
import "./graph.css";
import { Legend } from "./legend";
import type { Point } from "./packed";
import type { Part } from "./part";
import { EMPTY, VIEW, collapse, mapOf, merge, read, without } from "./part";
import { PathBar } from "./path-bar";
import { Scale } from "./scale";
import { svgOf } from "./svg";
import { GraphTable } from "./table";
import { Toolbar } from "./toolbar";

export const VIEWS = ["area", "node", "path", "appointments", "rings", "map"] as const;
export type ViewName = (typeof VIEWS)[number];
const ARRANGED = { area: "packed", node: "force", path: "layered", appointments: "force", rings: "given", map: "scaled" } as const;
const CAP = 20; // edges of a type that one double click brings
const MOST_UNDO = 50;

/** Where nodes were put, view by view: one comes back to what one left. */
const places = new Map<string, Map<string, Point>>();

export default function Graph(): JSX.Element {
  const wanted = param("view");
  const view: ViewName = VIEWS.find((v) => v === wanted) ?? "area";
  const of = param("of") ?? area.value;
  return (
    <>
      <h1 class="hidden">{t().views.graph}</h1>
      {of ? <Drawing key={`${view}|${of}`} view={view} of={of} /> : <Empty>{t().graph.choose}</Empty>}
    </>
  );
}

function Drawing({ view, of }: { view: ViewName; of: string }): JSX.Element {
  const ended = param("ended") === "1";
  const hops = view === "node" ? (param("hops") ?? "1") : null;
  const given = { [view]: of, as_of: asOf.value, ended: view === "path" || view === "map" ? null : ended || null, hops, cap: view === "node" ? 60 : null, limit: param("limit") };
  const asked = useAnswer("/api/v1/graph", given);
  const part = useSignal<Part>(EMPTY);
  const past = useSignal<Part[]>([]);
  const trouble = useSignal<Failure | null>(null);
  const fresh = useRef(true);
  const canvas = useRef<Canvas | null>(null);
  const box = useRef<HTMLDivElement>(null);
  const ready = useSignal(false);
  const chosen = param("node");
  const hidden = useMemo(() => new Set(list("off")), [param("off")]);
  const known = useMemo(() => {
    const name = `${view}|${of}`;
    if (!places.has(name)) places.set(name, new Map());
    return places.get(name)!;
  }, [view, of]);
  useEffect(() => {
    if (!asked.answer) return;
    fresh.current = true;
    performance.mark("graph:answered"); // measured by bench/page.py
    part.value = read(asked.answer, VIEW);
    past.value = [];
  }, [asked.answer]);

  const step = (next: Part): void => {
    past.value = [...past.value.slice(-MOST_UNDO + 1), part.value];
    part.value = next;
  };
  const undo = (): void => {
    const before = past.value.at(-1);
    if (!before) return;
    past.value = past.value.slice(0, -1);
    part.value = before;
  };
  const expand = async (id: string): Promise<void> => {
    const ties = [...part.value.edges.values()].filter((e) => e.source === id || e.target === id).length;
    try {
      const cap = Math.min(2000, Math.max(CAP, ties + CAP));
      const more = await get("/api/v1/graph", { node: id, hops: 1, cap, as_of: asOf.value, ended: ended || null });
      step(merge(part.value, read(more, id)));
      trouble.value = null;
    } catch (error) {
      trouble.value = error instanceof Failure ? error : null;
    }
  };
  const select = (id: string | null): void => change({ node: id }, true);

  const doing = useRef({ expand, select });
  doing.current = { expand, select };
  useEffect(() => {
    let gone = false;
    void import("./canvas").then((module) => {
      if (gone || !box.current) return;
      const happenings = {
        select: (id: string | null) => doing.current.select(id),
        expand: (id: string) => void doing.current.expand(id),
      };
      canvas.current = new module.Canvas(box.current, happenings, lookOf(box.current), known);
      ready.value = true;
    });
    return () => {
      gone = true;
      canvas.current?.destroy();
      canvas.current = null;
    };
  }, []);
  useEffect(() => {
    if (!ready.value || !canvas.current || part.value === EMPTY) return;
    const arrangeAll = fresh.current && ![...part.value.nodes.keys()].every((id) => known.has(id));
    fresh.current = false;
    void canvas.current.show(part.value, ARRANGED[view], { hidden, arrangeAll }).then(() => {
      canvas.current?.select(chosen);
      if (!arrangeAll && past.value.length === 0) canvas.current?.fit();
    });
  }, [part.value, ready.value, hidden]);
  useEffect(() => canvas.current?.select(chosen, true), [chosen]);
  useEffect(() => {
    if (canvas.current && box.current) canvas.current.recolour(lookOf(box.current));
  }, [shade.value]);

  const said = asked.answer ? mapOf(asked.answer) : null;
  if (asked.problem) return <Trouble problem={asked.problem} />;
  const take = async (kind: "png" | "svg" | "json"): Promise<void> => {
    if (!canvas.current || !box.current) return;
    const name = `${t().graph.file}-${of}.${kind}`;
    if (kind === "png") save(await canvas.current.png(), name);
    else if (kind === "svg") save(new Blob([svgOf(part.value, canvas.current.drawn(), lookOf(box.current))], { type: "image/svg+xml" }), name);
    else save(new Blob([JSON.stringify(jsonOf(part.value, canvas.current), null, 1)], { type: "application/json" }), name);
  };
  const node = chosen ? part.value.nodes.get(chosen) : undefined;
  return (
    <div class="graph">
      <Toolbar
        view={view}
        of={of}
        part={part.value}
        undo={past.value.length ? undo : null}
        fit={() => canvas.current?.fit()}
        whole={() => void box.current?.parentElement?.requestFullscreen()}
        arrange={() => void canvas.current?.show(part.value, ARRANGED[view], { hidden, arrangeAll: true })}
        take={(kind) => void take(kind)}
        find={select}
      />
      {view === "map" && said && said.without > 0 && <p class="note">{t().graph.offMap(said.without)}</p>}
      {view === "map" && asked.answer && part.value.nodes.size === 0 && <Empty>{t().graph.noMap}</Empty>}
      {trouble.value && <p class="note">{pick(trouble.value.problem.detail_zh, trouble.value.problem.detail_en)}</p>}
      <div class="graph-body">
        <div class="stage">
          <div class="canvas" ref={box} role="img" aria-label={t().graph.picture(part.value.nodes.size, part.value.edges.size)} />
          {(asked.loading || !ready.value) && (
            <div class="over">
              <Loading />
            </div>
          )}
          {view === "map" && said && ready.value && <Scale metres={said.metres} pixels={() => canvas.current?.pixels() ?? 1} moved={(call) => canvas.current?.moved(call)} />}
        </div>
        <Legend part={part.value} hidden={hidden} />
        <div class="beside">
          <PathBar light={(nodes, edges) => canvas.current?.light(nodes, edges)} bring={(more) => step(merge(part.value, more))} part={part.value} />
          {node && (
            <Details
              node={node}
              part={part.value}
              view={view}
              of={of}
              expand={() => void expand(node.id)}
              collapse={() => step(collapse(part.value, node.id))}
              hide={() => {
                step(without(part.value, node.id));
                select(null);
              }}
            />
          )}
          <GraphTable part={part.value} hidden={hidden} chosen={chosen} select={select} expand={(id) => void expand(id)} />
        </div>
      </div>
    </div>
  );
}

function jsonOf(part: Part, canvas: Canvas): unknown {
  const at = canvas.drawn().at;
  return {
    elements: {
      nodes: [...part.nodes.values()].map(({ position: _, ...data }) => ({ data, position: at.get(data.id) })),
      edges: [...part.edges.values()].map((data) => ({ data })),
    },
  };
}

function lookOf(element: HTMLElement): { ink: string; paper: string; soft: string; field: string; lit: string; more: (n: number) => string } {
  const style = getComputedStyle(element);
  const of = (name: string): string => style.getPropertyValue(name).trim();
  return {
    ink: of("--ink"),
    paper: of("--paper"),
    soft: of("--soft"),
    field: of("--field"),
    lit: of("--gap"),
    more: (n) => t().graph.more(n),
  };
}
