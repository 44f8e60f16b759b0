// The lists: which answer each shows, its columns, what can be filtered by, and what names a row.
import type { ComponentChildren } from "preact";
import type { Given, Readable } from "../../api/client";
import { area, asOf, param } from "../../frame/address";
import type { Row } from "../../parts/rows";
import type { Words } from "../../parts/words";
import type { Texts } from "../../texts";
import { number, pick, t } from "../../texts";

export type Filter = "values" | "text" | "bounds" | "days";
export interface ListColumn {
  name: string;
  /** Its name in the texts, where it is not that of the column. */
  word?: keyof Texts["lists"]["columns"];
  width: number;
  figure?: boolean;
  /** Shown unless someone chooses otherwise. */
  usual?: boolean;
  filter?: Filter;
  show?: (row: Row, words: Words) => ComponentChildren;
  /** Of two columns that say the same: shown in this language only, unless rows are chosen by it. */
  only?: "zh" | "en";
  /** The column of exports that says the same. */
  exported?: string;
  /** How a value is called among those to choose from. */
  label?: (value: string, words: Words) => string;
}
export interface Kind {
  name: ListName;
  path: Readable;
  exported: string;
  given: () => Given;
  needsArea?: boolean;
  sort: string;
  columns: ListColumn[];
  idOf: (row: Row) => string;
}
export type ListName = keyof Texts["lists"]["names"];

const text = (value: unknown): string => (value === null || value === undefined ? "" : String(value));
const word = (value: unknown): string => (t().words as unknown as Record<string, string>)[text(value)] ?? text(value);
const severity = (row: Row): ComponentChildren => (
  <span class={`severity-${text(row["severity"])}`}>{word(row["severity"])}</span>
);
const since = (row: Row): ComponentChildren =>
  row["since_known"] === false || row["since"] === null ? (
    <span class="soft">{t().words.sinceUnknown}</span>
  ) : Array.isArray(row["since"]) ? (
    row["since"].join("–")
  ) : (
    text(row["since"])
  );
const many = (value: unknown): string => (Array.isArray(value) ? value.join("、") : text(value));
/** What is missing: of `post@id` the register, of `id.seats` the property, with the id where it is not the row's own. */
const lacking = (row: Row, words: Words): string =>
  (Array.isArray(row["missing"]) ? row["missing"] : [])
    .map((item: unknown) => {
      const [code, id] = text(item).split("@");
      if (id !== undefined) return t().lists.lacking(words.value(code, "subject"), id === row["subject"] ? null : id);
      const dot = text(item).lastIndexOf(".");
      if (dot < 0) return text(item);
      const [of, what] = [text(item).slice(0, dot), words.property(text(item).slice(dot + 1))];
      return of === row["subject"] ? what : `${t().lists.lackingOf.before(what)}${of}${t().lists.lackingOf.after(what)}`;
    })
    .join(pick("、", "; "));
const byWord = (value: string): string => word(value);
const byValue =
  (name: string) =>
  (value: string, words: Words): string =>
    words.value(value, name);
const byType = (value: string, words: Words): string => words.type(value);
/** A column that answers give in both languages, as two: values to choose from are in the language that is on. */
const both = (inChinese: string, inEnglish: string, rest: Omit<ListColumn, "name">, label?: ListColumn["label"]): ListColumn[] => [
  { ...rest, name: inChinese, only: "zh" },
  { ...rest, name: inEnglish, only: "en", exported: inChinese, ...(label ? { label, show: (r, w) => label(text(r[inEnglish]), w) } : {}) },
];
const place = (): Given => ({ area: area.value, as_of: asOf.value });

export const KINDS: readonly Kind[] = [
  {
    name: "gaps",
    path: "/api/v1/gaps",
    exported: "/api/v1/gaps/export",
    given: () => ({ ...place(), state: param("state") ?? "gap", dimension: param("dimension") }),
    sort: "title_zh,-households",
    idOf: (row) => `${text(row["dimension"])}|${text(row["subject"])}`,
    columns: [
      ...both("title_zh", "title", { word: "dimension", width: 14, usual: true, filter: "values" }),
      { name: "subject_name", width: 15, usual: true, filter: "text" },
      { name: "area_name", width: 11, usual: true, filter: "values" },
      { name: "households", width: 6, figure: true, usual: true, filter: "bounds", show: (r) => number(r["households"] as number) },
      { name: "since", width: 10, usual: true, filter: "days", show: since },
      { name: "rules", width: 8, usual: true, filter: "values", show: (r) => many(r["rules"]) },
      { name: "missing", width: 18, usual: true, filter: "text", show: lacking },
      { name: "evidence", width: 24, show: (r) => many(r["evidence"]) },
      { name: "subject", width: 14, filter: "text" },
    ],
  },
  {
    name: "findings",
    path: "/api/v1/checks",
    exported: "/api/v1/checks/export",
    given: () => ({ ...place(), verdict: param("verdict") ?? "fail", rule: param("rule"), lacks: param("lacks"), alone: param("alone") }),
    sort: "severity,code",
    idOf: (row) => text(row["finding"]),
    columns: [
      { name: "severity", width: 9, usual: true, filter: "values", show: severity, label: byWord },
      { name: "code", width: 7, usual: true, filter: "values" },
      ...both("title_zh", "title", { word: "rule", width: 15, usual: true, filter: "values" }),
      { name: "subject_name", width: 16, usual: true, filter: "text" },
      { name: "area_name", width: 10, usual: true, filter: "values" },
      { name: "reason_zh", word: "reason", width: 34, usual: true, filter: "text", show: (r) => pick(text(r["reason_zh"]), text(r["reason_en"])) },
      {
        name: "waiver",
        width: 6,
        usual: true,
        show: (r) => (r["waiver"] ? t().words.waived : ""),
      },
      { name: "missing", width: 18, filter: "text", show: lacking },
      { name: "finding", width: 26, filter: "text" },
      { name: "profile", width: 8, filter: "values" },
    ],
  },
  {
    name: "candidates",
    path: "/api/v1/candidates",
    exported: "/api/v1/candidates/export",
    given: () => ({ ...place(), rule: param("rule"), subject: param("subject") }),
    needsArea: true,
    sort: "",
    idOf: (row) => `${text(row["finding"])}|${text(row["candidate"])}`,
    columns: [
      { name: "code", width: 5, usual: true, filter: "values" },
      ...both("title_zh", "title", { word: "rule", width: 15, usual: true, filter: "values" }),
      { name: "subject_name", width: 13, usual: true, filter: "text" },
      { name: "body_name", width: 16, usual: true, filter: "text" },
      ...both("role_zh", "role", { word: "role", width: 6, usual: true, filter: "values" }, byValue("role")),
      { name: "rank", width: 4, figure: true, usual: true, filter: "bounds" },
      { name: "candidate", width: 12, usual: true, filter: "text" },
      { name: "candidate_name", width: 6, usual: true, filter: "text" },
      { name: "from_body_name", width: 16, usual: true, filter: "text" },
      { name: "blocked_by", width: 8, usual: true, filter: "values", show: (r) => many(r["blocked_by"]) },
      { name: "unconfirmed", width: 8, filter: "values", show: (r) => many(r["unconfirmed"]) },
      { name: "reasons_zh", word: "reason", width: 30, usual: true, show: (r) => pick(text(r["reasons_zh"]), text(r["reasons_en"])) },
      { name: "area_name", width: 10, filter: "values" },
    ],
  },
  {
    name: "terms",
    path: "/api/v1/reports/calendar",
    exported: "/api/v1/reports/calendar/export",
    given: () => ({ ...place(), days: param("days") ?? 180 }),
    sort: "",
    idOf: (row) => text(row["subject"]),
    columns: [
      { name: "last_day", width: 8, usual: true, filter: "days", show: (r) => text(r["written"]) },
      { name: "days_left", width: 6, figure: true, usual: true, filter: "bounds" },
      ...both("kind_zh", "kind_en", { word: "kind", width: 10, usual: true, filter: "values" }),
      { name: "name", word: "body", width: 20, usual: true, filter: "text" },
      ...both("role_zh", "role", { word: "role", width: 8, usual: true, filter: "values" }, byValue("role")),
      { name: "person", width: 11, usual: true, filter: "text" },
      { name: "person_name", width: 6, usual: true, filter: "text" },
      { name: "place_name", width: 14, usual: true, filter: "text" },
      { name: "month", width: 7, filter: "values" },
      { name: "subject", width: 26, filter: "text" },
    ],
  },
  {
    name: "needs",
    path: "/api/v1/queries/needs",
    exported: "/api/v1/queries/needs/export",
    given: place,
    needsArea: true,
    sort: "-since",
    idOf: (row) => text(row["need"]),
    columns: [
      { name: "name", width: 20, usual: true, filter: "text" },
      { name: "kind", word: "type", width: 7, usual: true, filter: "values", show: (r, w) => w.value(r["kind"], "kind"), label: byValue("kind") },
      { name: "category", width: 9, usual: true, filter: "values", show: (r, w) => w.value(r["category"], "category"), label: byValue("category") },
      { name: "status", width: 8, usual: true, filter: "values", show: (r, w) => w.value(r["status"], "status"), label: byValue("status") },
      { name: "since", width: 9, usual: true, filter: "days", show: since },
      { name: "until", width: 9, usual: true, filter: "days" },
      { name: "concerns_name", word: "concerns", width: 13, usual: true, filter: "text" },
      { name: "about", width: 26, usual: true, filter: "text" },
      { name: "concerns", word: "concernsId", width: 12, filter: "text" },
      { name: "need", word: "id", width: 12, filter: "text" },
    ],
  },
  {
    name: "bodies",
    path: "/api/v1/queries/area_bodies",
    exported: "/api/v1/queries/area_bodies/export",
    given: place,
    needsArea: true,
    sort: "type,name",
    idOf: (row) => text(row["body"]),
    columns: [
      { name: "type", width: 9, usual: true, filter: "values", show: (r, w) => w.type(r["type"]), label: byType },
      { name: "name", width: 22, usual: true, filter: "text" },
      { name: "tier", width: 9, usual: true, filter: "values", show: (r, w) => w.value(r["tier"], "tier"), label: byValue("tier") },
      { name: "level", width: 9, usual: true, filter: "values", show: (r, w) => w.value(r["level"], "level"), label: byValue("level") },
      { name: "covers_names", word: "covers", width: 30, usual: true, filter: "text", show: (r) => many(r["covers_names"]) },
      { name: "covers", word: "coversId", width: 20, filter: "text", show: (r) => many(r["covers"]) },
      { name: "body", word: "id", width: 13, usual: true, filter: "text" },
    ],
  },
  {
    name: "persons",
    path: "/api/v1/queries/area_posts",
    exported: "/api/v1/queries/area_posts/export",
    given: place,
    needsArea: true,
    sort: "body_name,role",
    idOf: (row) => text(row["post"]),
    columns: [
      { name: "person_name", width: 10, usual: true, filter: "text" },
      { name: "person", width: 12, usual: true, filter: "text" },
      { name: "role", width: 10, usual: true, filter: "values", show: (r, w) => w.value(r["role"], "role"), label: byValue("role") },
      { name: "body_name", word: "body", width: 22, usual: true, filter: "text" },
      { name: "concurrent", width: 6, usual: true, filter: "values", show: (r) => yesNo(r["concurrent"]), label: (v) => yesNo(v === "true") },
      { name: "capacity", width: 12, usual: true, show: (r, w) => w.value(r["capacity"], "capacity") },
      { name: "paid", width: 6, usual: true, show: (r) => yesNo(r["paid"]) },
      { name: "pay_basis", width: 8, show: (r, w) => w.value(r["pay_basis"], "pay_basis") },
      { name: "body", word: "bodyId", width: 12, filter: "text" },
      { name: "post", word: "id", width: 30, filter: "text" },
    ],
  },
];

function yesNo(value: unknown): string {
  if (value === true) return t().words.yes;
  if (value === false) return t().words.no;
  return text(value);
}
