// The library has no types of its own.
declare module "cytoscape-fcose" {
  const extension: (cy: unknown) => void;
  export default extension;
}
