// The views: first part of the address, name, and the module that is loaded when it is first opened.
// A new view is a folder in `views/`, a line here, its texts in `texts/*.ts`, and its name in
// `api/documents/page.py` (VIEWS), so that the service answers its addresses.
import type { ComponentType } from "preact";
import type { Texts } from "../texts";
import Overview from "../views/overview";

export interface View {
  path: string;
  name: (t: Texts) => string;
  load: () => Promise<{ default: ComponentType }>;
  /** Of the view that one begins with: it comes with the page. */
  body?: ComponentType;
  /** Whether area tree and day belong to the view. */
  placed: boolean;
}

export const VIEWS: readonly View[] = [
  { path: "overview", name: (t) => t.views.overview, load: () => Promise.resolve({ default: Overview }), body: Overview, placed: true },
  { path: "lists", name: (t) => t.views.lists, load: () => import("../views/lists"), placed: true },
  { path: "graph", name: (t) => t.views.graph, load: () => import("../views/graph"), placed: true },
  { path: "appointments", name: (t) => t.views.appointments, load: () => import("../views/appointments"), placed: false },
  { path: "import", name: (t) => t.views.import, load: () => import("../views/import"), placed: false },
  { path: "questions", name: (t) => t.views.questions, load: () => import("../views/questions"), placed: false },
  { path: "account", name: (t) => t.views.account, load: () => import("../views/account"), placed: false },
];
