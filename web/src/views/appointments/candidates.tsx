// Others for the same seat, with the rule that bars them; where the body lies in no area there are none to ask for.
import type { JSX } from "preact";
import { useAnswer } from "../../api/answer";
import { Notes } from "../../parts/states";
import { useWords } from "../../parts/words";
import { pick, t } from "../../texts";
import { writeWhere } from "../lists/where";
import type { Change } from "./plan";

export function Candidates({ change, day }: { change: Change; day: string }): JSX.Element | null {
  const words = t().appointments;
  const codes = useWords();
  const areas = useAnswer("/api/v1/queries/areas_of_bodies", { bodies: change.body, as_of: day }).answer?.data as { area: string }[] | undefined;
  const where = writeWhere([
    { column: "body", sign: "=", values: [change.body ?? ""] },
    { column: "role", sign: "=", values: [change.role ?? ""] },
  ]);
  const given = { area: areas?.[0]?.area, as_of: day, where, limit: 50 };
  const asked = useAnswer(areas?.[0] ? "/api/v1/candidates" : null, given);
  const rows = asked.answer?.data.rows ?? [];
  if (!asked.answer) return null;
  return (
    <section class="seat" aria-label={words.candidates}>
      <h2>
        {words.candidates}：{codes.value(change.role)}
      </h2>
      <Notes stamp={asked.answer.stamp} />
      {rows.length === 0 ? (
        <p class="soft">{words.noCandidates}</p>
      ) : (
        <table>
          <thead>
            <tr>
              <th scope="col">{t().lists.columns.rank}</th>
              <th scope="col">{t().lists.columns.candidate}</th>
              <th scope="col">{t().lists.columns.from_body_name}</th>
              <th scope="col">{t().lists.columns.blocked_by}</th>
              <th scope="col">{t().lists.columns.reason}</th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row, index) => (
              <tr key={index}>
                <td class="figure">{row.rank}</td>
                <td>{row.candidate_name ?? row.candidate}</td>
                <td>{row.from_body_name}</td>
                <td>{row.blocked_by.join("、")}</td>
                <td>{pick(row.reasons_zh, row.reasons_en)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}
