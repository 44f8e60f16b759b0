// Terms and contracts that end within half a year, the next ones first.
import type { JSX } from "preact";
import { useAnswer } from "../../api/answer";
import { area, asOf, link } from "../../frame/address";
import { Empty, Shown } from "../../parts/states";
import { t } from "../../texts";

export const DAYS = 180;
export const SHOWN = 8;

export function Terms(): JSX.Element {
  const asked = useAnswer("/api/v1/reports/calendar", { area: area.value, as_of: asOf.value, days: DAYS, limit: SHOWN });
  const words = t().overview;
  return (
    <section aria-labelledby="terms">
      <h2 id="terms">{words.terms(DAYS)}</h2>
      <Shown asked={asked}>
        {({ data, page }) =>
          data.length === 0 ? (
            <Empty>{words.noTerms}</Empty>
          ) : (
            <>
              <table>
                <thead>
                  <tr>
                    <th scope="col">{words.lastDay}</th>
                    <th scope="col">{t().lists.columns.kind}</th>
                    <th scope="col">{t().lists.columns.body}</th>
                    <th scope="col">{t().lists.columns.role}</th>
                  </tr>
                </thead>
                <tbody>
                  {data.map((row) => (
                    <tr key={row.subject}>
                      <td>
                        {row.written} <span class="soft">{words.left(row.days_left)}</span>
                      </td>
                      <td>{row.kind_zh}</td>
                      <td>
                        <a data-here href={link("/lists/terms", { row: row.subject })}>
                          {row.name}
                        </a>
                      </td>
                      <td>{row.role_zh}</td>
                    </tr>
                  ))}
                </tbody>
              </table>
              {page.total > data.length && (
                <p>
                  <a data-here href={link("/lists/terms")}>
                    {words.allTerms(page.total)}
                  </a>
                </p>
              )}
            </>
          )
        }
      </Shown>
    </section>
  );
}
