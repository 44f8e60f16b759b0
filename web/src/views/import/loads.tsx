// Loads that were made, the last first; a finished one is taken back here.
import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { useAnswer } from "../../api/answer";
import { Failure, send } from "../../api/client";
import { go, link } from "../../frame/address";
import { Empty, Shown } from "../../parts/states";
import { whoWas } from "../../parts/who-was";
import { number, pick, t } from "../../texts";

export function Loads(): JSX.Element {
  const words = t().intake;
  const asked = useAnswer("/api/v1/loads");
  const trouble = useSignal("");
  const undo = async (which: number, title: string): Promise<void> => {
    if (!confirm(words.undoSure(which, title))) return;
    try {
      const answer = await send("POST", "/api/v1/loads/{number}/undo", { $number: which });
      go(link("/import", { delivery: answer.data.id }));
    } catch (error) {
      trouble.value = error instanceof Failure ? pick(error.problem.detail_zh, error.problem.detail_en) : String(error);
    }
  };
  return (
    <section>
      {trouble.value && (
        <p class="wrong" role="alert">
          {trouble.value}
        </p>
      )}
      <Shown asked={asked}>
        {({ data }) =>
          !data.length ? (
            <Empty />
          ) : (
            <div class="wide" tabIndex={0} role="region" aria-label={words.parts.loads}>
              <table class="loads">
                <thead>
                  <tr>
                    <th scope="col" class="figure">
                      {words.number}
                    </th>
                    <th scope="col">{words.when}</th>
                    <th scope="col">{words.by}</th>
                    <th scope="col">{words.kind}</th>
                    <th scope="col">{words.title}</th>
                    {(["created", "changed", "ended", "removed"] as const).map((name) => (
                      <th key={name} scope="col" class="figure">
                        {words.counts[name]}
                      </th>
                    ))}
                    <th scope="col">{words.state}</th>
                  </tr>
                </thead>
                <tbody>
                  {[...data].reverse().map((load) => (
                    <tr key={load.number} class={load.undone_by === null ? "" : "soft"}>
                      <td class="figure">{load.number}</td>
                      <td>{load.at.slice(0, 16).replace("T", " ")}</td>
                      <td>{whoWas(load.who)}</td>
                      <td>{words.loadKinds[load.kind]}</td>
                      <td>
                        {load.title} <span class="soft">{load.source}</span>
                      </td>
                      {(["created", "changed", "ended", "removed"] as const).map((name) => (
                        <td key={name} class="figure">
                          {number(load[name])}
                        </td>
                      ))}
                      <td>
                        {load.undone_by !== null ? (
                          words.undoneBy(load.undone_by)
                        ) : load.kind === "load" ? (
                          <button type="button" onClick={() => void undo(load.number, load.title)}>
                            {words.undo}
                            <span class="hidden"> {load.number}</span>
                          </button>
                        ) : null}
                      </td>
                    </tr>
                  ))}
                </tbody>
              </table>
            </div>
          )
        }
      </Shown>
    </section>
  );
}
