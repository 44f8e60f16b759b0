// The reason for personal data: typed once, sent with every request (`Cobuild-Reason`), kept in this page's
// memory for a bounded time only, then masked answers again.
import { computed, signal, useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { forget } from "../api/answer";
import { reason } from "../api/client";
import { t } from "../texts";
import { may, me, recognise } from "./who";

const MINUTES = 15;
const LONGEST = 500; // characters, as the service says

const asking = signal(false);
const now = signal(0);
const ends = signal(0);
let ticking: ReturnType<typeof setInterval> | undefined;

/** Minutes that are left, at least one while it stands. */
export const reasonLeft = computed(() => Math.max(1, Math.ceil((ends.value - now.value) / 60_000)));
/** Whether the one who is here may give a reason and has not. */
export const mayAsk = (): boolean => me.value?.via !== "local" && may("unmask") && !reason.value;

export function askReason(): void {
  asking.value = true;
}

async function giveReason(text: string): Promise<void> {
  reason.value = text;
  now.value = Date.now();
  ends.value = now.value + MINUTES * 60_000;
  clearInterval(ticking);
  ticking = setInterval(() => {
    now.value = Date.now();
    if (!reason.value) clearInterval(ticking);
    else if (now.value >= ends.value) void endReason();
  }, 5_000);
  await recognise().catch(() => undefined);
  forget();
}

export async function endReason(): Promise<void> {
  clearInterval(ticking);
  reason.value = null;
  await recognise().catch(() => undefined);
  forget();
}

/** Where something is withheld that a reason would show. */
export function AskReason(): JSX.Element | null {
  if (!mayAsk()) return null;
  return (
    <button type="button" onClick={askReason}>
      {t().reason.show}
    </button>
  );
}

/** In the header: that personal data is shown, why, how long still, and its end. */
export function ReasonState(): JSX.Element | null {
  const words = t().reason;
  if (mayAsk())
    return (
      <button type="button" class="plain" onClick={askReason}>
        {words.show}
      </button>
    );
  if (!reason.value) return null;
  return (
    <span class="mark strong" title={reason.value}>
      {words.stands(reasonLeft.value)}{" "}
      <button type="button" class="plain" onClick={() => void endReason()}>
        {words.end}
      </button>
    </span>
  );
}

export function ReasonDialog(): JSX.Element | null {
  return asking.value ? <Dialog /> : null;
}

function Dialog(): JSX.Element {
  const words = t().reason;
  const typed = useSignal("");
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => dialog.current?.showModal(), []);
  const enter = (event: Event): void => {
    event.preventDefault();
    void giveReason(typed.value.trim()).then(() => dialog.current?.close());
  };
  return (
    <dialog ref={dialog} aria-labelledby="reason-title" onClose={() => (asking.value = false)}>
      <form onSubmit={enter}>
        <h2 id="reason-title">{words.title}</h2>
        <p>{words.about(MINUTES)}</p>
        <label>
          {words.reason}
          <input
            type="text"
            required
            pattern=".*\S.*"
            maxLength={LONGEST}
            autocomplete="off"
            placeholder={words.example}
            value={typed.value}
            onInput={(e) => (typed.value = e.currentTarget.value)}
          />
        </label>
        <p class="soft">{words.warn}</p>
        <p class="buttons">
          <button type="button" onClick={() => dialog.current?.close()}>
            {t().frame.close}
          </button>
          <button type="submit" class="main">
            {words.show}
          </button>
        </p>
      </form>
    </dialog>
  );
}
