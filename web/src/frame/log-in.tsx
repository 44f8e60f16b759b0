// The log-in by key or at the identity provider: asked for where the service wants one, kept in memory only.
import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { Failure, turnedAway } from "../api/client";
import { pick, t } from "../texts";
import { again, failed, leave, offered } from "./provider";
import { logIn, loggingIn } from "./who";

type Offer = Awaited<ReturnType<typeof offered>>;

export function LogIn(): JSX.Element {
  const given = useSignal("");
  const wrong = useSignal("");
  const provider = useSignal<Offer>(null);
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    dialog.current?.showModal();
    void again().then(async (gone) => {
      if (!gone) provider.value = await offered();
    });
  }, []);
  const enter = async (event: Event): Promise<void> => {
    event.preventDefault();
    wrong.value = "";
    try {
      await logIn(given.value.trim());
    } catch (error) {
      const problem = error instanceof Failure ? error.problem : null;
      wrong.value = !problem || problem.status === 401 ? t().frame.keyWrong : pick(problem.detail_zh, problem.detail_en);
    }
  };
  return (
    <dialog ref={dialog} class="log-in" aria-labelledby="log-in-title" onClose={() => (loggingIn.value = turnedAway.value = false)}>
      <form onSubmit={(e) => void enter(e)}>
        <h2 id="log-in-title">{t().frame.logInTitle}</h2>
        {failed.value && (
          <p class="wrong" role="alert">
            {pick(failed.value.detail_zh, failed.value.detail_en)}
          </p>
        )}
        {provider.value && (
          <>
            <p>
              <button type="button" class="main" onClick={() => void leave(provider.value!)}>
                {t().frame.logInThere}
              </button>
            </p>
            <p>{t().frame.orKey}</p>
          </>
        )}
        <p>{t().frame.logInAbout}</p>
        <label>
          {t().frame.key}
          <input
            type="password"
            autocomplete="off"
            spellcheck={false}
            required
            value={given.value}
            onInput={(e) => (given.value = e.currentTarget.value)}
          />
        </label>
        {wrong.value && (
          <p class="wrong" role="alert">
            {wrong.value}
          </p>
        )}
        <p class="buttons">
          <button type="button" onClick={() => dialog.current?.close()}>
            {t().frame.close}
          </button>
          <button type="submit" class="main">
            {t().frame.logIn}
          </button>
        </p>
      </form>
    </dialog>
  );
}
