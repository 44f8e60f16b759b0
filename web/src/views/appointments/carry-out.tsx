// Carrying it out: who decides and why; each new warning or violation waived with a reason and an end, or nothing is written.
import type { JSX } from "preact";
import { useSignal } from "@preact/signals";
import { forget } from "../../api/answer";
import type { Shapes } from "../../api/client";
import { Failure, post } from "../../api/client";
import { pick, t } from "../../texts";
import type { Plan } from "./plan";
import { MASK } from "../../parts/mask";

interface Excuse {
  reason: string;
  until: string;
}

interface Props {
  plan: Plan;
  effects: Shapes["EffectsShape"];
  /** It is carried out, under this number. */
  onDone: (decision: string) => void;
}

export function CarryOut({ plan, effects, onDone }: Props): JSX.Element {
  const words = t().appointments;
  const by = useSignal("");
  const why = useSignal("");
  const excuses = useSignal<Record<string, Excuse>>({});
  const wrong = useSignal("");
  const busy = useSignal(false);
  const grave = effects.appear.filter((row) => row.severity === "warning" || row.severity === "violation");
  const excuse = (finding: string, part: Partial<Excuse>): void => {
    const before = excuses.value[finding] ?? { reason: "", until: "" };
    excuses.value = { ...excuses.value, [finding]: { ...before, ...part } };
  };
  const send = async (event: Event): Promise<void> => {
    event.preventDefault();
    wrong.value = "";
    busy.value = true;
    const waivers = Object.entries(excuses.value)
      .filter(([, e]) => e.reason && e.until)
      .map(([finding, e]) => ({ finding, ...e }));
    try {
      const answer = await post("/api/v1/appointments", { ...plan, decided_by: by.value, reason: why.value, waivers });
      onDone(answer.data.decision ?? "");
      forget();
    } catch (error) {
      const problem = error instanceof Failure ? error.problem : null;
      wrong.value = problem ? pick(problem.detail_zh, problem.detail_en) : String(error);
    } finally {
      busy.value = false;
    }
  };
  return (
    <details class="carry-out no-print">
      <summary>{words.carryOut}</summary>
      <form class="stacked" onSubmit={(e) => void send(e)}>
        <p class="soft">{words.carryOutAbout}</p>
        {grave.map((row) => (
          <fieldset key={row.finding}>
            <legend class={row.severity ? `severity-${row.severity}` : ""}>
              {row.code} {pick(row.title_zh, row.title)}：{row.subject_name === MASK || !row.subject_name ? row.subject : row.subject_name}
            </legend>
            <label>
              {t().lists.waiveReason}
              <input value={excuses.value[row.finding]?.reason ?? ""} onInput={(e) => excuse(row.finding, { reason: e.currentTarget.value })} />
            </label>
            <label>
              {t().lists.waiveUntil}
              <input type="date" value={excuses.value[row.finding]?.until ?? ""} onInput={(e) => excuse(row.finding, { until: e.currentTarget.value })} />
            </label>
          </fieldset>
        ))}
        <label>
          {t().lists.decidedBy}
          <input required value={by.value} onInput={(e) => (by.value = e.currentTarget.value)} />
        </label>
        <label>
          {words.reason}
          <input required value={why.value} onInput={(e) => (why.value = e.currentTarget.value)} />
        </label>
        {wrong.value && (
          <p class="wrong" role="alert">
            {wrong.value}
          </p>
        )}
        <p>
          <button type="submit" class="main" disabled={busy.value}>
            {words.carryOut}
          </button>
        </p>
      </form>
    </details>
  );
}
