// Letting a finding stand until a day, with a reason that is kept: for those with the right to decide.
import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { Failure, post, round } from "../../api/client";
import { pick, t } from "../../texts";

export function Waive({ finding }: { finding: string }): JSX.Element {
  const reason = useSignal("");
  const until = useSignal("");
  const by = useSignal("");
  const wrong = useSignal("");
  const words = t().lists;
  const send = async (event: Event): Promise<void> => {
    event.preventDefault();
    wrong.value = "";
    try {
      await post("/api/v1/waivers", { finding, reason: reason.value, until: until.value, decided_by: by.value });
      round.value += 1;
    } catch (error) {
      const problem = error instanceof Failure ? error.problem : null;
      wrong.value = problem ? pick(problem.detail_zh, problem.detail_en) : String(error);
    }
  };
  return (
    <details class="no-print">
      <summary>{words.waive}</summary>
      <form class="stacked" onSubmit={(e) => void send(e)}>
        <label>
          {words.waiveReason}
          <textarea required rows={2} value={reason.value} onInput={(e) => (reason.value = e.currentTarget.value)} />
        </label>
        <label>
          {words.waiveUntil}
          <input type="date" required value={until.value} onInput={(e) => (until.value = e.currentTarget.value)} />
        </label>
        <label>
          {words.decidedBy}
          <input required value={by.value} onInput={(e) => (by.value = e.currentTarget.value)} />
        </label>
        {wrong.value && (
          <p class="wrong" role="alert">
            {wrong.value}
          </p>
        )}
        <button type="submit" class="main">
          {words.waive}
        </button>
      </form>
    </details>
  );
}
