// A small picture of the things in rows. The table beside it says the same; a click leads to the thing itself.
import cytoscape from "cytoscape";
import fcose from "cytoscape-fcose";
import type { JSX } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { useAnswer } from "../../api/answer";
import { go, link } from "../../frame/address";
import { shade } from "../../frame/settings";
import { t } from "../../texts";
import { seen } from "../graph/shades";
import { found } from "./row-graph-data";
import type { Model, Rows } from "./shape";
import { useCodes } from "../../parts/words";
import { idsOf } from "./shape";

cytoscape.use(fcose);

export default function RowGraph(props: { found: Rows; model: Model | null }): JSX.Element {
  const box = useRef<HTMLDivElement>(null);
  const code = useCodes();
  const legend = useAnswer("/api/v1/graph/legend").answer?.data;
  const drawn = found(props.found, idsOf(props.model));
  void shade.value; // drawn anew where the light is another
  const paper = getComputedStyle(document.documentElement).getPropertyValue("--paper").trim();
  const colours = new Map((legend?.nodes ?? []).map((row) => [row.node_type, seen(row.colour, paper)]));
  const present = [...new Set([...drawn.nodes.values()].map((node) => node.label))];
  useEffect(() => {
    if (!box.current || !legend) return undefined;
    const style = getComputedStyle(document.documentElement);
    const ink = style.getPropertyValue("--ink").trim();
    const degrees = new Map<string, number>();
    for (const edge of drawn.edges.values()) for (const end of [edge.from, edge.to]) degrees.set(end, (degrees.get(end) ?? 0) + 1);
    const cy = cytoscape({
      container: box.current,
      elements: [
        ...[...drawn.nodes].map(([id, node]) => ({ data: { id, name: node.name, color: colours.get(node.label) ?? "#888", degree: degrees.get(id) ?? 0 } })),
        ...[...drawn.edges].map(([id, edge]) => ({ data: { id, source: edge.from, target: edge.to, word: code(edge.word) } })),
      ],
      style: [
        {
          selector: "node",
          style: {
            label: "data(name)", "background-color": "data(color)", width: 22, height: 22, color: ink, "font-size": 11,
            "text-valign": "bottom", "text-margin-y": 3, "text-wrap": "wrap", "text-max-width": "110px", "min-zoomed-font-size": 6,
          },
        },
        { selector: "node[degree > 4]", style: { "font-size": 17, "font-weight": "bold", width: 30, height: 30, "text-max-width": "180px" } },
        {
          selector: "edge",
          style: {
            width: 1.2, "line-color": "#9aa3b2", "curve-style": "bezier", "target-arrow-shape": "triangle", "target-arrow-color": "#9aa3b2",
            "arrow-scale": 0.8, label: "data(word)", color: style.getPropertyValue("--soft").trim(), "font-size": 9, "text-rotation": "autorotate",
            "min-zoomed-font-size": 7,
          },
        },
      ],
      layout: { name: "fcose", animate: false, randomize: true, nodeSeparation: 110, idealEdgeLength: () => 110, tilingPaddingHorizontal: 100, tilingPaddingVertical: 45 } as cytoscape.LayoutOptions,
      maxZoom: 3,
    });
    cy.on("tap", "node", (event) => {
      const id = String(event.target.id());
      go(drawn.nodes.get(id)?.label === "Area" ? link("/overview", { area: id }) : link("/graph", { view: "node", of: id }));
    });
    return () => cy.destroy();
  }, [props.found, legend, shade.value]);
  return (
    <figure class="row-graph">
      <figcaption class="soft">
        {t().questions.graphAbout(drawn.nodes.size, drawn.edges.size)}
        {drawn.cut && <strong> {t().questions.graphCut}</strong>}
        <span class="row-legend">
          {present.map((label) => (
            <span key={label}>
              <span class="dot" style={{ background: colours.get(label) ?? "#888" }} aria-hidden="true" />
              {code(label)}
            </span>
          ))}
        </span>
      </figcaption>
      <div class={`row-canvas${drawn.nodes.size > 40 ? " tall" : ""}`} ref={box} role="img" aria-label={t().questions.graphLabel} />
    </figure>
  );
}
