// Queries that were kept: one's own and those shared with one; to run, to change, to drop.
import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { useAnswer } from "../../api/answer";
import type { Shapes } from "../../api/client";
import { Failure, send } from "../../api/client";
import { forget } from "../../api/answer";
import { asOf } from "../../frame/address";
import { me } from "../../frame/who";
import { Empty, Shown } from "../../parts/states";
import { pick, t } from "../../texts";
import { open } from "./hand-over";

type Saved = Shapes["SavedShape"];

export function SavedPart(): JSX.Element {
  const words = t().questions;
  const asked = useAnswer("/api/v1/saved");
  const trouble = useSignal("");
  const drop = async (saved: Saved): Promise<void> => {
    if (!confirm(words.dropSure(saved.title))) return;
    try {
      await send("DELETE", "/api/v1/saved/{name}", { $name: saved.name });
      forget();
    } catch (error) {
      if (error instanceof Failure) trouble.value = pick(error.problem.detail_zh, error.problem.detail_en);
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
          data.length === 0 ? (
            <Empty>{words.noSaved}</Empty>
          ) : (
            <ul class="saved">
              {data.map((saved) => {
                const own = saved.owner === me.value?.name;
                return (
                  <li key={saved.name}>
                    <h2>{saved.title}</h2>
                    <p class="soft">
                      <code>{saved.name}</code> · {own ? words.mine : saved.owner} · {saved.changed_at.slice(0, 16).replace("T", " ")}
                      {saved.tags?.map((tag) => (
                        <span class="mark" key={tag}>
                          {tag}
                        </span>
                      ))}
                      {!!saved.shared_with?.length && <> · {words.sharedWith(saved.shared_with.includes("*") ? words.everybody : saved.shared_with.join("、"))}</>}
                    </p>
                    <pre tabIndex={0} aria-label={saved.title}>
                      {saved.text}
                    </pre>
                    <p>
                      <button type="button" class="main" onClick={() => open(saved, asOf.value ?? me.value?.today ?? "")}>
                        {words.openSaved}
                      </button>{" "}
                      {own && (
                        <button type="button" onClick={() => void drop(saved)}>
                          {words.drop}
                        </button>
                      )}
                    </p>
                  </li>
                );
              })}
            </ul>
          )
        }
      </Shown>
    </section>
  );
}
