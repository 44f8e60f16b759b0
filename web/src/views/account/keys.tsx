// The keys of one account: listed, issued (shown this once), revoked.
import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { useAnswer } from "../../api/answer";
import { send } from "../../api/client";
import { Empty, Shown } from "../../parts/states";
import { t } from "../../texts";
import { changing } from "./accounts";

export function Keys(props: { name: string; grants: boolean }): JSX.Element {
  const words = t().account;
  const asked = useAnswer("/api/v1/accounts/{name}/keys", { $name: props.name });
  const issued = useSignal<string | null>(null);
  const note = useSignal("");
  const expires = useSignal("");
  const trouble = useSignal("");
  const copied = useSignal(false);
  const say = (text: string): void => {
    trouble.value = text;
  };
  const issue = (event: Event): void => {
    event.preventDefault();
    void changing(async () => {
      const body = { note: note.value, expires_on: expires.value || null };
      issued.value = (await send("POST", "/api/v1/accounts/{name}/keys", { $name: props.name }, body)).data.text;
      note.value = "";
    }, say);
  };
  return (
    <section class="keys" aria-labelledby="keys-title">
      <h2 id="keys-title">{words.keysOf(props.name)}</h2>
      {issued.value && (
        <div class="issued" role="alert">
          <p>
            <strong>{words.once}</strong>
          </p>
          <code>{issued.value}</code>{" "}
          <button type="button" onClick={() => void navigator.clipboard.writeText(issued.value!).then(() => (copied.value = true))}>
            {copied.value ? t().words.copied : t().words.copy}
          </button>{" "}
          <button type="button" onClick={() => (issued.value = null)}>
            {words.hideKey}
          </button>
        </div>
      )}
      {trouble.value && (
        <p class="wrong" role="alert">
          {trouble.value}
        </p>
      )}
      {props.grants ? (
        <form class="filters" onSubmit={issue}>
          <label>
            {words.note} <input type="text" maxLength={200} value={note.value} onInput={(e) => (note.value = e.currentTarget.value)} />
          </label>
          <label>
            {words.expires} <input type="date" value={expires.value} onInput={(e) => (expires.value = e.currentTarget.value)} />
          </label>
          <button type="submit" class="main">
            {words.issue}
          </button>
        </form>
      ) : (
        <p class="soft">{words.notGranted}</p>
      )}
      <Shown asked={asked}>
        {({ data }) =>
          !data.length ? (
            <Empty>{words.noKeys}</Empty>
          ) : (
            <table>
              <thead>
                <tr>
                  <th scope="col">{words.keyId}</th>
                  <th scope="col">{words.note}</th>
                  <th scope="col">{words.issuedAt}</th>
                  <th scope="col">{words.expires}</th>
                  <th scope="col">{words.state}</th>
                </tr>
              </thead>
              <tbody>
                {data.map((key) => (
                  <tr key={key.id} class={key.revoked_at ? "soft" : ""}>
                    <td>
                      <code>{key.id}</code>
                    </td>
                    <td>{key.note}</td>
                    <td>{key.created_at.slice(0, 10)}</td>
                    <td>{key.expires_on ?? "–"}</td>
                    <td>
                      {key.revoked_at ? (
                        words.revokedAt(key.revoked_at.slice(0, 10))
                      ) : (
                        <button
                          type="button"
                          onClick={() => {
                            if (confirm(words.revokeSure(key.id)))
                              void changing(() => send("DELETE", "/api/v1/accounts/{name}/keys/{key}", { $name: props.name, $key: key.id }), say);
                          }}
                        >
                          {words.revoke}
                          <span class="hidden"> {key.id}</span>
                        </button>
                      )}
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          )
        }
      </Shown>
    </section>
  );
}
