// Keep a query: under a name, with a title, declared parameters, and whom it is shared with.
import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { Failure, send } from "../../api/client";
import { forget } from "../../api/answer";
import { pick, t } from "../../texts";
import { draft } from "./hand-over";

const TYPES = ["string", "int", "float", "bool", "date", "strings"] as const;

export function SaveForm(props: { onClose: () => void }): JSX.Element {
  const words = t().questions;
  const { basis: saved, parameters, text } = draft.value;
  const name = useSignal(saved?.name ?? "");
  const title = useSignal(saved?.title ?? "");
  const tags = useSignal((saved?.tags ?? []).join("，"));
  const shared = useSignal((saved?.shared_with ?? []).join("，"));
  const types = useSignal<Record<string, string>>(
    Object.fromEntries(parameters.map((p) => [p.name, saved?.parameters?.[p.name]?.type ?? guess(p.value)])),
  );
  const trouble = useSignal("");
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => dialog.current?.showModal(), []);
  const keep = async (event: Event): Promise<void> => {
    event.preventDefault();
    trouble.value = "";
    const declared = Object.fromEntries(
      parameters.map((p) => [p.name, { type: types.value[p.name] ?? "string", default: defaultOf(p.value, types.value[p.name] ?? "string"), about: "" }]),
    );
    try {
      const answer = await send("PUT", "/api/v1/saved/{name}", { $name: name.value }, {
        title: title.value,
        text,
        tags: split(tags.value),
        parameters: declared,
        shared_with: split(shared.value),
      });
      draft.value = { ...draft.value, saved: answer.data, basis: answer.data };
      forget();
      props.onClose();
    } catch (error) {
      trouble.value = error instanceof Failure ? pick(error.problem.detail_zh, error.problem.detail_en) : String(error);
    }
  };
  return (
    <dialog ref={dialog} class="form-dialog" aria-labelledby="save-title" onClose={props.onClose}>
      <form onSubmit={(e) => void keep(e)}>
        <h2 id="save-title">{words.keep}</h2>
        <label>
          {words.savedTitle}
          <input type="text" required maxLength={200} value={title.value} onInput={(e) => (title.value = e.currentTarget.value)} />
        </label>
        <label>
          {words.savedName}
          <input type="text" required pattern="[a-z0-9_]{1,60}" title={words.savedNameHint} value={name.value} onInput={(e) => (name.value = e.currentTarget.value)} />
          <span class="soft">{words.savedNameHint}</span>
        </label>
        <label>
          {words.savedTags}
          <input type="text" value={tags.value} onInput={(e) => (tags.value = e.currentTarget.value)} />
        </label>
        <label>
          {words.savedShared}
          <input type="text" value={shared.value} onInput={(e) => (shared.value = e.currentTarget.value)} />
          <span class="soft">{words.savedSharedHint}</span>
        </label>
        {parameters.map((p) => (
          <label key={p.name}>
            ${p.name}
            <select value={types.value[p.name]} onChange={(e) => (types.value = { ...types.value, [p.name]: e.currentTarget.value })}>
              {TYPES.map((type) => (
                <option key={type} value={type}>
                  {words.kinds[type]}
                </option>
              ))}
            </select>
          </label>
        ))}
        <p class="soft">{words.savedAbout}</p>
        {trouble.value && (
          <p class="wrong" role="alert">
            {trouble.value}
          </p>
        )}
        <p class="buttons">
          <button type="button" onClick={() => dialog.current?.close()}>
            {t().frame.close}
          </button>
          <button type="submit" class="main">
            {words.keep}
          </button>
        </p>
      </form>
    </dialog>
  );
}

const split = (text: string): string[] => text.split(/[,，、;；]/).map((part) => part.trim()).filter(Boolean);

function guess(value: string): string {
  if (/^\d{4}-\d\d-\d\d$/.test(value)) return "date";
  try {
    const read: unknown = JSON.parse(value);
    if (Array.isArray(read)) return "strings";
    if (typeof read === "boolean") return "bool";
    if (typeof read === "number") return Number.isInteger(read) ? "int" : "float";
  } catch {
    return "string";
  }
  return "string";
}

function defaultOf(value: string, type: string): unknown {
  if (value === "") return null;
  if (type === "date") return value;
  try {
    return JSON.parse(value);
  } catch {
    return value;
  }
}
