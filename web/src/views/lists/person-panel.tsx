// One person, masked unless a reason was given: the posts on record, and the way to a check.
import type { JSX } from "preact";
import { useAnswer } from "../../api/answer";
import { asOf, link } from "../../frame/address";
import { written } from "../../parts/days";
import { Shown } from "../../parts/states";
import { useWords } from "../../parts/words";
import { t } from "../../texts";
import { plain } from ".";
import { MASK } from "../../parts/mask";

export function PersonPanel({ id }: { id: string }): JSX.Element {
  const node = useAnswer("/api/v1/nodes/{id}", { $id: id });
  const posts = useAnswer("/api/v1/queries/person_posts", { person: id, as_of: asOf.value });
  const words = useWords();
  return (
    <Shown asked={node}>
      {({ data }) => {
        const name = (data.properties as { name?: string }).name;
        return (
          <>
            <p class="soft">{words.type(data.label)}</p>
            <h2>{name === MASK || !name ? id : name}</h2>
            {data.masked.length > 0 && <p class="soft">{t().lists.masked}</p>}
            <p>
              <a data-here href={link("/graph", { view: "node", of: id })}>
                {t().lists.seeGraph}
              </a>
            </p>
            <h3>{t().lists.posts}</h3>
            <Shown asked={posts}>
              {(found) => (
                <ul class="evidence">
                  {(found.data as Record<string, unknown>[]).map((row, index) => (
                    <li key={index}>
                      {plain(row["name"])} {words.value(row["role"])}{" "}
                      <span class="soft">
                        {row["since"] ? `${t().words.since} ${written(plain(row["since"]), "since", row["date_precision"])}` : t().words.sinceUnknown}
                      </span>
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
