// Accounts and keys, for administrators. What is given here reads only; what takes away, takes from everybody.
import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { forget, useAnswer } from "../../api/answer";
import type { Shapes } from "../../api/client";
import { Failure, send } from "../../api/client";
import { change, param } from "../../frame/address";
import { useAreas } from "../../frame/areas";
import { me } from "../../frame/who";
import { Picker } from "../../parts/picker";
import { Empty, Shown } from "../../parts/states";
import { whoWas } from "../../parts/who-was";
import { pick, t } from "../../texts";
import { Keys } from "./keys";

type AccountRow = Shapes["AccountShape"];
export const GIVEN = ["viewer", "analyst"] as const;

/** Runs a change, asks everything anew, and says in a sentence what was refused. */
export async function changing(work: () => Promise<unknown>, say: (trouble: string) => void): Promise<boolean> {
  say("");
  try {
    await work();
    forget();
    return true;
  } catch (error) {
    say(error instanceof Failure ? pick(error.problem.detail_zh, error.problem.detail_en) : String(error));
    return false;
  }
}

export function AccountsPart(): JSX.Element {
  const words = t().account;
  const asked = useAnswer("/api/v1/accounts");
  const { areas } = useAreas();
  const trouble = useSignal("");
  const say = (text: string): void => {
    trouble.value = text;
  };
  const set = (name: string, given: object): void =>
    void changing(() => send("PATCH", "/api/v1/accounts/{name}", { $name: name }, given), say);
  const chosen = param("account");
  return (
    <section>
      <p class="soft">{words.accountsAbout}</p>
      <NewAccount />
      {trouble.value && (
        <p class="wrong" role="alert">
          {trouble.value}
        </p>
      )}
      <Shown asked={asked}>
        {({ data }) =>
          !data.length ? (
            <Empty>{words.noAccounts}</Empty>
          ) : (
            <div class="wide" tabIndex={0} role="region" aria-label={words.parts.accounts}>
              <table class="accounts">
                <thead>
                  <tr>
                    <th scope="col">{words.name}</th>
                    <th scope="col">{words.role}</th>
                    <th scope="col">{t().words.area}</th>
                    <th scope="col">{words.state}</th>
                    <th scope="col">{words.madeAt}</th>
                    <th scope="col">{words.keys}</th>
                  </tr>
                </thead>
                <tbody>
                  {data.map((account) => (
                    <Row
                      key={account.name}
                      account={account}
                      area={account.area ? (areas?.by.get(account.area)?.name ?? account.area) : t().frame.everywhere}
                      open={chosen === account.name}
                      set={set}
                    />
                  ))}
                </tbody>
              </table>
            </div>
          )
        }
      </Shown>
      {chosen && asked.answer && <Keys key={chosen} name={chosen} grants={asked.answer.data.find((a) => a.name === chosen)?.grants ?? false} />}
    </section>
  );
}

function Row(props: { account: AccountRow; area: string; open: boolean; set: (name: string, given: object) => void }): JSX.Element {
  const words = t().account;
  const { account, set } = props;
  const own = account.name === me.value?.name;
  return (
    <tr class={account.disabled ? "soft" : ""} aria-current={props.open ? "true" : undefined}>
      <th scope="row">
        {account.name} {own && <span class="mark">{words.you}</span>}
      </th>
      <td>
        {account.grants && !own ? (
          <select aria-label={`${words.role}：${account.name}`} value={account.role} onChange={(e) => set(account.name, { role: e.currentTarget.value })}>
            {GIVEN.map((role) => (
              <option key={role} value={role}>
                {t().frame.roles[role]}
              </option>
            ))}
          </select>
        ) : (
          t().frame.roles[account.role]
        )}
      </td>
      <td>{props.area}</td>
      <td>
        {account.disabled ? words.disabled : words.enabled}{" "}
        {!own && (!account.disabled || account.grants) && (
          <button type="button" class="plain" onClick={() => set(account.name, { disabled: !account.disabled })}>
            {account.disabled ? words.enable : words.disable}
            <span class="hidden">：{account.name}</span>
          </button>
        )}
      </td>
      <td>
        {account.created_at.slice(0, 10)} <span class="soft">{whoWas(account.created_by)}</span>
      </td>
      <td>
        <button type="button" aria-expanded={props.open} onClick={() => change({ account: props.open ? null : account.name }, true)}>
          {words.showKeys}
          <span class="hidden">：{account.name}</span>
        </button>
      </td>
    </tr>
  );
}

function NewAccount(): JSX.Element {
  const words = t().account;
  const name = useSignal("");
  const role = useSignal<(typeof GIVEN)[number]>("viewer");
  const area = useSignal<string[]>([]);
  const trouble = useSignal("");
  const add = async (event: Event): Promise<void> => {
    event.preventDefault();
    const made = name.value.trim();
    const body = { name: made, role: role.value, area: area.value[0] ?? null };
    const done = await changing(() => send("POST", "/api/v1/accounts", {}, body), (text) => (trouble.value = text));
    if (!done) return;
    name.value = "";
    area.value = [];
    change({ account: made }, true);
  };
  return (
    <details class="new-account">
      <summary>{words.newAccount}</summary>
      <form onSubmit={(e) => void add(e)}>
        <label>
          {words.name}
          <input type="text" required maxLength={80} value={name.value} onInput={(e) => (name.value = e.currentTarget.value)} />
        </label>
        <label>
          {words.role}
          <select value={role.value} onChange={(e) => (role.value = e.currentTarget.value as "viewer")}>
            {GIVEN.map((one) => (
              <option key={one} value={one}>
                {t().frame.roles[one]}
              </option>
            ))}
          </select>
        </label>
        <div class="field">
          <label for="account-area">{words.limitTo}</label>
          <Picker id="account-area" types="Area" value={area.value} onChange={(ids) => (area.value = ids)} />
        </div>
        <button type="submit" class="main">
          {words.make}
        </button>
        {trouble.value && (
          <p class="wrong" role="alert">
            {trouble.value}
          </p>
        )}
      </form>
    </details>
  );
}
