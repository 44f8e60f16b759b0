// From here to there: the ways between two nodes, the chosen one lit as a whole and told in a sentence.
import type { JSX } from "preact";
import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { useAnswer } from "../../api/answer";
import type { Shapes } from "../../api/client";
import { asOf, change, param } from "../../frame/address";
import { written } from "../../parts/days";
import { Name, Told } from "../../parts/evidence";
import { Loading, Trouble } from "../../parts/states";
import { pick, t } from "../../texts";
import type { Part } from "./part";
import { VIEW } from "./part";
import { MASK } from "../../parts/mask";

interface PathBarProps {
  part: Part;
  light: (nodes: string[], edges: string[]) => void;
  bring: (more: Part) => void;
}

export function PathBar({ part, light, bring }: PathBarProps): JSX.Element | null {
  const from = param("from");
  const to = param("to");
  const both = from !== null && to !== null && from !== to;
  const asked = useAnswer(both ? "/api/v1/connections" : null, { source: from, target: to, as_of: asOf.value, k: 3 });
  const legend = useAnswer(both ? "/api/v1/graph/legend" : null).answer?.data;
  const rank = useSignal(0);
  const ways = both ? asked.answer?.data.paths : undefined;
  const way = ways?.[rank.value];
  useEffect(() => {
    if (!way) {
      light([], []);
      return undefined;
    }
    const missing = way.nodes.some((n) => !part.nodes.has(n.id)) || way.hops.some((h) => !part.edges.has(h.edge));
    if (missing && legend) {
      bring(partOf(way, legend));
      return undefined; // what is brought is drawn first, then lit
    }
    const timer = setTimeout(() => light(way.nodes.map((n) => n.id), way.hops.map((h) => h.edge)), 60);
    return () => clearTimeout(timer);
  }, [way, legend, part]);
  if (!from && !to) return null;
  const words = t().graph;
  return (
    <section class="path-bar" aria-label={words.path}>
      <p>
        {words.pathFrom} {from ? <Name id={from} /> : "…"} {words.pathTo} {to ? <Name id={to} /> : "…"}{" "}
        <button type="button" class="plain" onClick={() => change({ from: null, to: null })}>
          {words.pathClear}
        </button>
      </p>
      {both && asked.loading && <Loading />}
      {asked.problem && both && <Trouble problem={asked.problem} />}
      {ways && ways.length === 0 && <p>{words.noWay}</p>}
      {ways && ways.length > 1 && (
        <p class="switch" role="group" aria-label={words.path}>
          {ways.map((w, index) => (
            <button key={w.rank} type="button" aria-pressed={index === rank.value} onClick={() => (rank.value = index)}>
              {words.way(w.rank, w.hops.length)}
            </button>
          ))}
        </p>
      )}
      {way && (
        <p class="told">
          <Told text={pick(way.sentence_zh, way.sentence_en)} />
        </p>
      )}
    </section>
  );
}

/** The way as a part of the graph, in the colours of the legend. */
function partOf(way: Shapes["Way"], legend: Shapes["LegendShape"]): Part {
  const nodes = new Map(
    way.nodes.map((stop) => {
      const found = legend.nodes.find((n) => n.node_type === stop.label);
      const name = stop.name && stop.name !== MASK ? stop.name : stop.id;
      const node = {
        id: stop.id,
        name,
        type: stop.label,
        typeName: found?.zh ?? stop.label,
        colour: found?.colour ?? "#999999",
        shape: found?.shape ?? "circle",
        parent: null,
        ring: null,
        masked: stop.name === MASK,
        more: {},
        position: null,
      };
      return [stop.id, node] as const;
    }),
  );
  const edges = new Map(
    way.hops.map((hop) => {
      const found = legend.edges.find((e) => e.edge_type === hop.type);
      const parts = hop.edge.split("~");
      const forward = parts[0] === hop.from;
      const edge = {
        id: hop.edge,
        source: forward ? hop.from : hop.to,
        target: forward ? hop.to : hop.from,
        type: hop.type,
        label: found?.zh ?? hop.type,
        colour: found?.colour ?? "#999999",
        line: found?.line ?? "solid",
        since: hop.since_known && hop.since ? written(hop.since, "since", hop.date_precision) : null,
        until: null,
        ended: false,
        weight: 1,
      };
      return [hop.edge, edge] as const;
    }),
  );
  return { nodes, edges, origins: new Map([...nodes.keys()].map((id) => [id, new Set([VIEW])])) };
}
