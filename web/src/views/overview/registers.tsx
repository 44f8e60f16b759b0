// The registers behind the figures, how old they are, and what is not known added up: by register, area, thing.
import { useSignal } from "@preact/signals";
import type { ComponentChildren, JSX } from "preact";
import { useAnswer } from "../../api/answer";
import type { Shapes } from "../../api/client";
import { area, asOf, link } from "../../frame/address";
import { Source } from "../../parts/evidence";
import { Empty, Shown } from "../../parts/states";
import { number, pick, t } from "../../texts";
import { writeWhere } from "../lists/where";

type Row = Shapes["MissingAreaRow"];
const SHOWN = 10; // registers, and single records; the rest on demand
const MOST = 20_000;

export function Registers(): JSX.Element {
  const where = writeWhere([{ column: "area", sign: "=", values: [area.value ?? ""] }]);
  const asked = useAnswer("/api/v1/reports/missing/areas", { area: area.value, as_of: asOf.value, where });
  const words = t().overview;
  const all = useSignal(false);
  return (
    <section aria-labelledby="registers">
      <h2 id="registers">{words.registers}</h2>
      <p class="soft">{words.registersAbout}</p>
      <Shown asked={asked}>
        {({ data, stamp }) => (
          <>
            <ul class="registers">
              {stamp.deliveries.map((found) => (
                <li key={found.register}>
                  {found.place} <Source id={found.register} />
                  {found.outdated && <span class="mark strong">{words.outdated}</span>}
                  {!found.delivered_on && <span class="mark strong">{words.noDay}</span>}
                </li>
              ))}
            </ul>
            {data.length === 0 ? (
              <Empty>{words.complete}</Empty>
            ) : (
              <>
                <Totals rows={all.value ? data : data.slice(0, SHOWN)} />
                {data.length > SHOWN && !all.value && (
                  <button type="button" class="plain" onClick={() => (all.value = true)}>
                    {words.moreRegisters(data.length - SHOWN)}
                  </button>
                )}
                <Opened name={words.unknownByArea}>{() => <ByArea />}</Opened>
                <Opened name={words.unknownByThing}>{() => <Things />}</Opened>
              </>
            )}
          </>
        )}
      </Shown>
    </section>
  );
}

/** Asked for and drawn when it is opened, not before. */
function Opened(props: { name: string; children: () => ComponentChildren }): JSX.Element {
  const open = useSignal(false);
  return (
    <details onToggle={(e) => (open.value = e.currentTarget.open)}>
      <summary>{props.name}</summary>
      {open.value && props.children()}
    </details>
  );
}

/** A figure that leads to the rows that lack the register; `alone`: that lack nothing else. */
function Figure({ row, alone }: { row: Row | undefined; alone?: boolean }): JSX.Element {
  const value = row ? row[alone ? "alone" : "rows"] : 0;
  if (!row || !value) return <span class="soft">{row ? 0 : "–"}</span>;
  const href = link("/lists/findings", { area: row.area, verdict: "unknown", lacks: row.what_zh, alone: alone ? "true" : null });
  return (
    <a data-here href={href} title={pick(row.sentence_zh, row.sentence_en)} aria-label={`${row.area_name} ${pick(row.what_zh, row.what_en)} ${number(value)}`}>
      {number(value)}
    </a>
  );
}

function Totals({ rows }: { rows: Row[] }): JSX.Element {
  const words = t().overview;
  return (
    <table class="unknowns">
      <thead>
        <tr>
          <th scope="col">{words.register}</th>
          <th scope="col" class="figure">
            {words.settles}
          </th>
          <th scope="col" class="figure">
            {words.onlyOne}
          </th>
          <th scope="col" class="figure">
            {words.things}
          </th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.what_zh}>
            <th scope="row">{pick(row.what_zh, row.what_en)}</th>
            <td class="figure">
              <Figure row={row} />
            </td>
            <td class="figure">
              <Figure row={row} alone />
            </td>
            <td class="figure">{number(row.things)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** The same for the areas directly below, beside each other. */
function ByArea(): JSX.Element {
  const asked = useAnswer("/api/v1/reports/missing/areas", { area: area.value, as_of: asOf.value }, MOST);
  const words = t().overview;
  return (
    <Shown asked={asked}>
      {({ data }) => {
        const below = new Map(data.filter((row) => row.area !== area.value).map((row) => [row.area, row.area_name]));
        const kinds = data.filter((row) => row.area === area.value);
        const by = new Map(data.map((row) => [`${row.area} ${row.what_zh}`, row]));
        if (!below.size) return <Empty>{words.noneBelow}</Empty>;
        return (
          <div class="wide" tabIndex={0} role="group" aria-label={words.unknownByArea}>
            <table class="unknowns">
              <thead>
                <tr>
                  <th scope="col">{words.register}</th>
                  {[...below].map(([id, name]) => (
                    <th scope="col" class="figure" key={id}>
                      {name}
                    </th>
                  ))}
                </tr>
              </thead>
              <tbody>
                {kinds.map((kind) => (
                  <tr key={kind.what_zh}>
                    <th scope="row">{pick(kind.what_zh, kind.what_en)}</th>
                    {[...below.keys()].map((id) => (
                      <td class="figure" key={id}>
                        <Figure row={by.get(`${id} ${kind.what_zh}`)} />
                      </td>
                    ))}
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        );
      }}
    </Shown>
  );
}

/** The single records that would decide most. */
function Things(): JSX.Element {
  const asked = useAnswer("/api/v1/reports/missing", { area: area.value, as_of: asOf.value, limit: SHOWN });
  const words = t().overview;
  return (
    <Shown asked={asked}>
      {({ data, page }) => (
        <>
          <table class="unknowns">
            <thead>
              <tr>
                <th scope="col">{words.missing}</th>
                <th scope="col" class="figure">
                  {words.settles}
                </th>
                <th scope="col" class="figure">
                  {words.onlyOne}
                </th>
              </tr>
            </thead>
            <tbody>
              {data.map((row) => (
                <tr key={row.item}>
                  <th scope="row">{pick(row.what_zh, row.what_en)}</th>
                  <td class="figure">
                    <a data-here href={link("/lists/findings", { verdict: "unknown", where: `missing=${encodeURIComponent(row.item)}` })}>
                      {number(row.rows)}
                    </a>
                  </td>
                  <td class="figure">{number(row.alone)}</td>
                </tr>
              ))}
            </tbody>
          </table>
          {page.total > data.length && <p class="soft">{words.moreMissing(page.total - data.length)}</p>}
        </>
      )}
    </Shown>
  );
}
