// The log-in by key: asked for where the service wants one, kept in this page's memory only.
import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { Failure } from "../api/client";
import { pick, t } from "../texts";
import { logIn, loggingIn } from "./who";

export function LogIn(): JSX.Element {
  const given = useSignal("");
  const wrong = useSignal("");
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => dialog.current?.showModal(), []);
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
    <dialog ref={dialog} class="log-in" aria-labelledby="log-in-title" onClose={() => (loggingIn.value = false)}>
      <form onSubmit={(e) => void enter(e)}>
        <h2 id="log-in-title">{t().frame.logInTitle}</h2>
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
