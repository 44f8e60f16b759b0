// The registers behind the figures, how old they are, and how many verdicts their gaps leave unknown.
import type { JSX } from "preact";
import { useAnswer } from "../../api/answer";
import { area, asOf, link } from "../../frame/address";
import { Source } from "../../parts/evidence";
import { Empty, Shown } from "../../parts/states";
import { number, pick, t } from "../../texts";

const SHOWN = 8;

export function Registers(): JSX.Element {
  const asked = useAnswer("/api/v1/reports/missing", { area: area.value, as_of: asOf.value, limit: SHOWN });
  const words = t().overview;
  return (
    <section aria-labelledby="registers">
      <h2 id="registers">{words.registers}</h2>
      <p class="soft">{words.registersAbout}</p>
      <Shown asked={asked}>
        {({ data, stamp, page }) => (
          <>
            <ul class="registers">
              {stamp.deliveries.map((found) => (
                <li key={found.register}>
                  {found.place} <Source id={found.register} />
                  {found.outdated && <span class="mark strong">{words.outdated}</span>}
                </li>
              ))}
            </ul>
            {data.length === 0 ? (
              <Empty>{words.complete}</Empty>
            ) : (
              <table>
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
                      <td>{pick(row.what_zh, row.what_en)}</td>
                      <td class="figure">
                        <a data-here href={link("/lists/findings", { verdict: "unknown", where: `code=${row.rules.join(",")}` })}>
                          {number(row.rows)}
                        </a>
                      </td>
                      <td class="figure">{number(row.alone)}</td>
                    </tr>
                  ))}
                </tbody>
              </table>
            )}
            {page.total > data.length && <p class="soft">{words.moreMissing(page.total - data.length)}</p>}
          </>
        )}
      </Shown>
    </section>
  );
}
