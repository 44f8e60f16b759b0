// Names on a map: those that would lie over one another are left out until one zooms in.
import type { Core, NodeSingular } from "cytoscape";

const MOST = 2000; // names above which none is measured
const PAUSE = 120; // ms after the last zoom

/** Leave out what overlaps, now and after every zoom; places that hold others go first. Ends by what it returns. */
export function thinOut(cy: Core, first: (node: NodeSingular) => boolean): () => void {
  let timer = 0;
  const choose = (): void => {
    const nodes = cy.nodes().not(".group").toArray() as NodeSingular[];
    if (nodes.length > MOST) return;
    const sorted = [...nodes.filter(first), ...nodes.filter((node) => !first(node))];
    cy.batch(() => cy.nodes().removeClass("unnamed"));
    const taken: Box[] = [];
    const without: NodeSingular[] = [];
    for (const node of sorted) {
      const box = node.renderedBoundingBox({ includeNodes: false, includeLabels: true, includeOverlays: false });
      if (taken.some((other) => overlap(box, other))) without.push(node);
      else taken.push(box);
    }
    cy.batch(() => without.forEach((node) => node.addClass("unnamed")));
  };
  const later = (): void => {
    clearTimeout(timer);
    timer = window.setTimeout(choose, PAUSE);
  };
  choose();
  cy.on("zoom", later);
  return () => {
    clearTimeout(timer);
    cy.off("zoom", later);
    cy.nodes().removeClass("unnamed");
  };
}

interface Box {
  x1: number;
  x2: number;
  y1: number;
  y2: number;
}
const overlap = (a: Box, b: Box): boolean => a.x1 < b.x2 && b.x1 < a.x2 && a.y1 < b.y2 && b.y1 < a.y2;
