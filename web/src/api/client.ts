// One way to the service: typed by its OpenAPI document, with the key in memory and problems as they come.
import { signal } from "@preact/signals";
import type { components, paths } from "./schema";

export type Problem = components["schemas"]["Problem"];
export type Stamp = components["schemas"]["Stamp"];
export type Shapes = components["schemas"];

type Json<O> = O extends { responses: { 200: { content: { "application/json": infer B } } } } ? B : never;
export type Readable = { [P in keyof paths]: paths[P] extends { get: object } ? P : never }[keyof paths];
export type Sendable = { [P in keyof paths]: paths[P] extends { post: object } ? P : never }[keyof paths];
/** What GET of a path answers. */
export type Answer<P extends Readable> = paths[P] extends { get: infer O } ? Json<O> : never;
export type Sent<P extends Sendable> = paths[P] extends { post: infer O } ? Json<O> : never;

export type Value = string | number | boolean | null | undefined;
/** Parameters of a request; absent and empty ones are left out. `$name` fills `{name}` of the path. */
export type Given = Record<string, Value>;

/** The key of who is logged in. It is nowhere else: not in the address, a cookie or a store. */
export const key = signal<string | null>(null);
/** Whether the service no longer takes the key of who is logged in: withdrawn, or at its end. */
export const turnedAway = signal<boolean>(false);
/** The reason for personal data that stands until it is taken back; sent with every request. */
export const reason = signal<string | null>(null);
/** The newest data version that any answer bore. */
export const newest = signal<number>(0);
/** Counts up when everything on the screen is to be asked anew. */
export const round = signal<number>(0);

/** An answer that is no good one. Its `problem` is the service's own, or one of the line between. */
export class Failure extends Error {
  constructor(readonly problem: Problem) {
    super(problem.detail_zh);
  }
}

export function address(path: string, given: Given = {}): string {
  const rest: [string, string][] = [];
  let filled = path;
  for (const [name, value] of Object.entries(given)) {
    if (value === null || value === undefined || value === "") continue;
    if (name.startsWith("$")) filled = filled.replace(`{${name.slice(1)}}`, encodeURIComponent(String(value)));
    else rest.push([name, String(value)]);
  }
  const query = new URLSearchParams(rest).toString();
  return query ? `${filled}?${query}` : filled;
}

function headers(more: Record<string, string> = {}): Record<string, string> {
  const found: Record<string, string> = { ...more };
  if (key.value) found["Authorization"] = `Bearer ${key.value}`;
  if (reason.value) found["Cobuild-Reason"] = encodeURIComponent(reason.value);
  return found;
}

/** The answer of the service, whatever its body; raises `Failure`. */
export async function ask(where: string, options: RequestInit = {}): Promise<Response> {
  let response: Response;
  try {
    response = await fetch(where, { ...options, headers: headers(options.headers as Record<string, string>) });
  } catch (error) {
    if (error instanceof DOMException && error.name === "AbortError") throw error;
    throw unanswered();
  }
  return settle(response);
}

const unanswered = (): Failure =>
  new Failure(
    local("no_answer", "服务没有应答。请确认服务仍在运行、网络通畅，然后重试。", "The service does not answer. See that it runs and that the network is up, then try again."),
  );

async function settle(response: Response): Promise<Response> {
  if (response.ok) return response;
  if (response.status === 401 && key.value) turnedAway.value = true;
  let problem: Problem;
  try {
    problem = (await response.json()) as Problem;
  } catch {
    const about = `${response.status} ${response.statusText}`;
    problem = local("not_readable", `回答无法读取（${about}）。`, `The answer cannot be read (${about}).`);
  }
  throw new Failure({ ...problem, status: response.status });
}

/** A file sent, with word of how much of it has gone: `fetch` does not tell. Raises `Failure` as `ask` does. */
export function upload(method: string, where: string, file: File, say: (part: number) => void): Promise<Response> {
  return new Promise((done, fail) => {
    const request = new XMLHttpRequest();
    request.open(method, where);
    for (const [name, value] of Object.entries(headers({ "Content-Type": "application/octet-stream" }))) request.setRequestHeader(name, value);
    request.upload.onprogress = (event) => event.lengthComputable && say(event.loaded);
    request.onload = () => {
      const { status, statusText, response } = request;
      void settle(new Response(response as string, { status, statusText })).then(done, fail);
    };
    request.onerror = request.ontimeout = request.onabort = () => fail(unanswered());
    request.send(file);
  });
}

export function local(code: string, zh: string, en: string): Problem {
  const detail = { detail: `${zh} / ${en}`, detail_zh: zh, detail_en: en };
  return { type: "", title: "", status: 0, instance: "", code, subject: null, ...detail };
}

/** GET, as JSON of the shape that the contract says. */
export async function get<P extends Readable>(path: P, given: Given = {}, signal?: AbortSignal): Promise<Answer<P>> {
  const response = await ask(address(path, given), signal ? { signal } : {});
  return seen((await response.json()) as Answer<P>);
}

/** POST of JSON. */
export async function post<P extends Sendable>(path: P, body: unknown, given: Given = {}): Promise<Sent<P>> {
  const response = await ask(address(path, given), {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(body),
  });
  return seen((await response.json()) as Sent<P>);
}

type Verb = "post" | "put" | "delete" | "patch";
type Told<P extends keyof paths, V extends Verb> = paths[P] extends { [K in V]: infer O } ? Json<O> : never;

/** Any other request with a body of JSON, or none. */
export async function send<V extends Uppercase<Verb>, P extends keyof paths>(
  verb: V,
  path: P,
  given: Given = {},
  body?: unknown,
): Promise<Told<P, Lowercase<V>>> {
  const json = body === undefined ? {} : { headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) };
  const response = await ask(address(path, given), { method: verb, ...json });
  return seen((await response.json()) as Told<P, Lowercase<V>>);
}

/** All rows of an answer that comes in pages; at most `most`. Every page is of one data version. */
export async function all<P extends Readable>(path: P, given: Given, most: number, signal?: AbortSignal): Promise<Answer<P>> {
  const first = (await get(path, { limit: 1000, ...given }, signal)) as Paged;
  const rows = rowsOf(first);
  let next = first.page?.next;
  while (next && rows.length < most) {
    const more = (await get(path, { limit: 1000, ...given, cursor: next } as Given, signal)) as Paged;
    rows.push(...rowsOf(more));
    next = more.page?.next;
  }
  return first as Answer<P>;
}

interface Paged {
  data: unknown[] | { rows: unknown[] };
  page?: { next: string | null; total: number };
}
const rowsOf = (answer: Paged): unknown[] => (Array.isArray(answer.data) ? answer.data : answer.data.rows);

function seen<T>(answer: T): T {
  const stamp = (answer as { stamp?: Stamp }).stamp;
  if (stamp && stamp.data_version > newest.value) newest.value = stamp.data_version;
  return answer;
}

/** A file of the service into the downloads folder, under the name that the service gives it. */
export async function download(where: string): Promise<void> {
  const response = await ask(where);
  const given = response.headers.get("content-disposition") ?? "";
  const full = /filename\*=UTF-8''([^;]+)/.exec(given)?.[1];
  const plain = /filename="([^"]+)"/.exec(given)?.[1];
  save(await response.blob(), full ? decodeURIComponent(full) : (plain ?? "cobuild"));
}

export function save(content: Blob, name: string): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(content);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}
