// The state of a view is its address: read from it, written to it, so that back, forward and a sent link work.
import { computed, signal } from "@preact/signals";

export interface Here {
  path: string;
  params: URLSearchParams;
}

const read = (): Here => ({ path: location.pathname, params: new URLSearchParams(location.search) });
export const here = signal<Here>(read());
window.addEventListener("popstate", () => (here.value = read()));

/** Parameters that go along from view to view. */
const SHARED = ["area", "as_of"];
export type Changes = Record<string, string | null | undefined>;

export const area = computed(() => here.value.params.get("area"));
export const asOf = computed(() => here.value.params.get("as_of"));
/** A parameter of this view. */
export const param = (name: string): string | null => here.value.params.get(name);
/** A parameter with several values, separated by commas. */
export const list = (name: string): string[] => (param(name) ?? "").split(",").filter(Boolean);
/** The parts of the path: `/lists/gaps` is ["lists", "gaps"]. */
export const parts = computed(() => here.value.path.split("/").filter(Boolean).map(decodeURIComponent));

/** The address of a view with area and day as they are, and parameters of its own. */
export function link(path: string, given: Changes = {}): string {
  const params = new URLSearchParams();
  for (const name of SHARED) if (here.value.params.get(name)) params.set(name, here.value.params.get(name)!);
  return put(path, params, given);
}

/** This address with some parameters changed; null takes one out. */
export function changed(given: Changes): string {
  return put(here.value.path, new URLSearchParams(here.value.params), given);
}

function put(path: string, params: URLSearchParams, given: Changes): string {
  for (const [name, value] of Object.entries(given)) {
    if (value === null || value === undefined || value === "") params.delete(name);
    else params.set(name, value);
  }
  const query = params.toString().replaceAll("%2C", ",").replaceAll("%3A", ":").replaceAll("%7E", "~").replaceAll("%3D", "=").replaceAll("%3B", ";");
  return query ? `${path}?${query}` : path;
}

/** Go there. `replace` for what one would not go back to, like a letter more in a search box. */
export function go(where: string, replace = false): void {
  if (where === location.pathname + location.search) return;
  history[replace ? "replaceState" : "pushState"](null, "", where);
  const before = here.value.path;
  here.value = read();
  if (before !== here.value.path) window.scrollTo(0, 0);
}
export const change = (given: Changes, replace = false): void => go(changed(given), replace);

/** Links inside of the page do not load it anew; those with a modifier key do what the browser does. */
export function followLinks(): void {
  document.addEventListener("click", (event) => {
    const found = (event.target as Element).closest?.("a[href]");
    if (!(found instanceof HTMLAnchorElement) || event.defaultPrevented || event.button !== 0) return;
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey || found.target || found.download) return;
    if (found.origin !== location.origin || !found.hasAttribute("data-here")) return;
    event.preventDefault();
    go(found.pathname + found.search);
  });
}
