// 台账导入: hand in, check, load, take back. What takes time goes on in the service; the page asks how far it is.
import type { JSX } from "preact";
import { link, param, parts } from "../../frame/address";
import { may } from "../../frame/who";
import { t } from "../../texts";
import { Delivery } from "./delivery";
import { Forms } from "./forms";
import { HandIn } from "./hand-in";
import "./import.css";
import { Loads } from "./loads";
import { Merges } from "./merges";
import { OpenQuestions } from "./open-questions";

const PARTS = { new: New, loads: Loads, questions: OpenQuestions, merges: Merges, forms: Forms } as const;
type Part = keyof typeof PARTS;

export default function Import(): JSX.Element {
  const words = t().intake;
  const part = (parts.value[1] ?? "new") as Part;
  const Body = PARTS[part] ?? New;
  if (!may("load"))
    return (
      <>
        <h1>{t().views.import}</h1>
        <p class="state trouble">{words.notAllowed}</p>
      </>
    );
  return (
    <>
      <h1>{t().views.import}</h1>
      <nav class="tabs" aria-label={t().views.import}>
        {(Object.keys(PARTS) as Part[]).map((name) => (
          <a key={name} data-here href={link(name === "new" ? "/import" : `/import/${name}`)} aria-current={name === part ? "page" : undefined}>
            {words.parts[name]}
          </a>
        ))}
      </nav>
      <Body />
    </>
  );
}

function New(): JSX.Element {
  const id = param("delivery");
  return id ? <Delivery key={id} id={id} /> : <HandIn />;
}
