// One thing with what the records say of it and its ties: bodies, and whatever else a row is about.
import type { JSX } from "preact";
import { useAnswer } from "../../api/answer";
import { download } from "../../api/client";
import { asOf, link } from "../../frame/address";
import { Name, Source } from "../../parts/evidence";
import { Shown } from "../../parts/states";
import { useWords } from "../../parts/words";
import { t } from "../../texts";
import { MASK } from "../../parts/mask";

const ASIDE = new Set(["id", "name", "named", "synthetic", "source", "name_en"]);

export function BodyPanel({ id }: { id: string }): JSX.Element {
  const asked = useAnswer("/api/v1/nodes/{id}", { $id: id });
  const ties = useAnswer("/api/v1/nodes/{id}/neighbours", { $id: id, as_of: asOf.value, limit: 200 });
  const words = useWords();
  const model = useAnswer("/api/v1/model").answer?.data;
  return (
    <Shown asked={asked}>
      {({ data }) => {
        const properties = data.properties as unknown as Record<string, unknown>;
        const type = model?.nodes.find((n) => n.label === data.label);
        const named = (name: string): string => type?.properties.find((p) => p.name === name)?.zh ?? name;
        return (
          <>
            <p class="soft">{words.type(data.label)}</p>
            <h2>{String(properties["name"] ?? id)}</h2>
            <p>
              <a data-here href={link("/graph", { view: "node", of: id })}>
                {t().lists.seeGraph}
              </a>
              {type?.body && (
                <>
                  {" · "}
                  <button type="button" class="plain" onClick={() => void download(`/api/v1/reports/bodies/${encodeURIComponent(id)}${asOf.value ? `?as_of=${asOf.value}` : ""}`)}>
                    {t().lists.sheet}
                  </button>
                </>
              )}
            </p>
            <dl class="facts">
              {Object.entries(properties)
                .filter(([name, value]) => !ASIDE.has(name) && value !== null && value !== undefined)
                .map(([name, value]) => (
                  <>
                    <dt>{named(name)}</dt>
                    <dd>{typeof value === "boolean" ? (value ? t().words.yes : t().words.no) : words.value(value)}</dd>
                  </>
                ))}
            </dl>
            {typeof properties["source"] === "string" && <Source id={properties["source"]} />}
            <h3>{t().lists.ties}</h3>
            <Shown asked={ties}>
              {(found) => (
                <ul class="evidence">
                  {found.data.map((row) => (
                    <li key={row.edge}>
                      <span class="soft">
                        {row.direction === "in" ? "← " : "→ "}
                        {words.type(row.type)}
                      </span>{" "}
                      {row.other_name && row.other_name !== MASK ? (
                        <a data-here href={link("/graph", { view: "node", of: row.other })}>
                          {row.other_name}
                        </a>
                      ) : (
                        <Name id={row.other} />
                      )}
                    </li>
                  ))}
                </ul>
              )}
            </Shown>
          </>
        );
      }}
    </Shown>
  );
}
