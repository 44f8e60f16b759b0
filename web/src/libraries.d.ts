// Libraries without types of their own.
declare module "cytoscape-fcose";
