// The exact lines that ask the same question without the page: curl, the command line, Python.
import { key, reason } from "../../api/client";

/** A word for a POSIX shell, as it is. */
export const quote = (text: string): string => (/^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`);

/** A value as a Python literal. */
export function literal(value: unknown): string {
  if (value === null || value === undefined) return "None";
  if (typeof value === "boolean") return value ? "True" : "False";
  if (Array.isArray(value)) return `[${value.map(literal).join(", ")}]`;
  if (typeof value === "object")
    return `{${Object.entries(value)
      .map(([name, one]) => `${literal(name)}: ${literal(one)}`)
      .join(", ")}}`;
  return JSON.stringify(value);
}

export interface Lines {
  curl: string;
  file?: string;
  cobuild: string | null;
  python: string;
}

/** The key comes from the environment: a key in a line would stay in a history. */
const header = (): string[] => [
  ...(key.value ? [`-H "Authorization: Bearer $COBUILD_KEY"`] : []),
  ...(reason.value ? [`-H ${quote(`Cobuild-Reason: ${encodeURIComponent(reason.value)}`)}`] : []),
];

function client(): string[] {
  const more = [
    literal(location.origin),
    ...(key.value ? [`key=os.environ["COBUILD_KEY"]`] : []),
    ...(reason.value ? [`reason=${literal(reason.value)}`] : []),
  ];
  return [...(key.value ? ["import os", ""] : []), "from cobuild_client import Client", "", `with Client(${more.join(", ")}) as client:`];
}

/** The command line shows personal data where the page does, with the same reason. */
const command = (words: string[]): string => {
  const before = reason.value ? ["cobuild", "--reason", quote(reason.value)] : ["cobuild"];
  return [...before, ...words, ...(reason.value ? ["--show-personal"] : [])].join(" ");
};

export function queryLines(name: string, given: Record<string, string>): Lines {
  const at = (path: string, more: [string, string][]): string => {
    const query = new URLSearchParams([...Object.entries(given), ...more]).toString();
    return `${location.origin}/api/v1/queries/${name}${path}${query ? `?${query}` : ""}`;
  };
  const words = Object.entries(given).map(([one, value]) => quote(`${one}=${value}`));
  return {
    curl: ["curl", "-fsS", ...header(), quote(at("", [["limit", "1000"]]))].join(" "),
    file: ["curl", "-fsS", ...header(), "-o", `${name}.csv`, quote(at("/export", [["format", "csv"]]))].join(" "),
    cobuild: command(["query", name, ...words, "--format", "json"]),
    python: [
      ...client(),
      `    rows = client.query(${[literal(name), ...named(given)].join(", ")})`,
      "    print(rows)",
    ].join("\n"),
  };
}

export interface Limits {
  rows: number;
  seconds: number | null;
}
type Bounds = { rows?: number; seconds?: number };
const bounds = ({ rows, seconds }: Limits): Bounds => ({ rows, ...(seconds ? { seconds } : {}) });
/** A file has all rows that the service gives. */
const unbound = ({ seconds }: Limits): Bounds => (seconds ? { seconds } : {});

const WORDS = new Set("False None True and as assert async await break class continue def del elif else except finally for from global if import in is lambda nonlocal not or pass raise return try while with yield".split(" "));
/** Arguments of a call in Python; names that Python has no room for stand in a dictionary. */
function named(parameters: Record<string, unknown>): string[] {
  const all = Object.entries(parameters);
  const plain = all.every(([name]) => /^[A-Za-z_]\w*$/.test(name) && !WORDS.has(name));
  return plain ? all.map(([name, value]) => `${name}=${literal(value)}`) : [`**${literal(parameters)}`];
}

const posted = (path: string, body: object, format: string): string[] => [
  "curl", "-fsS", "-X", "POST", ...header(), "-H", quote("Content-Type: application/json"), "--data-raw", quote(JSON.stringify(body)),
  quote(`${location.origin}/api/v1/${path}?format=${format}`),
];

export function cypherLines(query: string, parameters: Record<string, unknown>, limits: Limits): Lines {
  const words = Object.entries(parameters).flatMap(([name, value]) => ["--param", quote(`${name}=${JSON.stringify(value)}`)]);
  const seconds = limits.seconds ? ["--seconds", String(limits.seconds)] : [];
  return {
    curl: posted("cypher", { query, parameters, limits: bounds(limits) }, "jsonl").join(" "),
    file: [...posted("cypher", { query, parameters, limits: unbound(limits) }, "csv"), "-o", "rows.csv"].join(" "),
    cobuild: command(["cypher", quote(query), ...words, "--rows", String(limits.rows), ...seconds, "--format", "jsonl"]),
    python: [...client(), `    rows = client.cypher(${[literal(query), literal(bounds(limits)), ...named(parameters)].join(", ")})`, "    print(rows)"].join("\n"),
  };
}

export function savedLines(name: string, parameters: Record<string, unknown>, limits: Limits): Lines {
  const run = `saved/${name}/run`;
  return {
    curl: posted(run, { parameters, limits: bounds(limits) }, "jsonl").join(" "),
    file: [...posted(run, { parameters, limits: unbound(limits) }, "csv"), "-o", `${name}.csv`].join(" "),
    cobuild: null, // the command line has no accounts whose queries these would be
    python: [...client(), `    rows = client.saved(${[literal(name), literal(bounds(limits)), ...named(parameters)].join(", ")})`, "    print(rows)"].join("\n"),
  };
}
