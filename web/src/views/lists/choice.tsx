// What a list is of, where it has a choice of its own: state of gaps, verdict of findings, days ahead.
import type { JSX } from "preact";
import { useAnswer } from "../../api/answer";
import { area, asOf, change, param } from "../../frame/address";
import { language } from "../../frame/settings";
import { pick, t } from "../../texts";
import type { Kind } from "./kinds";
import { writeWhere } from "./where";

const STATES = ["gap", "unknown", "covered"] as const;
const VERDICTS = ["fail", "unknown", "not_possible", "pass", "not_applicable"] as const;
const DAYS = ["30", "90", "180", "365"];

/** The same as a printed list says it. */
export function choiceTitle(kind: Kind): string {
  const words = t().words;
  if (kind.name === "gaps") return words[(param("state") ?? "gap") as "gap"];
  if (kind.name === "findings")
    return [words[(param("verdict") ?? "fail") as "fail"], param("lacks") && t().lists.lacks(param("lacks")!, param("alone") === "true")].filter(Boolean).join("；");
  if (kind.name === "terms") return `${t().lists.ahead}${pick("", " ")}${t().lists.days(param("days") ?? "180")}`;
  return "";
}

export function Choice({ kind }: { kind: Kind }): JSX.Element | null {
  const words = t().words;
  if (kind.name === "gaps")
    return <Select name="state" label={t().lists.state} usual="gap" values={STATES.map((s) => [s, words[s]])} />;
  if (kind.name === "findings") {
    return (
      <>
        <Select name="verdict" label={t().lists.verdict} usual="fail" values={VERDICTS.map((v) => [v, words[v]])} />
        <Lacks what={param("lacks")} />
      </>
    );
  }
  if (kind.name === "terms")
    return <Select name="days" label={t().lists.ahead} usual="180" values={DAYS.map((d) => [d, t().lists.days(d)])} />;
  return null;
}

/** The register that the rows lack: the address has its Chinese name, which the parameter takes. */
function Lacks({ what }: { what: string | null }): JSX.Element | null {
  const where = writeWhere([{ column: "area", sign: "=", values: [area.value ?? ""] }]);
  const given = { area: area.value, as_of: asOf.value, where };
  const asked = useAnswer(what && language.value === "en" ? "/api/v1/reports/missing/areas" : null, given);
  if (!what) return null;
  const named = asked.answer?.data.find((row) => row.what_zh === what);
  return (
    <button type="button" class="chosen" title={t().lists.noLacks} onClick={() => change({ lacks: null, alone: null, row: null })}>
      {t().lists.lacks(pick(what, named?.what_en), param("alone") === "true")} ×
    </button>
  );
}

function Select(props: { name: string; label: string; usual: string; values: [string, string][] }): JSX.Element {
  return (
    <label class="choice">
      {props.label}
      <select
        value={param(props.name) ?? props.usual}
        onChange={(e) => change({ [props.name]: e.currentTarget.value, lacks: null, alone: null, row: null })}
      >
        {props.values.map(([value, word]) => (
          <option key={value} value={value}>
            {word}
          </option>
        ))}
      </select>
    </label>
  );
}
