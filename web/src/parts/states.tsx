// What stands in the place of an answer: loading, nothing, trouble; and notes that belong beside one.
import type { ComponentChildren, JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import type { Asked } from "../api/answer";
import type { Problem, Stamp } from "../api/client";
import { newest, round } from "../api/client";
import { useAreas } from "../frame/areas";
import { AskReason } from "../frame/reason";
import { loggingIn } from "../frame/who";
import { pick, t } from "../texts";

const SLOW = 1500; // ms after which a word of comfort is in place

export function Loading(): JSX.Element {
  const [slow, set] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => set(true), SLOW);
    return () => clearTimeout(timer);
  }, []);
  return (
    <p class="state" role="status">
      <span class="spinner" aria-hidden="true" /> {slow ? t().states.slow : t().states.loading}
    </p>
  );
}

export const Empty = (props: { children?: ComponentChildren }): JSX.Element => (
  <p class="state">{props.children ?? t().states.empty}</p>
);

/** Why there is no answer, in a sentence that says what to do, and the service's own words. */
export function Trouble(props: { problem: Problem; retry?: () => void }): JSX.Element {
  const { problem } = props;
  const known = t().states as unknown as Record<string, unknown>;
  const ours = known[problem.code];
  return (
    <div class="state trouble" role="alert">
      <p>
        <strong>{typeof ours === "string" ? ours : t().states.problem}</strong>
      </p>
      {problem.code !== "no_answer" && <p>{problem.status === 403 ? <Named text={pick(problem.detail_zh, problem.detail_en)} /> : pick(problem.detail_zh, problem.detail_en)}</p>}
      <p>
        {problem.code === "reason_needed" && <AskReason />}{" "}
        {problem.status === 401 ? (
          <button type="button" class="main" onClick={() => (loggingIn.value = true)}>
            {t().frame.logIn}
          </button>
        ) : (
          <button type="button" onClick={props.retry ?? (() => (round.value += 1))}>
            {t().states.retry}
          </button>
        )}
      </p>
    </div>
  );
}

/** Areas by name: of what is refused they are known, for the division of the country is public. */
function Named({ text }: { text: string }): JSX.Element {
  const { areas } = useAreas();
  return <>{text.replace(/\b\d{9,12}(?:-[\w-]+)?/g, (id) => areas?.by.get(id)?.name ?? id)}</>;
}

/** The view of an answer once it is there; before that, or without it, the state that it is in. */
export function Shown<T>(props: { asked: Asked<T>; children: (answer: T) => ComponentChildren }): JSX.Element {
  const { answer, problem, loading } = props.asked;
  if (problem) return <Trouble problem={problem} />;
  if (!answer) return <Loading />;
  return (
    <div class={loading ? "waiting" : ""} aria-busy={loading}>
      {props.children(answer)}
    </div>
  );
}

/** Beside an answer: what it does not hold, what its day means, and whether the data have moved since. */
export function Notes(props: { stamp: Stamp }): JSX.Element | null {
  const { stamp } = props;
  const warning = pick(stamp.warning_zh, stamp.warning_en);
  const withheld = stamp.withheld?.length ?? 0;
  const stale = stamp.data_version < newest.value;
  if (!warning && !withheld && !stamp.outside && !stale) return null;
  return (
    <div class="notes">
      {stale && (
        <p class="note stale" role="status">
          {t().frame.stale}{" "}
          <button type="button" onClick={() => (round.value += 1)}>
            {t().frame.reload}
          </button>
        </p>
      )}
      {warning && <p class="note">{warning}</p>}
      {withheld > 0 && (
        <p class="note">
          {t().states.withheld(withheld)} <AskReason />
        </p>
      )}
      {!!stamp.outside && <p class="note">{t().states.outside(stamp.outside)}</p>}
    </div>
  );
}
