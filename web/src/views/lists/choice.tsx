// What a list is of, where it has a choice of its own: state of gaps, verdict of findings, days ahead.
import type { JSX } from "preact";
import { change, param } from "../../frame/address";
import { t } from "../../texts";
import type { Kind } from "./kinds";

const STATES = ["gap", "unknown", "covered"] as const;
const VERDICTS = ["fail", "unknown", "not_possible", "pass", "not_applicable"] as const;
const DAYS = ["30", "90", "180", "365"];

export function Choice({ kind }: { kind: Kind }): JSX.Element | null {
  const words = t().words;
  if (kind.name === "gaps")
    return <Select name="state" label={t().lists.state} usual="gap" values={STATES.map((s) => [s, words[s]])} />;
  if (kind.name === "findings") {
    const lacks = param("lacks");
    return (
      <>
        <Select name="verdict" label={t().lists.verdict} usual="fail" values={VERDICTS.map((v) => [v, words[v]])} />
        {lacks && (
          <button type="button" class="chosen" title={t().lists.noLacks} onClick={() => change({ lacks: null, alone: null, row: null })}>
            {t().lists.lacks(lacks, param("alone") === "true")} ×
          </button>
        )}
      </>
    );
  }
  if (kind.name === "terms")
    return <Select name="days" label={t().lists.ahead} usual="180" values={DAYS.map((d) => [d, t().lists.days(d)])} />;
  return null;
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
