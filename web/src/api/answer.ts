// A question of a view and how it stands: loading, answered, failed. What was answered before shows at once.
import { useLayoutEffect, useState } from "preact/hooks";
import type { Answer, Given, Problem, Readable } from "./client";
import { Failure, address, all, get, key, local, reason, round } from "./client";

export interface Asked<T> {
  answer: T | null;
  problem: Problem | null;
  loading: boolean;
}

const KEPT = 60;
const FRESH = 5_000; // ms in which an answer is not asked for again: parts of one view begin one after the other
const kept = new Map<string, { answer: unknown; at: number }>();
/** Questions under way: parts of a view that ask the same share one request. */
const underWay = new Map<string, { work: Promise<unknown>; askers: number; leaving: AbortController }>();

/** The answer to `asked`, by `begin` unless it is under way already; ended when nobody waits for it any longer. */
function share<T>(asked: string, begin: (signal: AbortSignal) => Promise<T>): { work: Promise<T>; leave: () => void } {
  let found = underWay.get(asked);
  if (!found) {
    const leaving = new AbortController();
    const begun = { work: begin(leaving.signal) as Promise<unknown>, askers: 0, leaving };
    const over = (): void => {
      if (underWay.get(asked) === begun) underWay.delete(asked);
    };
    begun.work.then(over, over);
    underWay.set(asked, begun);
    found = begun;
  }
  const one = found;
  one.askers += 1;
  const leave = (): void => {
    one.askers -= 1;
    if (one.askers > 0 || underWay.get(asked) !== one) return;
    underWay.delete(asked);
    one.leaving.abort();
  };
  return { work: one.work as Promise<T>, leave };
}

/** Forget all answers: who is logged in, or what they may see, has changed. */
export function forget(): void {
  kept.clear();
  round.value += 1;
}

/**
 * The answer to GET `path`; null for a question that cannot be put yet.
 * `most`: all pages up to so many rows instead of the first page.
 */
export function useAnswer<P extends Readable>(path: P | null, given: Given = {}, most?: number): Asked<Answer<P>> {
  const where = path === null ? null : address(path, given);
  const asked = where === null ? null : [where, most, key.value ? "k" : "", reason.value, round.value].join("\n");
  const [state, set] = useState<{ asked: string | null } & Asked<Answer<P>>>(() => start(asked));
  // Before the browser paints: what is asked is under way while it does.
  useLayoutEffect(() => {
    if (asked === null || path === null) return undefined;
    if (Date.now() - (kept.get(asked)?.at ?? 0) < FRESH) {
      set(start(asked));
      return undefined;
    }
    let gone = false;
    const { work, leave } = share(asked, (signal) => (most ? all(path, given, most, signal) : get(path, given, signal)));
    work.then(
      (answer) => {
        kept.delete(asked);
        kept.set(asked, { answer, at: Date.now() });
        const first = kept.keys().next();
        if (kept.size > KEPT && !first.done) kept.delete(first.value);
        if (!gone) set({ asked, answer, problem: null, loading: false });
      },
      (error: unknown) => {
        if (gone) return;
        const unexpected = local("unexpected", `页面出错：${String(error)}`, `The page failed: ${String(error)}`);
        const problem = error instanceof Failure ? error.problem : unexpected;
        set({ asked, answer: null, problem, loading: false });
      },
    );
    return () => {
      gone = true;
      leave();
    };
  }, [asked]);
  if (state.asked === asked) return state;
  const begun = start<Answer<P>>(asked);
  // What stood here stays, dimmed, until the new answer comes.
  return begun.answer || asked === null ? begun : { answer: state.answer, problem: null, loading: true };
}

function start<T>(asked: string | null): { asked: string | null } & Asked<T> {
  const answer = (asked === null ? null : (kept.get(asked)?.answer ?? null)) as T | null;
  return { asked: answer ? asked : null, answer, problem: null, loading: asked !== null && answer === null };
}
