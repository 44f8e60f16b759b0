// Names in a picture: never smaller than can be read; those that would lie over others are left out until one zooms in.
import type { Core, NodeSingular } from "cytoscape";

const MOST = 2000; // names above which none is measured
const MOST_CROWDED = 600; // the same where things, too, are kept clear of names
const LEAST = 9; // px of the screen
const TITLE = 22; // of a box
const PAUSE = 120; // ms after the last zoom

/** How large names are in the picture, and how wide before they break into lines. */
export interface Size {
  font: number;
  widest: number;
}

/**
 * Leave out what overlaps, now and after every zoom; places that hold others go first. Ends by what it returns.
 * `grow`: names of this size grow with the distance, and keep clear of the things beside them.
 */
export function thinOut(cy: Core, first: (node: NodeSingular) => boolean, grow: Size | null = null): () => void {
  let timer = 0;
  const choose = (): void => {
    const nodes = cy.nodes().not(".group").toArray() as NodeSingular[];
    if (nodes.length > (grow ? MOST_CROWDED : MOST)) return;
    const sorted = [...nodes.filter(first), ...nodes.filter((node) => !first(node))];
    cy.batch(() => {
      cy.nodes().removeClass("unnamed");
      if (grow) cy.nodes().not(".group").style({ "font-size": Math.max(grow.font, LEAST / cy.zoom()), "text-max-width": `${grow.widest}px` });
    });
    const bodies = grow ? nodes.map((node) => ({ id: node.id(), box: bodyOf(node) })) : [];
    const taken: Box[] = [];
    const without: NodeSingular[] = [];
    if (grow) {
      const groups = (cy.nodes(".group").toArray() as NodeSingular[]).sort((a, b) => Number(a.style("z-index")) - Number(b.style("z-index")));
      const size = Math.max(TITLE, LEAST / cy.zoom());
      cy.batch(() => groups.forEach((group) => group.style({ "font-size": size, "text-background-opacity": size > TITLE ? 0.7 : 0 })));
      // Outer boxes first: of two that lie side by side without room for both titles one is named.
      for (const group of groups) {
        const box = titleOf(group);
        if (taken.some((other) => overlap(box, other))) without.push(group);
        else taken.push(box);
      }
    }
    for (const node of sorted) {
      const box = titleOf(node);
      if (taken.some((other) => overlap(box, other)) || bodies.some(({ id, box: body }) => id !== node.id() && overlap(box, body))) without.push(node);
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

const titleOf = (node: NodeSingular): Box => node.renderedBoundingBox({ includeNodes: false, includeLabels: true, includeOverlays: false });
const bodyOf = (node: NodeSingular): Box => node.renderedBoundingBox({ includeNodes: true, includeLabels: false, includeOverlays: false });

interface Box {
  x1: number;
  x2: number;
  y1: number;
  y2: number;
}
const overlap = (a: Box, b: Box): boolean => a.x1 < b.x2 && b.x1 < a.x2 && a.y1 < b.y2 && b.y1 < a.y2;
