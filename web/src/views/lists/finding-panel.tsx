// One finding: verdict and why, evidence, the rule with its texts, missing facts, candidates, waiver.
import type { JSX } from "preact";
import { useAnswer } from "../../api/answer";
import type { Shapes } from "../../api/client";
import { area, asOf, link } from "../../frame/address";
import { may } from "../../frame/who";
import { Evidence, Lacking, Name } from "../../parts/evidence";
import { Law } from "../../parts/law";
import { Empty, Shown } from "../../parts/states";
import { number, pick, t } from "../../texts";
import { Waive } from "./waive";
import { writeWhere } from "./where";

export function FindingPanel({ id }: { id: string }): JSX.Element {
  const where = writeWhere([{ column: "finding", sign: "=", values: [id] }]);
  const given = { area: area.value, as_of: asOf.value, rule: id.split(":")[0], where };
  const asked = useAnswer("/api/v1/checks", given);
  return (
    <Shown asked={asked}>
      {({ data }) => {
        const row = data.rows[0];
        return row ? <Finding row={row} /> : <Empty>{t().lists.findingGone}</Empty>;
      }}
    </Shown>
  );
}

function Finding({ row }: { row: Shapes["CheckRow"] }): JSX.Element {
  const words = t().lists;
  return (
    <>
      <p class="soft">
        {row.code} {pick(row.title_zh, row.title)}
      </p>
      <h2>{row.subject_name ?? row.subject}</h2>
      <p class={row.severity && row.verdict === "fail" ? `severity-${row.severity}` : ""}>
        <strong>
          {t().words[row.verdict]}
          {row.severity && row.verdict === "fail" ? ` · ${t().words[row.severity]}` : ""}
        </strong>
      </p>
      <p>{pick(row.reason_zh, row.reason_en)}</p>
      <dl class="facts">
        <dt>{t().words.subject}</dt>
        <dd>
          <Name id={row.subject} />
        </dd>
        <dt>{t().words.area}</dt>
        <dd>{row.area_name}</dd>
        <dt>{words.findingId}</dt>
        <dd class="id">{row.finding}</dd>
      </dl>
      {row.missing.length > 0 && (
        <>
          <h3>{words.missing}</h3>
          <ul>
            {row.missing.map((item) => (
              <li key={item}>
                <Lacking code={item} />
              </li>
            ))}
          </ul>
        </>
      )}
      <h3>{words.rules}</h3>
      <Law rule={row.code} given={{ area: area.value, as_of: asOf.value }} />
      <Evidence ids={row.evidence} />
      {row.waiver ? (
        <>
          <h3>{t().words.waived}</h3>
          <p>
            {row.waiver.reason}（{row.waiver.decided_by}，{row.waiver.since} – {row.waiver.until}）
          </p>
        </>
      ) : (
        row.verdict === "fail" && may("decide") && <Waive finding={row.finding} />
      )}
      {(row.verdict === "fail" || row.verdict === "not_possible") && <Fill row={row} />}
    </>
  );
}

/** Who could fill the gap, of rules that promote. */
function Fill({ row }: { row: Shapes["CheckRow"] }): JSX.Element | null {
  const promoting = /^R(1[7-9]|2[0-3])$/.test(row.code);
  const given = { rule: row.code, subject: row.subject, area: area.value, as_of: asOf.value };
  const asked = useAnswer(promoting && area.value ? "/api/v1/candidates" : null, given);
  const gap = asked.answer?.data.gaps.find((g) => g.finding === row.finding);
  if (!gap) return null;
  return (
    <>
      <h3>{t().lists.candidates}</h3>
      <p>{pick(gap.summary_zh, gap.summary_en)}</p>
      <p>
        <a data-here href={link("/lists/candidates", { rule: row.code, subject: row.subject })}>
          {t().lists.seeCandidates(number(asked.answer?.page.total))}
        </a>
      </p>
    </>
  );
}
