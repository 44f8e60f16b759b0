// The trail, for administrators: filtered, the last entries, and whether the chain holds.
import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { useAnswer } from "../../api/answer";
import type { Answer } from "../../api/client";
import { Failure, get } from "../../api/client";
import { change, param } from "../../frame/address";
import { Empty, Shown } from "../../parts/states";
import { number, pick, t } from "../../texts";
import { Entries } from "./entries";

const MOST = 1_000;

export function AuditPart(): JSX.Element {
  const words = t().account;
  const since = param("since");
  const until = param("until");
  const asked = useAnswer("/api/v1/audit", {
    last: true,
    limit: MOST,
    who: param("who"),
    what: param("what"),
    personal: param("personal"),
    since: since && new Date(`${since}T00:00`).toISOString(),
    until: until && new Date(`${until}T00:00`).toISOString(),
  });
  return (
    <section>
      <Verification />
      <h2>{words.trail}</h2>
      <p class="soft">{words.trailAbout}</p>
      <form class="filters" onSubmit={(e) => e.preventDefault()}>
        {(["who", "what"] as const).map((name) => (
          <label key={name}>
            {words.entry[name]}{" "}
            <input type="text" value={param(name) ?? ""} title={name === "what" ? words.whatHint : ""} onChange={(e) => change({ [name]: e.currentTarget.value || null })} />
          </label>
        ))}
        {(["since", "until"] as const).map((name) => (
          <label key={name}>
            {t().words[name]} <input type="date" value={param(name) ?? ""} onChange={(e) => change({ [name]: e.currentTarget.value || null })} />
          </label>
        ))}
        <label>
          {words.entry.personal}{" "}
          <select value={param("personal") ?? ""} onChange={(e) => change({ personal: e.currentTarget.value || null })}>
            <option value="">{t().words.all}</option>
            <option value="true">{t().words.yes}</option>
            <option value="false">{t().words.no}</option>
          </select>
        </label>
      </form>
      <Shown asked={asked}>
        {({ data }) =>
          data.length ? (
            <>
              <p class="soft" role="status">
                {data.length === MOST ? words.lastOnly(number(MOST)) : words.entries(number(data.length))}
              </p>
              <Entries entries={[...data].reverse()} label={words.entryTable} />
            </>
          ) : (
            <Empty />
          )
        }
      </Shown>
    </section>
  );
}

function Verification(): JSX.Element {
  const words = t().account;
  const found = useSignal<Answer<"/api/v1/audit/verification">["data"] | null>(null);
  const working = useSignal(false);
  const trouble = useSignal("");
  const verify = async (): Promise<void> => {
    working.value = true;
    trouble.value = "";
    try {
      found.value = (await get("/api/v1/audit/verification")).data;
    } catch (error) {
      trouble.value = error instanceof Failure ? pick(error.problem.detail_zh, error.problem.detail_en) : String(error);
    } finally {
      working.value = false;
    }
  };
  const { value } = found;
  return (
    <div class="verification">
      <button type="button" disabled={working.value} onClick={() => void verify()}>
        {words.verify}
      </button>
      <span role="status">
        {working.value && <span class="spinner" aria-hidden="true" />}
        {trouble.value && <span class="wrong">{trouble.value}</span>}
        {value && (value.ok ? <b class="holds">{words.holds(number(value.entries))}</b> : <b class="wrong">{words.broken(pick(value.why_zh, value.why_en))}</b>)}
        {value?.ok && value.head && (
          <span class="soft">
            {" "}
            {words.head} <code>{`${value.head[0]}:${value.head[1]}`}</code>
          </span>
        )}
      </span>
    </div>
  );
}
