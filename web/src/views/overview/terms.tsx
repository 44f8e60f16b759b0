// Terms and contracts that end within half a year, the next ones first.
import type { JSX } from "preact";
import { useAnswer } from "../../api/answer";
import type { Shapes } from "../../api/client";
import { area, asOf, link } from "../../frame/address";
import { Empty, Shown } from "../../parts/states";
import { pick, t } from "../../texts";
import type { Condition } from "../lists/where";
import { writeWhere } from "../lists/where";

export const DAYS = 180;
/** Rows that are asked for, of which the first lines are made. */
export const ASKED = 60;
const SHOWN = 8;
type Row = Shapes["CalendarRow"];

/** Rows that would read alike, as the posts of persons whose names are withheld, in one line: the first and how many. */
function lines(rows: Row[]): { row: Row; many: number }[] {
  const found = new Map<string, { row: Row; many: number }>();
  for (const row of rows) {
    const told = [row.written, row.kind, row.body, row.role].join("|");
    const line = found.get(told);
    if (line) line.many += 1;
    else found.set(told, { row, many: 1 });
  }
  return [...found.values()].slice(0, SHOWN);
}

/** Where the rows of a line are: one is opened, several are those of the body that end on its day. */
function to({ row, many }: { row: Row; many: number }): string {
  if (many === 1) return link("/lists/terms", { row: row.subject });
  const conditions: Condition[] = [
    { column: "last_day", sign: ">=", values: [row.last_day] },
    { column: "last_day", sign: "<=", values: [row.last_day] },
  ];
  if (row.name) conditions.push({ column: "name", sign: "~", values: [row.name] });
  return link("/lists/terms", { where: writeWhere(conditions) });
}

export function Terms(): JSX.Element {
  const asked = useAnswer("/api/v1/reports/calendar", { area: area.value, as_of: asOf.value, days: DAYS, limit: ASKED });
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
                  {lines(data).map(({ row, many }) => (
                    <tr key={row.subject}>
                      <td>
                        {row.written} <span class="soft">{words.left(row.days_left)}</span>
                      </td>
                      <td>{pick(row.kind_zh, row.kind_en)}</td>
                      <td>
                        <a data-here href={to({ row, many })}>
                          {row.name}
                        </a>
                      </td>
                      <td>
                        {pick(row.role_zh, row.role?.replaceAll("_", " "))} {many > 1 && <span class="soft">{words.posts(many)}</span>}
                      </td>
                    </tr>
                  ))}
                </tbody>
              </table>
              {page.total > SHOWN && (
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
