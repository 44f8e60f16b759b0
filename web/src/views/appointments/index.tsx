// 任职核查: several changes on one day, what they would bring and end beside today, printed, kept, carried out.
import type { JSX } from "preact";
import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import type { Problem, Sent } from "../../api/client";
import { Failure, local, post, reason, round, save } from "../../api/client";
import { change, param } from "../../frame/address";
import { may, me } from "../../frame/who";
import { printPage } from "../../parts/printing";
import { Loading, Notes, Trouble } from "../../parts/states";
import { t } from "../../texts";
import "./appointments.css";
import { Candidates } from "./candidates";
import { CarryOut } from "./carry-out";
import { ChangeForm } from "./change-form";
import { Effects } from "./effects";
import type { Change, Plan } from "./plan";
import { isWhole, readChanges, readDraft, writeChanges } from "./plan";

type Checked = Sent<"/api/v1/appointments/check">;

export default function Appointments(): JSX.Element {
  const words = t().appointments;
  const changes = readChanges(param("plan"));
  const day = param("as_of") ?? me.value?.today ?? "";
  const set = (next: readonly Change[]): void => change({ plan: writeChanges(next) }, true);
  const plan: Plan = { as_of: day, changes: changes.filter(isWhole) };
  const whole = plan.changes.length > 0;
  /** The plan that was carried out, which is told until another one is begun. */
  const done = useSignal<{ plan: string; decision: string } | null>(null);
  const text = JSON.stringify(plan);
  const asked = whole && done.value?.plan !== text ? JSON.stringify([plan, reason.value, round.value]) : "";
  const found = useSignal<{ asked: string; answer: Checked | null; problem: Problem | null }>({ asked: "", answer: null, problem: null });
  const wrong = useSignal("");
  useEffect(() => {
    if (!asked) return undefined;
    let gone = false;
    const timer = setTimeout(() => {
      post("/api/v1/appointments/check", plan).then(
        (answer) => !gone && (found.value = { asked, answer, problem: null }),
        (error: unknown) => {
          const problem = error instanceof Failure ? error.problem : local("unexpected", String(error), String(error));
          if (!gone) found.value = { asked, answer: null, problem };
        },
      );
    }, 300);
    return () => {
      gone = true;
      clearTimeout(timer);
    };
  }, [asked]);
  const open = async (file: File | undefined): Promise<void> => {
    const draft = file ? readDraft(await file.text()) : null;
    wrong.value = file && !draft ? words.noDraft : "";
    if (draft) change({ plan: writeChanges(draft.changes), as_of: draft.as_of });
  };
  const current = whole && found.value.asked === asked ? found.value : null;
  if (done.value?.plan === text)
    return (
      <>
        <h1>{words.title}</h1>
        <p class="conclusion" role="status">
          {words.done(done.value.decision)}{" "}
          <button type="button" onClick={() => change({ plan: null })}>
            {words.next}
          </button>
        </p>
      </>
    );
  return (
    <>
      <h1>{words.title}</h1>
      <p class="soft no-print">{words.about}</p>
      <section aria-label={words.plan} class="plan">
        {changes.map((one, index) => (
          <ChangeForm
            key={index}
            change={one}
            day={day}
            onChange={(next) => set(changes.map((c, i) => (i === index ? next : c)))}
            onRemove={() => set(changes.filter((_, i) => i !== index))}
          />
        ))}
        <p class="plan-bar no-print">
          {(["appoint", "relieve", "extend", "pay"] as const).map((kind) => (
            <button key={kind} type="button" onClick={() => set([...changes, { kind }])}>
              + {words.kinds[kind]}
            </button>
          ))}
          <span class="push" />
          <label class="choice">
            {words.day}
            <input type="date" value={day} onChange={(e) => change({ as_of: e.currentTarget.value || null }, true)} />
          </label>
          <label class="file">
            {words.openDraft}
            <input type="file" accept=".json,application/json" onChange={(e) => void open(e.currentTarget.files?.[0])} />
          </label>
          <button type="button" disabled={!whole} onClick={() => save(new Blob([JSON.stringify(plan, null, 2)], { type: "application/json" }), `${words.draftFile}-${day}.json`)}>
            {words.saveDraft}
          </button>
          <button type="button" disabled={!whole} onClick={printPage}>
            {t().frame.print}
          </button>
        </p>
        {wrong.value && (
          <p class="wrong" role="alert">
            {wrong.value}
          </p>
        )}
      </section>
      {!whole && <p class="state">{changes.length ? words.unfinished : words.begin}</p>}
      {whole && !current && <Loading />}
      {current?.problem && <Trouble problem={current.problem} />}
      {current?.answer && (
        <>
          <Notes stamp={current.answer.stamp} />
          <Effects effects={current.answer.data} />
          {plan.changes.map((one) => one.kind === "appoint" && <Candidates key={`${one.body}${one.role}`} change={one} day={day} />)}
          {may("decide") && <CarryOut key={asked} plan={plan} effects={current.answer.data} onDone={(decision) => (done.value = { plan: text, decision })} />}
        </>
      )}
    </>
  );
}
