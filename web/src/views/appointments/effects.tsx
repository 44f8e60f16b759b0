// What a proposal brings, ends and leaves open, each verdict beside that of today.
import type { JSX } from "preact";
import type { Shapes } from "../../api/client";
import { link } from "../../frame/address";
import { Law } from "../../parts/law";
import { number, pick, t } from "../../texts";
import { MASK } from "../../parts/mask";

type Row = Shapes["EffectRow"];

export function Effects({ effects }: { effects: Shapes["EffectsShape"] }): JSX.Element {
  const words = t().appointments;
  const undecided = effects.changed.filter((row) => row.verdict === "unknown");
  const others = effects.changed.filter((row) => row.verdict !== "unknown");
  return (
    <>
      <p class="conclusion" role="status">
        {words.conclusion(effects.appear.length, effects.disappear.length, undecided.length, effects.stay.length)}
      </p>
      <div class="effects">
        <Part title={words.appear} rows={effects.appear} none={words.noneNew} kind="appear" />
        <Part title={words.disappear} rows={effects.disappear} none={words.noneGone} kind="disappear" />
        <Part title={words.undecided} rows={undecided} none={words.noneOpen} kind="undecided" />
      </div>
      <details class="no-print">
        <summary>{words.others(number(others.length))}</summary>
        <Rows rows={others} />
      </details>
      <details class="no-print">
        <summary>{words.stay(number(effects.stay.length))}</summary>
        <Rows rows={effects.stay} />
      </details>
    </>
  );
}

function Part(props: { title: string; rows: Row[]; none: string; kind: string }): JSX.Element {
  return (
    <section class={`part ${props.kind}`} aria-label={props.title}>
      <h2>
        {props.title} <span class="soft">{number(props.rows.length)}</span>
      </h2>
      {props.rows.length ? <Rows rows={props.rows} law /> : <p class="soft">{props.none}</p>}
    </section>
  );
}

function Rows({ rows, law }: { rows: Row[]; law?: boolean }): JSX.Element {
  return (
    <ul class="findings">
      {rows.map((row) => (
        <li key={row.finding}>
          <p>
            <strong class={row.severity ? `severity-${row.severity}` : ""}>
              {row.code} {pick(row.title_zh, row.title)}
            </strong>
            {row.severity && <span class="mark">{t().words[row.severity]}</span>}
          </p>
          <p>
            {row.subject_name === MASK || !row.subject_name ? row.subject : row.subject_name}
            <span class="soft"> {row.area_name}</span>
          </p>
          <p class="verdicts">
            {row.verdict_before === null ? t().appointments.notBefore : t().words[row.verdict_before]} →{" "}
            <b>{row.verdict === null ? t().appointments.notAfter : t().words[row.verdict]}</b>
          </p>
          <p>{pick(row.reason_zh, row.reason_en)}</p>
          {law && <Law rule={row.code} given={{ area: (row as unknown as { area?: string }).area, as_of: null }} />}
          {row.verdict_before === "fail" && (
            <a class="no-print" data-here href={link("/lists/findings", { row: row.finding, area: (row as unknown as { area?: string }).area })}>
              {t().appointments.today}
            </a>
          )}
        </li>
      ))}
    </ul>
  );
}
