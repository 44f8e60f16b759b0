// Sheets that are not loaded: appointments that are planned, checked row by row; a list of questions that was filled in.
import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { Failure, download, post, send } from "../../api/client";
import { asOf, link } from "../../frame/address";
import { AskReason } from "../../frame/reason";
import { pick, t } from "../../texts";
import type { Change } from "../appointments/plan";
import { writeChanges } from "../appointments/plan";
import type { Item } from "./follow";

interface Props {
  item: Item;
  act: (work: () => Promise<{ data: Item }>) => Promise<void>;
}

/** A sheet of appointments: the day, what all rows together would bring, each row's answer in the marked copy. */
export function Rehearsal({ item, act }: Props): JSX.Element {
  const words = t().intake;
  const day = useSignal(asOf.value ?? "");
  const trouble = useSignal("");
  const found = item.rehearsed;
  const check = (): void => void act(() => send("POST", "/api/v1/deliveries/{id}/rehearse", { $id: item.id }, { as_of: day.value || null }));
  const take = async (): Promise<void> => {
    trouble.value = "";
    await download(`/api/v1/deliveries/${item.id}/marked`).catch((error: unknown) => {
      trouble.value = said(error);
    });
  };
  return (
    <section aria-labelledby="rehearsal-title">
      <h3 id="rehearsal-title">{words.rehearsal}</h3>
      <p class="soft">{words.rehearsalAbout}</p>
      {found && <p class="conclusion">{words.rehearsed(found)}</p>}
      {found && !found.personal && (
        <p class="note">
          {words.rehearsedMasked} <AskReason />
        </p>
      )}
      {trouble.value && (
        <p class="wrong" role="alert">
          {trouble.value}
        </p>
      )}
      <p class="buttons start">
        <label>
          {t().appointments.day} <input type="date" value={day.value} onChange={(e) => (day.value = e.currentTarget.value)} />
        </label>
        <button type="button" class={found ? "" : "main"} onClick={check}>
          {found ? words.rehearseAgain : words.rehearse}
        </button>
        {found && item.marked && (
          <button type="button" class="main" onClick={() => void take()}>
            {words.rehearsedCopy}
          </button>
        )}
        {found && (
          <a data-here href={planOf(found.proposal)}>
            {words.toAppointments}
          </a>
        )}
      </p>
    </section>
  );
}

/** The sheet's rows as a plan of the view where they are carried out. */
function planOf(proposal: Record<string, unknown>): string {
  const { as_of, changes } = proposal as { as_of?: string; changes?: Change[] };
  return link("/appointments", { plan: writeChanges(changes ?? []), as_of: as_of ?? null });
}

/** The answers of a list, as they were read; kept all together or not at all. */
export function Answers({ item, onKept }: { item: Item; onKept: () => void }): JSX.Element {
  const words = t().intake;
  const trouble = useSignal("");
  const kept = useSignal<{ answered: number; open: number } | null>(null);
  const keep = async (): Promise<void> => {
    trouble.value = "";
    try {
      const answers = Object.fromEntries(item.answers.map((one) => [one.number, one.answer]));
      kept.value = (await post("/api/v1/questions", { answers })).data;
      onKept();
    } catch (error) {
      trouble.value = said(error);
    }
  };
  if (kept.value)
    return (
      <p class="loaded" role="status">
        <b>{words.answersKeptOf(kept.value.answered, kept.value.open)}</b>
      </p>
    );
  if (!item.answers.length) return <p class="note">{words.noAnswers}</p>;
  return (
    <section aria-labelledby="answers-title">
      <h3 id="answers-title">{words.answersRead(item.answers.length)}</h3>
      <div class="wide" tabIndex={0} role="region" aria-labelledby="answers-title">
        <table>
          <thead>
            <tr>
              <th scope="col" class="figure">
                {words.number_}
              </th>
              <th scope="col">{words.nameAsked}</th>
              <th scope="col">{words.answerGiven}</th>
              <th scope="col">{words.thing}</th>
            </tr>
          </thead>
          <tbody>
            {item.answers.map((one) => (
              <tr key={one.number}>
                <td class="figure">{one.number}</td>
                <td>{one.name}</td>
                <td>{one.answer}</td>
                <td>{one.id}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {trouble.value && (
        <p class="wrong" role="alert">
          {trouble.value}
        </p>
      )}
      <p class="buttons start">
        <button type="button" class="main" onClick={() => void keep()}>
          {words.answerOnly(item.answers.length)}
        </button>
      </p>
    </section>
  );
}

const said = (error: unknown): string => (error instanceof Failure ? pick(error.problem.detail_zh, error.problem.detail_en) : String(error));
