// What changed in coverage since a chosen day; a year before the day of the view unless another is chosen.
import type { JSX } from "preact";
import { useAnswer } from "../../api/answer";
import { area, asOf, change, link, param } from "../../frame/address";
import { me } from "../../frame/who";
import { Empty, Shown } from "../../parts/states";
import { number, pick, t } from "../../texts";

export function Changes(): JSX.Element {
  const day = asOf.value ?? me.value?.today ?? "";
  const since = param("since") ?? yearBefore(day);
  const asked = useAnswer(since ? "/api/v1/coverage/changes" : null, { from: since, to: asOf.value, area: area.value, limit: 1 });
  const words = t().overview;
  return (
    <section aria-labelledby="changes">
      <h2 id="changes">{words.changes}</h2>
      <p class="no-print">
        <label>
          {words.sinceDay}{" "}
          <input type="date" value={since} max={day} onChange={(e) => change({ since: e.currentTarget.value || null }, true)} />
        </label>
      </p>
      <Shown asked={asked}>
        {({ data }) => {
          const rows = data.counts.filter(
            (row) => row.area === area.value && row.newly_covered + row.newly_gap + row.newly_unknown + row.gone > 0,
          );
          if (!rows.length) return <Empty>{words.unchangedAll}</Empty>;
          return (
            <div class="wide" tabIndex={0} role="group" aria-labelledby="changes">
              <table class="changes">
                <thead>
                  <tr>
                    <th scope="col">{words.dimension}</th>
                    <th scope="col" class="figure">
                      {words.newlyCovered}
                    </th>
                    <th scope="col" class="figure">
                      {words.newlyGap}
                    </th>
                    <th scope="col" class="figure">
                      {words.newlyUnknown}
                    </th>
                    <th scope="col" class="figure">
                      {words.gone}
                    </th>
                  </tr>
                </thead>
                <tbody>
                  {rows.map((row) => (
                    <tr key={row.dimension}>
                      <th scope="row">{pick(row.title_zh, row.title)}</th>
                      <td class="figure">
                        {number(row.newly_covered)} {why(row.causes.newly_covered)}
                      </td>
                      <td class="figure">
                        {row.newly_gap ? (
                          <a data-here href={link("/lists/gaps", { dimension: row.dimension, state: "gap", where: `since>=${since}` })}>
                            {number(row.newly_gap)}
                          </a>
                        ) : (
                          0
                        )}{" "}
                        {why(row.causes.newly_gap)}
                      </td>
                      <td class="figure">
                        {number(row.newly_unknown)} {why(row.causes.newly_unknown)}
                      </td>
                      <td class="figure">{number(row.gone)}</td>
                    </tr>
                  ))}
                </tbody>
              </table>
            </div>
          );
        }}
      </Shown>
    </section>
  );
}

// What had only not been known before is no change of the place: said wherever not all of a figure happened.
function why(causes: { occurred?: number; established?: number; obscured?: number; appeared: number }): JSX.Element | null {
  const { established = 0, appeared } = causes;
  if (!established && !appeared) return null;
  const words = t().overview.causes;
  const kinds = ["occurred", "established", "obscured", "appeared"] as const;
  const said = kinds.filter((kind) => causes[kind]).map((kind) => `${words[kind]} ${number(causes[kind])}`);
  return <small>{said.join(pick("、", ", "))}</small>;
}

function yearBefore(day: string): string {
  const [year, rest] = [Number(day.slice(0, 4)), day.slice(4)];
  return year ? `${year - 1}${rest === "-02-29" ? "-02-28" : rest}` : "";
}
