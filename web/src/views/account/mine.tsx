// Who one is, what one may, the reason that stands, and one's own last entries.
import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { useAnswer } from "../../api/answer";
import { useAreas } from "../../frame/areas";
import { askReason, endReason, reasonLeft } from "../../frame/reason";
import { logOut, me } from "../../frame/who";
import { reason } from "../../api/client";
import { Empty, Shown } from "../../parts/states";
import { t } from "../../texts";
import { Entries } from "./entries";

export function MinePart(): JSX.Element {
  const words = t().account;
  const found = me.value!;
  const { areas } = useAreas();
  return (
    <div class="account">
      <section aria-labelledby="who">
        <h2 id="who">{words.who}</h2>
        <dl class="facts">
          <dt>{words.name}</dt>
          <dd>
            {found.via === "local" ? t().frame.localUser : (found.shown ?? found.name)}
            {found.shown && <span class="soft"> {found.name}</span>}
          </dd>
          <dt>{words.via}</dt>
          <dd>{words.vias[found.via]}</dd>
          <dt>{words.role}</dt>
          <dd>{found.role ? t().frame.roles[found.role] : words.noRole}</dd>
          <dt>{t().words.area}</dt>
          <dd>{found.area ? (areas?.by.get(found.area)?.name ?? found.area) : t().frame.everywhere}</dd>
          <dt>{words.rights}</dt>
          <dd>
            <ul class="rights">
              {(Object.keys(words.rightNames) as (keyof typeof words.rightNames)[]).map((right) => {
                const has = found.rights.includes(right as never);
                return (
                  <li key={right} class={has ? "" : "soft"}>
                    <span aria-hidden="true">{has ? "✓" : "–"}</span> {words.rightNames[right]}
                    <span class="hidden">{has ? t().words.yes : t().words.no}</span>
                  </li>
                );
              })}
            </ul>
          </dd>
        </dl>
        {found.via !== "local" && (
          <p>
            <button type="button" onClick={logOut}>
              {t().frame.logOut}
            </button>
          </p>
        )}
      </section>
      {found.via !== "local" && found.rights.includes("unmask") && (
        <section aria-labelledby="personal">
          <h2 id="personal">{words.personal}</h2>
          <p class="soft">{words.personalAbout}</p>
          {reason.value ? (
            <p>
              {words.reasonStands(reason.value, reasonLeft.value)}{" "}
              <button type="button" onClick={() => void endReason()}>
                {words.endReason}
              </button>
            </p>
          ) : (
            <p>
              <button type="button" class="main" onClick={askReason}>
                {words.giveReason}
              </button>
            </p>
          )}
        </section>
      )}
      <Own />
    </div>
  );
}

function Own(): JSX.Element {
  const words = t().account;
  const personal = useSignal(false);
  const asked = useAnswer("/api/v1/me/audit", { limit: 200, personal: personal.value ? true : null });
  return (
    <section aria-labelledby="own">
      <h2 id="own">{words.own}</h2>
      <p class="soft">
        {words.ownAbout}{" "}
        <label>
          <input type="checkbox" checked={personal.value} onChange={(e) => (personal.value = e.currentTarget.checked)} /> {words.onlyPersonal}
        </label>
      </p>
      <Shown asked={asked}>
        {({ data }) => (data.length ? <Entries entries={data} label={words.entryTable} mine /> : <Empty>{me.value?.via === "local" ? words.notRecorded : undefined}</Empty>)}
      </Shown>
    </section>
  );
}
