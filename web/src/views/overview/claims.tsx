// Published figures beside those of the graph, with their words and why they differ; never added.
import type { JSX } from "preact";
import type { Shapes } from "../../api/client";
import { Source } from "../../parts/evidence";
import { number, pick, t } from "../../texts";

/** A derived figure with the bounds that the rounding of the published ones leaves. */
function figure(d: Shapes["CoverageRow"]["derived"][number]): string {
  const bounds = [d.low, d.high].filter((bound) => bound !== null && bound !== d.figure);
  return bounds.length ? `${number(d.figure)} (${number(d.low)}–${number(d.high)})` : number(d.figure);
}

export function Claims({ rows }: { rows: Shapes["CoverageRow"][] }): JSX.Element | null {
  const claims = [...new Map(rows.flatMap((row) => row.claims).map((claim) => [claim.claim, claim])).values()];
  const derived = [...new Map(rows.flatMap((row) => row.derived).map((d) => [`${d.metric}${d.place}`, d])).values()];
  const words = t().overview;
  if (!claims.length) return null;
  return (
    <section aria-labelledby="claims">
      <h2 id="claims">{words.claimsTitle}</h2>
      <div class="wide" tabIndex={0} role="group" aria-labelledby="claims">
        <table class="claims">
          <thead>
            <tr>
              <th scope="col">{words.claim.of}</th>
              <th scope="col" class="figure">
                {words.claim.published}
              </th>
              <th scope="col" class="figure">
                {words.claim.own}
              </th>
              <th scope="col">{words.claim.why}</th>
              <th scope="col">{words.claim.quote}</th>
            </tr>
          </thead>
          <tbody>
            {claims.map((claim) => (
              <tr key={claim.claim}>
                <td>
                  {claim.concerns_name ?? claim.concerns}：{claim.name}
                </td>
                <td class="figure unbroken">
                  {number(claim.value)}
                  {claim.unit}
                </td>
                <td class="figure">{number(claim.own)}</td>
                <td>{pick(claim.reason_zh, claim.reason_en)}</td>
                <td>
                  {claim.quote && <q>{claim.quote}</q>}
                  <Source id={claim.source} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {derived.length > 0 && (
        <ul class="soft">
          {derived.map((d) => (
            <li key={`${d.metric}${d.place}`}>{pick(d.meaning_zh, words.claim.derived(d.metric.replaceAll("_", " "), figure(d)))}</li>
          ))}
        </ul>
      )}
    </section>
  );
}
