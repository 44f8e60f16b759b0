// What a load did to coverage and findings: as they stood before it and as they stand now, on the same day.
import type { JSX } from "preact";
import { useAnswer } from "../../api/answer";
import type { Answer } from "../../api/client";
import { all, get } from "../../api/client";
import { area, asOf, link } from "../../frame/address";
import { Shown } from "../../parts/states";
import { number, pick, t } from "../../texts";

type Coverage = Answer<"/api/v1/coverage">["data"];
type Tally = Answer<"/api/v1/checks">["data"]["tally"];
export interface Before {
  area: string | null;
  coverage: Coverage;
  tally: Tally;
}
const MOST = 100_000;
const LONGEST = 30_000; // ms that a load waits for it; without it the load is made, and only the comparison left out

/** Coverage and findings of the area that the page is at, before something is loaded. */
export async function standing(): Promise<Before> {
  const given = { area: area.value, as_of: asOf.value };
  const [coverage, checks] = await Promise.all([
    all("/api/v1/coverage", given, MOST, AbortSignal.timeout(LONGEST)),
    get("/api/v1/checks", { ...given, limit: 1 }, AbortSignal.timeout(LONGEST)),
  ]);
  return { area: area.value, coverage: coverage.data, tally: checks.data.tally };
}

export function Effects({ before, late }: { before: Before | null; late: boolean }): JSX.Element {
  const words = t().intake;
  const given = { area: area.value, as_of: asOf.value };
  const coverage = useAnswer(before ? "/api/v1/coverage" : null, given, MOST);
  const checks = useAnswer(before ? "/api/v1/checks" : null, { ...given, limit: 1 });
  const links = (
    <p>
      <a data-here href={link("/overview")}>
        {words.toOverview}
      </a>
    </p>
  );
  if (!before)
    return (
      <>
        {late && <p class="note">{words.notCompared}</p>}
        {links}
      </>
    );
  return (
    <section class="load-effects" aria-labelledby="effects-title">
      <h3 id="effects-title">{words.effects}</h3>
      <p class="soft">{words.effectsAbout}</p>
      <Shown asked={coverage}>
        {({ data }) => {
          const rows = data.flatMap((now) => {
            if (now.area !== before.area) return [];
            const was = before.coverage.find((row) => row.area === now.area && row.dimension === now.dimension);
            const same = was && was.covered === now.covered && was.gap === now.gap && was.unknown === now.unknown;
            return same ? [] : [{ now, was }];
          });
          return rows.length ? (
            <Table heads={[t().words.covered, t().words.gap, t().words.unknown]} first={t().overview.dimension}>
              {rows.map(({ now, was }) => (
                <tr key={now.dimension}>
                  <th scope="row">{pick(now.title_zh, now.title)}</th>
                  {(["covered", "gap", "unknown"] as const).map((state) => (
                    <Moved key={state} was={was?.[state] ?? 0} now={now[state]} />
                  ))}
                </tr>
              ))}
            </Table>
          ) : (
            <p>{words.coverageSame}</p>
          );
        }}
      </Shown>
      <Shown asked={checks}>
        {({ data }) => {
          const rows = data.tally.flatMap((now) => {
            const was = before.tally.find((row) => row.code === now.code);
            return was && was.fail === now.fail && was.unknown === now.unknown && was.pass === now.pass ? [] : [{ now, was }];
          });
          return rows.length ? (
            <Table heads={[t().words.fail, t().words.unknown, t().words.pass]} first={t().words.rule}>
              {rows.map(({ now, was }) => (
                <tr key={now.code}>
                  <th scope="row">
                    {now.code} {pick(now.title_zh, now.title)}
                  </th>
                  {(["fail", "unknown", "pass"] as const).map((state) => (
                    <Moved key={state} was={was?.[state] ?? 0} now={now[state]} />
                  ))}
                </tr>
              ))}
            </Table>
          ) : (
            <p>{words.findingsSame}</p>
          );
        }}
      </Shown>
      {links}
    </section>
  );
}

const Table = (props: { first: string; heads: string[]; children: JSX.Element[] }): JSX.Element => (
  <table>
    <thead>
      <tr>
        <th scope="col">{props.first}</th>
        {props.heads.map((head) => (
          <th key={head} scope="col" class="figure">
            {head}
          </th>
        ))}
      </tr>
    </thead>
    <tbody>{props.children}</tbody>
  </table>
);

const Moved = ({ was, now }: { was: number; now: number }): JSX.Element => (
  <td class="figure">{was === now ? <span class="soft">{number(now)}</span> : <b>{`${number(was)} → ${number(now)}`}</b>}</td>
);
