// 查询: the catalogue of questions, Cypher of one's own, and what was kept of it.
import type { JSX } from "preact";
import { link, parts } from "../../frame/address";
import { may } from "../../frame/who";
import { t } from "../../texts";
import { CataloguePart } from "./catalogue";
import { CypherPart } from "./cypher";
import "./questions.css";
import { SavedPart } from "./saved";

const PARTS = { catalogue: CataloguePart, cypher: CypherPart, saved: SavedPart } as const;
type Part = keyof typeof PARTS;

export default function Questions(): JSX.Element {
  const words = t().questions;
  const part = (parts.value[1] ?? "catalogue") as Part;
  const Body = PARTS[part] ?? CataloguePart;
  const allowed = may("cypher");
  return (
    <>
      <h1>{t().views.questions}</h1>
      <nav class="tabs" aria-label={t().views.questions}>
        {(Object.keys(PARTS) as Part[]).map((name) => (
          <a
            key={name}
            data-here
            href={link(name === "catalogue" ? "/questions" : `/questions/${name}`)}
            aria-current={name === part ? "page" : undefined}
          >
            {words.parts[name]}
          </a>
        ))}
      </nav>
      {part === "catalogue" || allowed ? <Body /> : <p class="state trouble">{words.noCypher}</p>}
    </>
  );
}
