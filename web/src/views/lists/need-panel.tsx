// One need: by which path it reaches a resource, each hop with its date and source.
import type { JSX } from "preact";
import { useAnswer } from "../../api/answer";
import { asOf, link } from "../../frame/address";
import { Lacking, Told } from "../../parts/evidence";
import { Shown } from "../../parts/states";
import { pick, t } from "../../texts";

export function NeedPanel({ id }: { id: string }): JSX.Element {
  const asked = useAnswer("/api/v1/paths", { source: id, as_of: asOf.value, k: 3 });
  const words = t().lists;
  return (
    <Shown asked={asked}>
      {({ data }) => (
        <>
          <h2>{data.source_name ?? data.source}</h2>
          <p>
            <a data-here href={link("/graph", { view: "path", of: id })}>
              {words.seePaths}
            </a>
          </p>
          {data.paths.length === 0 && <p>{words.noPath[data.verdict === "unknown" ? "unknown" : "gap"]}</p>}
          {data.missing.length > 0 && (
            <>
              <h3>{words.missing}</h3>
              <ul>
                {data.missing.map((item) => (
                  <li key={item}>
                    <Lacking code={item} />
                  </li>
                ))}
              </ul>
            </>
          )}
          {data.paths.map((path) => (
            <section key={path.rank}>
              <h3>
                {path.rank}. {path.resource_name} <span class="soft">{path.provider_name}</span>
              </h3>
              <ol class="hops">
                {path.hops.map((hop) => (
                  <li key={hop.edge}>
                    <Told text={pick(hop.sentence_zh, hop.sentence_en)} />
                  </li>
                ))}
              </ol>
            </section>
          ))}
        </>
      )}
    </Shown>
  );
}
