// One gap: what, since when, whom it concerns, which rules with their texts, what is missing, who could close it.
import type { JSX } from "preact";
import { useAnswer } from "../../api/answer";
import { area, asOf, link } from "../../frame/address";
import { Evidence, Name, Told } from "../../parts/evidence";
import { Law } from "../../parts/law";
import { Shown } from "../../parts/states";
import { number, pick, t } from "../../texts";

export function GapPanel({ id }: { id: string }): JSX.Element {
  const [dimension, subject] = id.split("|");
  const asked = useAnswer("/api/v1/gaps/{dimension}/{subject}", { $dimension: dimension, $subject: subject, as_of: asOf.value });
  const words = t().lists;
  return (
    <Shown asked={asked}>
      {({ data }) => (
        <>
          <p class="soft">{pick(data.title_zh, data.title)}</p>
          <h2>{data.subject_name ?? data.subject}</h2>
          <p>{pick(data.sentence_zh, data.sentence_en)}</p>
          <dl class="facts">
            <dt>{words.state}</dt>
            <dd class={`figure-${data.state}`}>{t().words[data.state as "gap"]}</dd>
            <dt>{t().words.area}</dt>
            <dd>{data.area_name ?? data.area}</dd>
            <dt>{t().words.since}</dt>
            <dd>{!data.since_known || !data.since ? t().words.sinceUnknown : String(data.since)}</dd>
            <dt>{words.concerns}</dt>
            <dd>
              {data.concerns.households === null ? words.householdsUnknown : words.households(number(data.concerns.households))}
            </dd>
          </dl>
          {data.missing.length > 0 && (
            <>
              <h3>{words.missing}</h3>
              <ul>
                {data.missing_zh.map((zh, index) => (
                  <li key={zh}>{pick(zh, data.missing_en[index])}</li>
                ))}
              </ul>
            </>
          )}
          <Evidence ids={data.evidence} />
          {data.rules.length > 0 && <h3>{words.rules}</h3>}
          {data.rules.map((rule) => (
            <section key={rule.code} class="rule">
              <a data-here href={link("/lists/findings", { where: `code=${rule.code}`, area: area.value ?? data.area })}>
                {rule.code} {pick(rule.title_zh, rule.title)}
              </a>
              {rule.verdicts.map((verdict) => (
                <p key={verdict.finding}>{said(t().words[verdict.verdict as "fail"], pick(verdict.reason_zh, verdict.reason_en))}</p>
              ))}
              <Law rule={rule.code} given={{ area: data.area, as_of: asOf.value }} />
            </section>
          ))}
          {data.closers.length > 0 && <h3>{words.closers}</h3>}
          {data.closers.map((closer) => (
            <details key={closer.query} open={closer.candidates.length > 0}>
              <summary>
                {pick(closer.title_zh, closer.title)} <span class="soft">{number(closer.count)}</span>
              </summary>
              {closer.personal && !closer.candidates.length && <p class="soft">{words.personsCounted}</p>}
              <ol class="closers">
                {closer.candidates.map((candidate) => (
                  <li key={candidate.candidate}>
                    <Name id={candidate.candidate} />{" "}
                    {candidate.minutes !== null && <span class="soft">{words.minutes(Math.round(candidate.minutes))}</span>}
                    <p>{pick(candidate.reason_zh, candidate.reason_en)}</p>
                    {candidate.path.length > 0 && (
                      <details>
                        <summary>{words.path}</summary>
                        <ol class="hops">
                          {candidate.path.map((hop) => (
                            <li key={hop.edge}>
                              <Told text={pick(hop.sentence_zh, hop.sentence_en)} />
                            </li>
                          ))}
                        </ol>
                      </details>
                    )}
                  </li>
                ))}
              </ol>
            </details>
          ))}
        </>
      )}
    </Shown>
  );
}

/** A verdict with its reason, which for some is no more than the verdict. */
const said = (verdict: string, reason: string): string => (reason.toLowerCase() === verdict.toLowerCase() ? verdict : `${verdict}：${reason}`);
