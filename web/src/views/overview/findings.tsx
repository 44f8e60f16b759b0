// Rules at a glance: by severity and by rule, what is unknown apart; each figure leads to its rows.
import type { JSX } from "preact";
import { useAnswer } from "../../api/answer";
import type { Shapes } from "../../api/client";
import { area, asOf, link } from "../../frame/address";
import { writeWhere } from "../lists/where";
import { Notes, Shown } from "../../parts/states";
import { number, pick, t } from "../../texts";

type Row = Shapes["ReportRow"];
const VERDICTS = ["fail", "waived", "not_possible", "unknown", "pass", "not_applicable"] as const;
type Verdict = (typeof VERDICTS)[number];

export function Findings(): JSX.Element {
  const given = { area: area.value, as_of: asOf.value };
  const severities = useAnswer("/api/v1/reports", { ...given, by: "severity" });
  const rules = useAnswer("/api/v1/reports", { ...given, by: "rule", limit: 200, sort: "-violation,-warning,-fail,key" });
  const words = t().overview;
  return (
    <section aria-labelledby="findings">
      <h2 id="findings">{words.findings}</h2>
      <p class="soft">{words.findingsAbout}</p>
      <Shown asked={severities}>
        {({ data, stamp }) => (
          <>
            <Notes stamp={{ ...stamp, warning_zh: null, warning_en: null }} />
            <Table caption={words.bySeverity} first={t().words.severity} rows={data} column="severity" />
          </>
        )}
      </Shown>
      <Shown asked={rules}>
        {({ data }) => (
          <details>
            <summary>{words.byRule}</summary>
            <Table caption={words.byRule} first={t().words.rule} rows={data.filter((r) => r.fail + r.unknown + r.waived > 0)} column="code" />
          </details>
        )}
      </Shown>
    </section>
  );
}

function Table(props: { caption: string; first: string; rows: Row[]; column: "severity" | "code" }): JSX.Element {
  return (
    <div class="wide" tabIndex={0} role="group" aria-label={props.caption}>
      <table class="tally">
        <caption class="hidden">{props.caption}</caption>
        <thead>
          <tr>
            <th scope="col">{props.first}</th>
            {VERDICTS.map((verdict) => (
              <th scope="col" class="figure" key={verdict}>
                {t().words[verdict]}
              </th>
            ))}
            <th scope="col" class="figure">
              {t().words.total}
            </th>
          </tr>
        </thead>
        <tbody>
          {props.rows.map((row) => (
            <tr key={row.key}>
              <th scope="row">
                <span class={props.column === "severity" ? `severity-${row.key}` : severityOf(row)}>
                  {props.column === "code" ? `${row.key} ${pick(row.name, row.name_en)}` : severityName(row)}
                </span>
              </th>
              {VERDICTS.map((verdict) => (
                <td class={verdict === "fail" ? "figure strong" : "figure"} key={verdict}>
                  <Figure row={row} verdict={verdict} column={props.column} />
                </td>
              ))}
              <td class="figure">{number(row.total)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

const severityOf = (row: Row): string => (row.violation ? "severity-violation" : row.warning ? "severity-warning" : row.info ? "severity-info" : "");
const severityName = (row: Row): string => (t().words as unknown as Record<string, string>)[row.key ?? ""] ?? row.name ?? "";

function Figure({ row, verdict, column }: { row: Row; verdict: Verdict; column: "severity" | "code" }): JSX.Element {
  const value = row[verdict];
  if (!value || !row.key) return <span class="soft">{value ? number(value) : "0"}</span>;
  const conditions = [{ column, sign: "=" as const, values: [row.key] }];
  // What is waived fails all the same, and is told apart by its waiver.
  const where = verdict === "waived" ? [...conditions, { column: "waiver", sign: "!=" as const, values: [""] }] : conditions;
  const standing = verdict === "fail" ? [...where, { column: "waiver", sign: "=" as const, values: [""] }] : where;
  const asked = verdict === "waived" ? "fail" : verdict;
  return (
    <a data-here href={link("/lists/findings", { verdict: asked, where: writeWhere(standing) })} aria-label={`${pick(row.name, row.name_en) || row.key} ${t().words[verdict]} ${value}`}>
      {number(value)}
    </a>
  );
}
