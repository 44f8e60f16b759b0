// What a question's rows are, whatever way they came: columns with headings, rows as lists of cells.
import { useAnswer } from "../../api/answer";
import type { Answer, Shapes } from "../../api/client";
import { language } from "../../frame/settings";
import { t } from "../../texts";

export type Query = Shapes["QueryShape"];
export type Parameter = Shapes["ParameterShape"];
export type Model = Answer<"/api/v1/model">["data"];
export interface Heading {
  name: string;
  heading: string;
  secret?: boolean;
}
export interface Rows {
  columns: Heading[];
  rows: unknown[][];
}

/** What a question is about; its Chinese text calls columns and parameters as the table and the form do. */
export function aboutOf(query: Query): string {
  if (language.value !== "zh" || !query.about_zh) return query.about || (query.about_zh ?? "");
  const words = new Map(query.parameters.map((p) => [p.name, p.zh.split("，")[0]!]));
  for (const column of query.columns) words.set(column.name, column.zh);
  return query.about_zh.replace(/ ?`?(?<![\w.])([a-z]\w*)(?![\w.])`? ?/g, (all, name: string) => (words.has(name) ? `“${words.get(name)!}”` : all));
}

export function useModel(): Model | null {
  return useAnswer("/api/v1/model").answer?.data ?? null;
}

/** Whether a text is the id of a thing, and of which type. */
export interface Ids {
  label: (value: unknown) => string | null;
}

export function idsOf(model: Model | null): Ids {
  const types = new Map<string, string>();
  for (const node of model?.nodes ?? []) if (node.prefix) types.set(node.prefix, node.label);
  return {
    label: (value) => {
      if (typeof value !== "string") return null;
      if (/^\d{12}$/.test(value)) return "Area";
      const prefix = /^([a-z]{1,2})-[\w.-]+$/.exec(value)?.[1];
      return (prefix && types.get(prefix)) ?? null;
    },
  };
}

/** The parts of an edge's id: from, type, to. */
export function edgeOf(value: unknown): { from: string; type: string; to: string } | null {
  const found = typeof value === "string" ? /^([\w.-]+)~([A-Z_]+)~([\w.-]+)(?:~|$)/.exec(value) : null;
  return found ? { from: found[1]!, type: found[2]!, to: found[3]! } : null;
}

/** A cell as plain text: for sorting, copying and titles. */
export function plain(value: unknown): string {
  if (value === null || value === undefined) return "";
  if (typeof value === "boolean") return value ? t().words.yes : t().words.no;
  if (Array.isArray(value)) return value.map(plain).join("；");
  if (typeof value === "object") return JSON.stringify(value);
  return String(value);
}

export function compare(a: unknown, b: unknown): number {
  if (a === null || a === undefined) return b === null || b === undefined ? 0 : 1; // not known comes last
  if (b === null || b === undefined) return -1;
  if (typeof a === "number" && typeof b === "number") return a - b;
  return plain(a).localeCompare(plain(b), "zh-CN", { numeric: true });
}
