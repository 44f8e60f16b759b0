// Rows of ad-hoc Cypher as they come: JSON lines, read while the engine still works, stopped by going away.
import type { Problem, Stamp } from "../../api/client";
import { Failure, ask, local, newest } from "../../api/client";

export interface Notice {
  line: number;
  column: number;
  zh: string;
  en: string;
}
export interface End {
  rows_given: number;
  truncated: boolean;
  cut: string | null;
  notices: Notice[];
  stamp: Stamp;
}
export interface Told {
  columns: (names: string[]) => void;
  rows: (rows: unknown[][]) => void;
}

/** Ask, and tell of what comes; the end, or null where it was stopped. Raises `Failure`. */
export async function stream(where: string, body: unknown, told: Told, leaving: AbortSignal): Promise<End | null> {
  try {
    const response = await ask(`${where}?format=jsonl`, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify(body),
      signal: leaving,
    });
    return await read(response, told);
  } catch (error) {
    if (leaving.aborted) return null;
    throw error;
  }
}

async function read(response: Response, told: Told): Promise<End | null> {
  const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader();
  let rest = "";
  let end: End | null = null;
  for (;;) {
    const { done, value } = await reader.read();
    const lines = (rest + (value ?? "")).split("\n");
    rest = done ? "" : lines.pop()!;
    const rows: unknown[][] = [];
    for (const line of lines) {
      if (!line) continue;
      const found = JSON.parse(line) as unknown[] | { columns?: string[]; end?: End; error?: Problem };
      if (Array.isArray(found)) rows.push(found);
      else if (found.columns) told.columns(found.columns);
      else if (found.error) throw new Failure(found.error);
      else if (found.end) end = found.end;
    }
    if (rows.length) told.rows(rows);
    if (done) break;
  }
  if (!end) throw new Failure(local("no_answer", "连接中断，结果不完整。", "The connection broke; rows are missing."));
  if (end.stamp.data_version > newest.value) newest.value = end.stamp.data_version;
  return end;
}

/** Line and column that the service's words name, from 1. */
export function placeOf(problem: Problem): { line: number; column: number } | null {
  const found = /line (\d+), column (\d+)/i.exec(problem.detail_en);
  return found ? { line: Number(found[1]), column: Number(found[2]) } : null;
}
