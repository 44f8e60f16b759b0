// Rows of a long answer, a window at a time: what is near is kept, what is far is asked for again.
import { useEffect, useRef, useState } from "preact/hooks";
import type { Given, Problem, Readable, Stamp } from "../api/client";
import { Failure, address, get, key, local, reason, round } from "../api/client";

export type Row = Record<string, unknown>;
export interface Counted {
  value: string | null;
  rows: number;
}
interface Paged {
  data: Row[] | ({ rows: Row[] } & Row);
  stamp: Stamp;
  page: { total: number; counts?: Record<string, Counted[]> | null };
}

export const PAGE = 200; // rows of one request
const KEPT = 30; // pages in memory: 6,000 rows

export interface Rows {
  total: number | null;
  stamp: Stamp | null;
  counts: Record<string, Counted[]>;
  /** What the answer has beside its rows, like the tally of findings. */
  beside: Row;
  problem: Problem | null;
  loading: boolean;
  at: (index: number) => Row | undefined;
  /** Ask for what is missing between two rows. */
  need: (from: number, to: number) => void;
}

export function useRows(path: Readable | null, given: Given): Rows {
  const where = path === null ? null : [address(path, given), key.value ? "k" : "", reason.value, round.value].join("\n");
  const [, redraw] = useState(0);
  const state = useRef<Held>(nothing(null));
  if (state.current.where !== where) {
    const before = state.current;
    before.leaving.abort();
    // Heading, counts and length stay until the new answer is there, so that the page does not jump.
    state.current = { ...nothing(where), counts: before.counts, stamp: before.stamp, beside: before.beside };
  }
  const held = state.current;
  const fetchPage = (page: number): void => {
    if (path === null || held.asked.has(page) || held.pages.has(page)) return;
    held.asked.add(page);
    void get(path, { ...given, limit: PAGE, offset: page * PAGE }, held.leaving.signal)
      .then((answer) => {
        const found = answer as unknown as Paged;
        if (held.stamp && held.total !== null && held.stamp.data_version !== found.stamp.data_version) {
          // The data moved between two pages: begin again rather than mix them.
          round.value += 1;
          return;
        }
        const rows = Array.isArray(found.data) ? found.data : found.data.rows;
        held.pages.set(page, rows);
        for (const old of held.pages.keys()) {
          if (held.pages.size <= KEPT) break;
          held.pages.delete(old);
        }
        held.total = found.page.total;
        held.stamp = found.stamp;
        held.counts = found.page.counts ?? held.counts;
        held.beside = Array.isArray(found.data) ? {} : found.data;
      })
      .catch((error: unknown) => {
        if (held.leaving.signal.aborted) return;
        held.problem = error instanceof Failure ? error.problem : local("unexpected", String(error), String(error));
      })
      .finally(() => {
        held.asked.delete(page);
        if (state.current === held) redraw((n) => n + 1);
      });
  };
  useEffect(() => {
    if (where !== null) fetchPage(0);
  }, [where]);
  useEffect(() => () => state.current.leaving.abort(), []);
  return {
    total: held.total,
    stamp: held.stamp,
    counts: held.counts,
    beside: held.beside,
    problem: held.problem,
    loading: where !== null && held.total === null && held.problem === null,
    at: (index) => held.pages.get(Math.floor(index / PAGE))?.[index % PAGE],
    need: (from, to) => {
      for (let page = Math.floor(from / PAGE); page <= Math.floor(Math.max(to - 1, 0) / PAGE); page += 1) fetchPage(page);
    },
  };
}

interface Held {
  where: string | null;
  pages: Map<number, Row[]>;
  asked: Set<number>;
  total: number | null;
  stamp: Stamp | null;
  counts: Record<string, Counted[]>;
  beside: Row;
  problem: Problem | null;
  leaving: AbortController;
}

const nothing = (where: string | null): Held => ({
  where,
  pages: new Map(),
  asked: new Set(),
  total: null,
  stamp: null,
  counts: {},
  beside: {},
  problem: null,
  leaving: new AbortController(),
});
