// One delivery on its way: what it is, how far, what is wrong, what would change, and the step that comes next.
import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { Failure, send } from "../../api/client";
import { forget } from "../../api/answer";
import { area, change } from "../../frame/address";
import { Loading, Trouble } from "../../parts/states";
import { number, pick, t } from "../../texts";
import { Changes } from "./changes";
import { Columns } from "./columns";
import type { Before } from "./effects";
import { Effects, standing } from "./effects";
import { Findings } from "./findings";
import { GiveBack } from "./give-back";
import type { Item } from "./follow";
import { useDelivery } from "./follow";
import type { Told } from "./options";
import { BEGIN, Options, wordsOf } from "./options";
import { Questions } from "./questions";
import { Answers, Rehearsal } from "./sheets";

const CHECKABLE = new Set(["received", "proposed", "rejected", "questions", "checked", "failed", "cancelled"]);

export function Delivery({ id }: { id: string }): JSX.Element {
  const words = t().intake;
  const { item, problem, waiting, set } = useDelivery(id);
  const trouble = useSignal("");
  const told = useSignal<Told>(BEGIN);
  const before = useSignal<Before | null>(null);
  const preparing = useSignal(false);
  const late = useSignal(false);
  if (problem) return <Trouble problem={problem.code === "not_found" ? { ...problem, detail_zh: words.goneZh, detail_en: words.goneEn } : problem} />;
  if (!item) return <Loading />;

  const act = async (work: () => Promise<{ data: Item }>): Promise<void> => {
    trouble.value = "";
    try {
      set((await work()).data);
    } catch (error) {
      trouble.value = error instanceof Failure ? pick(error.problem.detail_zh, error.problem.detail_en) : String(error);
    }
  };
  const check = (): Promise<void> => act(() => send("POST", "/api/v1/deliveries/{id}/check", { $id: id }, wordsOf(told.value, item)));
  const load = async (): Promise<void> => {
    preparing.value = true;
    before.value = area.value ? await standing().catch(() => null) : null;
    late.value = Boolean(area.value) && !before.value;
    preparing.value = false;
    await act(() => send("POST", "/api/v1/deliveries/{id}/load", { $id: id }));
  };
  const away = async (): Promise<void> => {
    if (item.state !== "loaded" && !sheet && !confirm(words.cancelSure)) return;
    await send("DELETE", "/api/v1/deliveries/{id}", { $id: id }).catch(() => undefined);
    forget();
    change({ delivery: null });
  };
  const working = item.state === "working";
  // The others are not loaded: a sheet of appointments is checked, a list of questions answered.
  const loadable = item.kind === "delivery" || item.kind === "register";
  const sheet = item.kind === "appointments" || item.kind === "answers";
  return (
    <section class="delivery">
      <div class="delivery-head">
        <h2>{item.name}</h2>
        <span class={`state-mark ${item.state}`} role="status">
          {sheet && item.state === "checked" ? words.read : words.states[item.state]}
        </span>
        <button type="button" onClick={() => void away()}>
          {item.state === "loaded" || (sheet && !working) ? words.tidy : words.cancel}
        </button>
      </div>
      {!sheet && <Steps item={item} />}
      {waiting && <p class="note">{words.waiting}</p>}
      {working && <Progress item={item} />}
      {item.failure && !working && item.state !== "rejected" && (
        <div class="state trouble" role="alert">
          <p>{pick(item.failure.zh, item.failure.en)}</p>
        </div>
      )}
      {trouble.value && (
        <p class="wrong" role="alert">
          {trouble.value}
        </p>
      )}
      {item.state === "rejected" && <p class="note">{words.rejected(number(item.errors))}</p>}
      {item.questions.length > 0 && !working && <Questions heading="h3" questions={item.questions} submit={words.answer} onDone={() => void check()} />}
      {item.state === "loaded" && (
        <>
          <p class="loaded">
            <b>{words.loadedAs(item.number ?? 0)}</b>
          </p>
          <Effects before={before.value} late={late.value} />
        </>
      )}
      {item.kind === "appointments" && !working && <Rehearsal item={item} act={act} />}
      {item.kind === "answers" && item.state === "checked" && <Answers item={item} onKept={forget} />}
      {item.report && !working && <Report item={item} />}
      {!working && (item.errors > 0 || item.warnings > 0) && <Findings key={`${item.state}${item.errors}`} item={item} />}
      {!working && item.groups.length > 0 && <Changes key={item.state} item={item} />}
      {!working && item.proposal && item.state !== "loaded" && <Columns item={item} act={act} />}
      {item.proposal && !working && <GiveBack item={item} told={told.value} act={act} />}
      {CHECKABLE.has(item.state) && loadable && <Options item={item} told={told} />}
      {CHECKABLE.has(item.state) && loadable && (
        <p class="buttons start">
          <button type="button" class={item.state === "checked" ? "" : "main"} onClick={() => void check()}>
            {item.state === "received" || item.state === "proposed" ? words.check : words.checkAgain}
          </button>
          {item.state === "checked" && (
            <button type="button" class="main" disabled={preparing.value} onClick={() => void load()}>
              {words.load}
            </button>
          )}
          {preparing.value && (
            <span role="status">
              <span class="spinner" aria-hidden="true" /> {words.noting}
            </span>
          )}
        </p>
      )}
    </section>
  );
}

/** The four steps, and where one is. */
function Steps({ item }: { item: Item }): JSX.Element {
  const words = t().intake;
  const at = item.state === "loaded" ? 3 : item.state === "checked" || item.task === "load" ? 2 : item.state === "received" || item.state === "proposed" ? 0 : 1;
  return (
    <ol class="steps" aria-label={words.stepsLabel}>
      {words.steps.split("|").map((step, index) => (
        <li key={step} class={index < at ? "past" : ""} aria-current={index === at ? "step" : undefined}>
          {step}
        </li>
      ))}
    </ol>
  );
}

function Progress({ item }: { item: Item }): JSX.Element {
  const words = t().intake;
  return (
    <div class="progress" role="status">
      <p>
        <span class="spinner" aria-hidden="true" /> {pick(item.step_zh, item.step) || words.begins}
        {item.total > 1 && ` ${number(item.done)} / ${number(item.total)}`}
        {item.seconds_left !== null && item.seconds_left >= 1 && ` · ${words.left(Math.ceil(item.seconds_left))}`}
      </p>
      <progress max={item.total || undefined} value={item.total ? item.done : undefined} aria-label={words.states.working} />
    </div>
  );
}

/** What is new, changed, ended, removed. */
function Report({ item }: { item: Item }): JSX.Element {
  const words = t().intake;
  const report = item.report!;
  return (
    <dl class="report">
      {(["created", "changed", "ended", "removed", "unchanged"] as const).map((name) => (
        <div key={name} class={report[name] ? "" : "soft"}>
          <dt>{words.counts[name]}</dt>
          <dd>{number(report[name] ?? 0)}</dd>
        </div>
      ))}
      {item.register && (
        <div>
          <dt>{words.counts.rows}</dt>
          <dd>{number(item.register.rows)}</dd>
        </div>
      )}
    </dl>
  );
}
