// Loads files with the library that they are for, as its users do, and prints what it then holds.
// node load.mjs <format> <file>... → [{nodes: [id], edges: [[id, source, target]], parents: {id: parent}}]
import { readFileSync } from "node:fs";

const loaders = {
  async cytoscape() {
    const { default: cytoscape } = await import("cytoscape");
    return (json) => {
      const cy = cytoscape({ headless: true, styleEnabled: true, ...json });
      const parents = cy.nodes().filter((n) => n.isChild());
      const placed = cy.nodes().map((n) => [n.id(), n.position().x, n.position().y]);
      return {
        nodes: cy.nodes().map((n) => n.id()),
        edges: cy.edges().map((e) => [e.id(), e.source().id(), e.target().id()]),
        parents: Object.fromEntries(parents.map((n) => [n.id(), n.parent().id()])),
        placed,
      };
    };
  },
  async g6() {
    const { Graph } = await import("@antv/g6");
    return (json) => {
      const graph = new Graph({ data: json });
      const nodes = graph.getNodeData().map((n) => n.id);
      const parents = nodes
        .map((id) => [id, graph.getParentData(id, "combo")?.id])
        .filter(([, parent]) => parent !== undefined);
      return {
        nodes,
        edges: graph.getEdgeData().map((e) => [e.id, e.source, e.target]),
        parents: Object.fromEntries(parents),
        combos: Object.fromEntries(
          graph.getComboData().map((c) => [c.id, graph.getParentData(c.id, "combo")?.id ?? null]),
        ),
      };
    };
  },
  async graphology() {
    const { default: Graph } = await import("graphology");
    return (json) => {
      const graph = Graph.from(json);
      const placed = graph.mapNodes((id, a) => [id, a.x, a.y]);
      return {
        nodes: graph.nodes(),
        edges: graph.mapEdges((id, _, source, target) => [id, source, target]),
        multi: graph.multi,
        colours: [...new Set(graph.mapNodes((_, a) => a.color))],
        placed,
      };
    };
  },
  async d3() {
    const d3 = await import("d3-force");
    return (json) => {
      const link = d3.forceLink(json.links).id((n) => n.id);
      const simulation = d3.forceSimulation(json.nodes).force("link", link).stop();
      simulation.tick(2);
      return {
        nodes: simulation.nodes().map((n) => n.id),
        edges: link.links().map((e) => [e.id, e.source.id, e.target.id]),
        placed: simulation.nodes().map((n) => [n.id, n.x, n.y]),
      };
    };
  },
  async vis() {
    const { DataSet } = await import("vis-data");
    return (json) => {
      const nodes = new DataSet(json.nodes);
      const edges = new DataSet(json.edges);
      return { nodes: nodes.getIds(), edges: edges.map((e) => [e.id, e.from, e.to]) };
    };
  },
  async echarts() {
    const echarts = await import("echarts");
    return (json) => {
      const chart = echarts.init(null, null, { renderer: "svg", ssr: true, width: 800, height: 600 });
      chart.setOption({ animation: false, series: [{ type: "graph", ...json }] });
      const svg = chart.renderToSVGString();
      const graph = chart.getModel().getSeriesByIndex(0).getGraph();
      const found = {
        nodes: graph.nodes.map((n) => n.id),
        edges: graph.edges.map((e, i) => [json.links[i].id, e.node1.id, e.node2.id]),
        colours: [...new Set(graph.nodes.map((n) => n.getVisual("style").fill))],
        drawn: svg.split("<path").length,
      };
      chart.dispose();
      return found;
    };
  },
};

const [format, ...files] = process.argv.slice(2);
const load = await loaders[format]();
const found = files.map((file) => load(JSON.parse(readFileSync(file, "utf8"))));
process.stdout.write(JSON.stringify(found));
process.exit(0);
