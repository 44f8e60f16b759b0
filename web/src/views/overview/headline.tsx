// What one looks at first: findings by gravity, what cannot be decided, terms known to end; each leads to its rows.
import type { JSX } from "preact";
import { useAnswer } from "../../api/answer";
import { area, asOf, link } from "../../frame/address";
import { number, t } from "../../texts";
import { writeWhere } from "../lists/where";
import { ASKED, DAYS } from "./terms";

const GRAVE = ["violation", "warning"] as const;

/** Asks what the parts below ask, so nothing is asked twice. */
export function Headline(): JSX.Element {
  const given = { area: area.value, as_of: asOf.value };
  const rows = useAnswer("/api/v1/reports", { ...given, by: "severity" }).answer?.data ?? null;
  const terms = useAnswer("/api/v1/reports/calendar", { ...given, days: DAYS, limit: ASKED }).answer?.page.total ?? null;
  const standing = (severity: string): string =>
    writeWhere([
      { column: "severity", sign: "=", values: [severity] },
      { column: "waiver", sign: "=", values: [""] },
    ]);
  return (
    <ul class="headline" aria-label={t().overview.headline}>
      {GRAVE.map((severity) => (
        <Point
          key={severity}
          value={rows && (rows.find((row) => row.key === severity)?.fail ?? 0)}
          text={t().words[severity]}
          kind={`severity-${severity}`}
          href={link("/lists/findings", { verdict: "fail", where: standing(severity) })}
        />
      ))}
      <Point value={rows && rows.reduce((sum, row) => sum + row.unknown, 0)} text={t().overview.undecided} kind="" href={link("/lists/findings", { verdict: "unknown" })} />
      <Point value={terms} text={t().overview.termsKnown(DAYS)} kind="" href={link("/lists/terms")} />
    </ul>
  );
}

function Point(props: { value: number | null; text: string; kind: string; href: string }): JSX.Element {
  return (
    <li>
      <a data-here href={props.href}>
        <b class={props.value ? props.kind : "soft"}>{props.value === null ? "…" : number(props.value)}</b> {props.text}
      </a>
    </li>
  );
}
