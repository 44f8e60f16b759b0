// Two things that turn out to be one: looked at first, merged with a reason, listed, taken apart again.
import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { forget, useAnswer } from "../../api/answer";
import type { Answer, Problem, Shapes } from "../../api/client";
import { Failure, local, post, send } from "../../api/client";
import { change, param } from "../../frame/address";
import { Picker } from "../../parts/picker";
import { Empty, Shown, Trouble } from "../../parts/states";
import { number, pick, t } from "../../texts";

type Merge = Shapes["MergeShape"];
type Row = Answer<"/api/v1/merges">["data"][number];

export function Merges(): JSX.Element {
  const words = t().intake;
  const kept = param("kept") ?? "";
  const gone = param("gone") ?? "";
  const found = useSignal<{ pair: string; merge: Merge } | null>(null);
  const problem = useSignal<Problem | null>(null);
  const why = useSignal("");
  const busy = useSignal(false);
  const pair = `${kept} ${gone}`;
  const attempt = async (work: () => Promise<Merge>): Promise<void> => {
    problem.value = null;
    busy.value = true;
    try {
      found.value = { pair, merge: await work() };
    } catch (error) {
      found.value = null;
      problem.value = error instanceof Failure ? error.problem : local("unexpected", String(error), String(error));
    } finally {
      busy.value = false;
    }
  };
  const check = (): Promise<void> => attempt(async () => (await post("/api/v1/merges/check", { kept, gone })).data);
  const merge = async (event: Event): Promise<void> => {
    event.preventDefault();
    await attempt(async () => (await post("/api/v1/merges", { kept, gone, reason: why.value.trim() })).data);
    if (problem.value) return;
    why.value = "";
    change({ kept: null, gone: null }, true);
    forget();
  };
  // What was made stays to be read; what would be made holds for the two that are chosen.
  const shown = found.value && (found.value.merge.number !== null || found.value.pair === pair) ? found.value.merge : null;
  return (
    <section>
      <p class="soft">{words.mergeAbout}</p>
      <div class="fields">
        {(["kept", "gone"] as const).map((which) => (
          <div class="field" key={which}>
            <label for={`merge-${which}`}>{words.mergeSides[which]}</label>
            <Picker id={`merge-${which}`} value={(which === "kept" ? kept : gone) ? [which === "kept" ? kept : gone] : []} onChange={(ids) => change({ [which]: ids[0] ?? null }, true)} />
          </div>
        ))}
        <div class="field at-foot">
          <button type="button" disabled={!kept || !gone || busy.value} onClick={() => void check()}>
            {words.check}
          </button>{" "}
          <button type="button" class="plain" disabled={!kept || !gone} onClick={() => change({ kept: gone, gone: kept }, true)}>
            {words.swap}
          </button>
        </div>
      </div>
      {problem.value && <Trouble problem={problem.value} retry={() => void check()} />}
      {shown && <Shape merge={shown} />}
      {shown && shown.number === null && (
        <form class="filters" onSubmit={(e) => void merge(e)}>
          <label>
            {words.mergeWhy} <input type="text" required maxLength={500} pattern=".*\S.*" size={40} value={why.value} onInput={(e) => (why.value = e.currentTarget.value)} />
          </label>
          <button type="submit" class="main" disabled={busy.value}>
            {words.merge}
          </button>
        </form>
      )}
      <Made />
    </section>
  );
}

/** What a merge would do, or did. */
function Shape({ merge }: { merge: Merge }): JSX.Element {
  const words = t().intake;
  const name = (shown: string | null, id: string): string => (shown ? `${shown}（${id}）` : id);
  return (
    <div class="merge" role="status">
      <p class="conclusion">
        {merge.number === null
          ? words.wouldMerge(name(merge.gone_name, merge.gone), name(merge.kept_name, merge.kept))
          : words.mergedAs(merge.number, name(merge.gone_name, merge.gone), name(merge.kept_name, merge.kept))}
      </p>
      <p>{words.mergeCounts(number(merge.moved), number(merge.joined), number(merge.records))}</p>
      {merge.filled_zh.length > 0 && <p>{words.mergeFilled(merge.filled.map((name, index) => pick(merge.filled_zh[index], name.replaceAll("_", " "))).join(t().questions.comma))}</p>}
      {merge.warnings_zh.map((warning, index) => (
        <p class="note" key={warning}>
          {pick(warning, merge.warnings_en[index])}
        </p>
      ))}
      {merge.differing.length > 0 && (
        <table>
          <caption class="hidden">{words.differing}</caption>
          <thead>
            <tr>
              <th scope="col">{words.thing}</th>
              <th scope="col">{words.change.property}</th>
              <th scope="col">{words.stands}</th>
              <th scope="col">{words.dropped}</th>
            </tr>
          </thead>
          <tbody>
            {merge.differing.map((one) => (
              <tr key={`${one.element} ${one.property}`}>
                <td>{one.element}</td>
                <td>{pick(one.property_zh, one.property)}</td>
                <td>{pick(one.stands_zh, one.stands)}</td>
                <td class="soft">{pick(one.dropped_zh, one.dropped)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </div>
  );
}

/** The merges that were made, the last first. */
function Made(): JSX.Element {
  const words = t().intake;
  const asked = useAnswer("/api/v1/merges");
  const parting = useSignal<number | null>(null);
  return (
    <>
      <h2>{words.mergesMade}</h2>
      <Shown asked={asked}>
        {({ data }) =>
          !data.length ? (
            <Empty>{words.noMerges}</Empty>
          ) : (
            <div class="wide" tabIndex={0} role="region" aria-label={words.mergesMade}>
              <table class="loads">
                <thead>
                  <tr>
                    <th scope="col" class="figure">
                      {words.number}
                    </th>
                    <th scope="col">{words.when}</th>
                    <th scope="col">{words.by}</th>
                    <th scope="col">{words.mergeSides.kept}</th>
                    <th scope="col">{words.mergeSides.gone}</th>
                    <th scope="col">{words.title}</th>
                    <th scope="col">{words.state}</th>
                  </tr>
                </thead>
                <tbody>
                  {[...data].reverse().map((row: Row) => (
                    <tr key={row.number} class={row.undone_by === null ? "" : "soft"}>
                      <td class="figure">{row.number}</td>
                      <td>{row.at.slice(0, 16).replace("T", " ")}</td>
                      <td>{row.who}</td>
                      <td>{row.kept}</td>
                      <td>{row.gone}</td>
                      <td>{row.title}</td>
                      <td>
                        {row.undone_by !== null ? (
                          words.apartBy(row.undone_by)
                        ) : parting.value === row.number ? (
                          <Apart row={row} onEnd={() => (parting.value = null)} />
                        ) : (
                          <button type="button" onClick={() => (parting.value = row.number)}>
                            {words.apart}
                            <span class="hidden"> {row.number}</span>
                          </button>
                        )}
                      </td>
                    </tr>
                  ))}
                </tbody>
              </table>
            </div>
          )
        }
      </Shown>
    </>
  );
}

/** The reason for taking a merge apart, asked for in its row. */
function Apart({ row, onEnd }: { row: Row; onEnd: () => void }): JSX.Element {
  const words = t().intake;
  const why = useSignal("");
  const trouble = useSignal("");
  const part = async (event: Event): Promise<void> => {
    event.preventDefault();
    trouble.value = "";
    try {
      await send("POST", "/api/v1/merges/{number}/take-apart", { $number: row.number }, { reason: why.value.trim() });
      onEnd();
      forget();
    } catch (error) {
      trouble.value = error instanceof Failure ? pick(error.problem.detail_zh, error.problem.detail_en) : String(error);
    }
  };
  return (
    <form onSubmit={(e) => void part(e)}>
      <label>
        {words.apartWhy} <input type="text" required maxLength={500} pattern=".*\S.*" value={why.value} onInput={(e) => (why.value = e.currentTarget.value)} />
      </label>{" "}
      <button type="submit" class="main">
        {words.apart}
      </button>{" "}
      <button type="button" class="plain" onClick={onEnd}>
        {t().frame.close}
      </button>
      {trouble.value && (
        <p class="wrong" role="alert">
          {trouble.value}
        </p>
      )}
    </form>
  );
}
