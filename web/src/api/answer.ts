// A question of a view and how it stands: loading, answered, failed. What was answered before shows at once.
import { useEffect, useState } from "preact/hooks";
import type { Answer, Given, Problem, Readable } from "./client";
import { Failure, address, all, get, key, local, reason, round } from "./client";

export interface Asked<T> {
  answer: T | null;
  problem: Problem | null;
  loading: boolean;
}

const KEPT = 60;
const kept = new Map<string, unknown>();

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
  useEffect(() => {
    if (asked === null || path === null) return undefined;
    const leaving = new AbortController();
    const work = most ? all(path, given, most, leaving.signal) : get(path, given, leaving.signal);
    work.then(
      (answer) => {
        kept.delete(asked);
        kept.set(asked, answer);
        const first = kept.keys().next();
        if (kept.size > KEPT && !first.done) kept.delete(first.value);
        set({ asked, answer, problem: null, loading: false });
      },
      (error: unknown) => {
        if (leaving.signal.aborted) return;
        const unexpected = local("unexpected", `页面出错：${String(error)}`, `The page failed: ${String(error)}`);
        const problem = error instanceof Failure ? error.problem : unexpected;
        set({ asked, answer: null, problem, loading: false });
      },
    );
    return () => leaving.abort();
  }, [asked]);
  if (state.asked === asked) return state;
  const begun = start<Answer<P>>(asked);
  // What stood here stays, dimmed, until the new answer comes.
  return begun.answer || asked === null ? begun : { answer: state.answer, problem: null, loading: true };
}

function start<T>(asked: string | null): { asked: string | null } & Asked<T> {
  const answer = (asked === null ? null : (kept.get(asked) ?? null)) as T | null;
  return { asked: answer ? asked : null, answer, problem: null, loading: asked !== null && answer === null };
}
