// A text on its way into the editor: it is longer than an address may be, so it waits here.
import { signal } from "@preact/signals";
import { go, link } from "../../frame/address";
import type { Shapes } from "../../api/client";
import type { Parameter } from "./shape";

export interface Draft {
  text: string;
  /** Counts up when the text comes from elsewhere than the editor. */
  edition: number;
  /** As typed: JSON, or plain text. */
  parameters: { name: string; value: string }[];
  /** The saved query that it is, while nothing of it is changed. */
  saved: Shapes["SavedShape"] | null;
  /** The saved query that it was made from, changed or not: under its name it is kept again. */
  basis: Shapes["SavedShape"] | null;
}

const BEGIN = `MATCH (q:Quarter)
RETURN q.id AS 编号, q.name AS 名称, q.households AS 户数
ORDER BY q.id
LIMIT 50`;
export const draft = signal<Draft>({ text: BEGIN, edition: 0, parameters: [], saved: null, basis: null });

/** A question of the catalogue into the editor. Dates come as `date('…')`, since JSON has none. */
export function put(text: string, given: Record<string, string>, parameters: Parameter[]): void {
  let body = text;
  const left: Draft["parameters"] = [];
  const today = new Date().toISOString().slice(0, 10);
  for (const { name, type, default: otherwise } of parameters) {
    if (type === "date") {
      const day = given[name] ?? (otherwise === "today" ? today : null);
      body = body.replaceAll(new RegExp(`\\$${name}\\b`, "g"), day ? `date('${day}')` : "null");
      continue;
    }
    const value = given[name];
    const typed = value === undefined ? otherwise : type === "string" ? value : type === "strings" ? value.split(",") : JSON.parse(value);
    left.push({ name, value: JSON.stringify(typed ?? null) });
  }
  draft.value = { text: body, edition: draft.value.edition + 1, parameters: left, saved: null, basis: null };
  go(link("/questions/cypher"));
}

export function open(saved: Shapes["SavedShape"], today: string): void {
  const parameters = Object.entries(saved.parameters ?? {}).map(([name, declared]) => {
    const value = declared.default === "today" ? today : declared.default;
    return { name, value: value === null || value === undefined ? "" : typeof value === "string" ? value : JSON.stringify(value) };
  });
  draft.value = { text: saved.text, edition: draft.value.edition + 1, parameters, saved, basis: saved };
  go(link("/questions/cypher"));
}
