// The catalogue: found by topic and by words, on the left; the question that is chosen, on the right.
import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { useAnswer } from "../../api/answer";
import { area, link, parts } from "../../frame/address";
import { Shown } from "../../parts/states";
import { pick, t } from "../../texts";
import { Question } from "./question";
import type { Query } from "./shape";
import { aboutOf } from "./shape";

const ORDER = ["areas", "bodies", "cobuilding", "coverage", "rules", "candidates", "closers", "paths", "figures", "network", "scopes"] as const;

export function CataloguePart(): JSX.Element {
  const asked = useAnswer("/api/v1/queries");
  return (
    <Shown asked={asked}>
      {({ data }) => {
        const name = parts.value[2];
        const chosen = data.find((query) => query.name === name);
        return (
          <div class={`split${chosen ? " chosen" : ""}`}>
            <List queries={data} chosen={name} />
            {chosen ? (
              <Question key={chosen.name} query={chosen} />
            ) : (
              <section class="pane">
                <p class={name ? "state trouble" : "state"}>{name ? t().questions.noQuestion(name) : t().questions.choose(data.length)}</p>
                {!name && <Often queries={data} />}
              </section>
            )}
          </div>
        );
      }}
    </Shown>
  );
}

const OFTEN = ["quarters", "terms_ending", "area_bodies", "needs", "resources", "co_building", "units_to_invite", "claims_compared", "completeness"];

/** Where to begin: questions that answer with nothing but the area. */
function Often({ queries }: { queries: Query[] }): JSX.Element {
  return (
    <>
      <h2>{t().questions.often}</h2>
      <ul class="often">
        {OFTEN.map((name) => queries.find((query) => query.name === name)).map(
          (query) =>
            query && (
              <li key={query.name}>
                <a data-here href={link(`/questions/catalogue/${query.name}`, { run: area.value ? "1" : null })}>
                  {pick(query.title_zh, query.title)}
                </a>
                <p class="soft">{first(aboutOf(query))}</p>
              </li>
            ),
        )}
      </ul>
    </>
  );
}

/** The first sentence, or what stands before its first semicolon, as a sentence. */
const first = (text: string): string => (/^.*?[。;；.]/.exec(text)?.[0] ?? text).replace(/[;；]$/, pick("。", "."));

function List({ queries, chosen }: { queries: Query[]; chosen: string | undefined }): JSX.Element {
  const typed = useSignal("");
  const words = typed.value.toLowerCase().split(/\s+/).filter(Boolean);
  const found = queries.filter((query) => words.every((word) => textOf(query).includes(word)));
  const own = queries.find((query) => query.name === chosen)?.topic;
  return (
    <nav class="catalogue" aria-label={t().questions.catalogue}>
      <input
        type="search"
        aria-label={t().questions.findQuestion}
        placeholder={t().questions.findQuestion}
        value={typed.value}
        onInput={(e) => (typed.value = e.currentTarget.value)}
      />
      <p class="hidden" role="status">
        {words.length ? t().frame.found(found.length) : ""}
      </p>
      {!found.length && <p class="state">{t().questions.noneFound}</p>}
      {ORDER.map((topic) => {
        const here = found.filter((query) => query.topic === topic);
        if (!here.length) return null;
        return (
          <details key={`${topic}${words.length > 0}`} open={words.length > 0 || topic === own || (!own && ORDER.indexOf(topic) < 3)}>
            <summary>
              {t().questions.topics[topic]} <span class="soft">{here.length}</span>
            </summary>
            <ul>
              {here.map((query) => (
                <li key={query.name}>
                  <a data-here href={link(`/questions/catalogue/${query.name}`)} aria-current={query.name === chosen ? "page" : undefined}>
                    {pick(query.title_zh, query.title)}
                  </a>
                </li>
              ))}
            </ul>
          </details>
        );
      })}
    </nav>
  );
}

const textOf = (query: Query): string =>
  [query.name, query.title, query.title_zh, query.about, query.about_zh, ...query.columns.map((column) => column.zh)].join("\n").toLowerCase();
